"""Briefings as files, and the jobs that make them."""
