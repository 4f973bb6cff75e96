"""Stores of the index that can be made again from the catalogue's texts."""
