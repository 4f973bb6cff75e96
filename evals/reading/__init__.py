"""How well files are read: what of the printed documents arrives in the articles."""
