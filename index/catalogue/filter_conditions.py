"""Filters as conditions on the catalogue's articles."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, literal, or_

from index.catalogue.tables import articles
from index.query import Filters
from index.state.statements import json_field

KIND = json_field(articles.c.info, "kind")
COLLECTION = json_field(articles.c.info, "collection")
"""The kind of text that an article is, and the collection that it belongs to."""
YEAR = func.substr(articles.c.date, 1, 4)
_NO_LATER = "9999-99-99"
"""What makes the end of a date that stops at the year or the month."""


def filter_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """All that the filters set but what may be seen."""
    conditions: list[ColumnElement[bool]] = []
    if filters.sources:
        conditions.append(articles.c.source.in_(filters.sources))
    if filters.regions:
        conditions.append(articles.c.region.in_(filters.regions))
    if filters.years:
        conditions.append(YEAR.in_([str(year) for year in filters.years]))
    return [*conditions, *catalogue_conditions(filters)]


def catalogue_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What only the catalogue can tell (`Filters.asks_catalogue`): the articles chosen, their kinds, the dates from and to.

    Vectors are kept without these, so that an old index needs no rebuild. An article whose date stops at the year or the
    month is within a range that holds some day of it; one without a date is within none.
    """
    conditions: list[ColumnElement[bool]] = []
    date = articles.c.date
    if filters.articles is not None:
        conditions.append(articles.c.id.in_(filters.articles))
    if filters.within_collections:
        conditions.append(COLLECTION.in_(filters.within_collections))
    if filters.kinds:
        conditions.append(KIND.in_(filters.kinds))
    if filters.within_folders:
        conditions.append(or_(*(lies_beneath(articles.c.file, folder) for folder in filters.within_folders)))
    if filters.since:
        latest = date + func.substr(literal(_NO_LATER), func.length(date) + 1)
        conditions += [date != "", latest >= filters.since]
    if filters.until:
        conditions += [date != "", date <= filters.until + _NO_LATER[len(filters.until) :]]
    return conditions


def lies_beneath(path: ColumnElement[str], folder: str) -> ColumnElement[bool]:
    """That a path is `folder` or lies in it."""
    inside = folder.rstrip("/") + "/"
    return or_(path == folder, func.substr(path, 1, len(inside)) == inside)
