"""Attacks on a running server that must not succeed: `python -m ui.web.attack --start`.

Each file in `families` holds one family of attacks and registers itself; a new file needs nothing else.
"""
