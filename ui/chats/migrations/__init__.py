"""How the tables of chats came to be, step by step; a step that was once released stays as it is."""
