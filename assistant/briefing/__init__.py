"""A briefing over chosen articles: of each what it says, with the place of every sentence, and its key figures."""
