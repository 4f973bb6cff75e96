"""The sources that a person chose to ask: how many of them there are, and what is said where some or all are gone."""

from __future__ import annotations

from assistant.messages import message
from index.catalogue import Catalogue
from index.query import Filters


def count_chosen(catalogue: Catalogue, filters: Filters) -> int:
    """How many of the chosen articles are in the library and may be seen."""
    return catalogue.find_articles(filters.widest, most=0)[1]


def missing_articles(catalogue: Catalogue, filters: Filters) -> list[str]:
    """The ids among the articles chosen one by one that are not in the library, or may not be seen."""
    if filters.articles is None:
        return []
    only = Filters(articles=filters.articles, collections=filters.collections)
    there = {info.id for info in catalogue.find_articles(only)[0]}
    return [each for each in dict.fromkeys(filters.articles) if each not in there]


def note_on_missing(catalogue: Catalogue, filters: Filters, language: str) -> str:
    """What is said of chosen articles that are gone; empty where all are there, or none is (the refusal says so)."""
    missing = len(missing_articles(catalogue, filters))
    if not missing or missing == len(set(filters.articles or ())):
        return ""
    return message("chosen_missing", language, missing=missing)


def refusal_of_chosen(catalogue: Catalogue, filters: Filters, language: str) -> str:
    """Why nothing is answered where sources were chosen; empty where none were."""
    if not filters.chosen:
        return ""
    count = count_chosen(catalogue, filters)
    return message("refusal_chosen", language, count=count) if count else message("chosen_gone", language)


def of_chosen(catalogue: Catalogue, filters: Filters, told: str, language: str) -> str:
    """What is told in the place of an answer, with the chosen sources in front; itself where none were chosen."""
    if not filters.chosen:
        return told
    return message("near_of_chosen", language, count=count_chosen(catalogue, filters), told=told)
