"""The data folder as one file, and back: `make` writes a backup, `restore` puts one in the folder's place."""
