"""How the tables of people came to be, step by step; a step that was once released stays as it is."""
