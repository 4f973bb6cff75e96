"""Families of attacks, a file each; `registry.all_families` finds them."""
