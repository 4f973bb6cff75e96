"""Filters as SQL on the catalogue's articles."""

from __future__ import annotations

from index.query import Filters

Condition = tuple[str, list[object]]
"""Conditions on `articles a`, each after an AND, with their parameters."""

_KIND = "json_extract(a.info, '$.kind')"
_COLLECTION = "json_extract(a.info, '$.collection')"
_NO_LATER = "9999-99-99"
"""What makes the end of a date that stops at the year or the month."""


def filter_condition(filters: Filters) -> Condition:
    """All that the filters set but what may be seen, to be put after another condition."""
    clauses: list[str] = []
    parameters: list[object] = []
    for column, values in (("source", filters.sources), ("region", filters.regions)):
        if values:
            clauses.append(f"AND a.{column} IN ({_marks(values)})")
            parameters += values
    if filters.years:
        clauses.append(f"AND substr(a.date, 1, 4) IN ({_marks(filters.years)})")
        parameters += [str(year) for year in filters.years]
    condition, further = catalogue_condition(filters)
    return " ".join([*clauses, condition]).strip(), [*parameters, *further]


def catalogue_condition(filters: Filters) -> Condition:
    """What only the catalogue can tell: the articles chosen, their kinds, the dates from and to.

    Vectors are kept without these, so that an old index needs no rebuild. An article whose date stops at the year or the
    month is within a range that holds some day of it; one without a date is within none.
    """
    clauses: list[str] = []
    parameters: list[object] = []
    for column, values in (
        ("a.id", filters.articles),
        (_COLLECTION, filters.within_collections or None),
        (_KIND, filters.kinds or None),
    ):
        if values is not None:
            clauses.append(f"AND {column} IN ({_marks(values)})")
            parameters += values
    if filters.within_folders:
        beneath = "a.file = ? OR substr(a.file, 1, ?) = ?"
        clauses.append(f"AND ({' OR '.join([beneath] * len(filters.within_folders))})")
        for folder in filters.within_folders:
            inside = folder.rstrip("/") + "/"
            parameters += [folder, len(inside), inside]
    if filters.since:
        clauses.append(f"AND a.date <> '' AND a.date || substr('{_NO_LATER}', length(a.date) + 1) >= ?")
        parameters.append(filters.since)
    if filters.until:
        clauses.append("AND a.date <> '' AND a.date <= ?")
        parameters.append(filters.until + _NO_LATER[len(filters.until) :])
    return " ".join(clauses), parameters


def _marks(values: list[int] | list[str]) -> str:
    return ", ".join("?" * len(values))
