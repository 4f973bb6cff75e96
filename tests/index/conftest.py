"""Fixtures of several files."""

from tests.index.catalogue_places import catalogue_place, catalogue_server

__all__ = ["catalogue_place", "catalogue_server"]
