"""Whether the right passage comes first: data sets of questions, plain searches beside ours, and the learnt mix."""
