"""A question's text with what search and ranking read from it, each fact once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.language.document_number import Written, document_numbers, without_document_numbers
from corpus.language.nations import asks_of_whole_country
from corpus.language.normalize import fold
from corpus.language.places import DIVISION_SUFFIX, places_in
from corpus.language.times import years_in
from index.aim import Aim, names_goal, says_result, wants_goal, wants_result
from index.kinds import SURE, Kind, kind_of
from index.measure_asked import MeasureAsked
from index.provision import PROVISION, provision_in
from index.spans import SPANS
from index.synonyms import synonyms_in
from index.words import content_words, naming_words

__all__ = ["Aim", "Kind", "ParsedQuestion"]

_A_YEAR = r"(?:19|20)\d{2}年"
_NAMES = re.compile(
    rf"《[^《》]+》|[a-z](?:(?!{_A_YEAR})[a-z0-9\-.])*(?<![\-.])|(?<![\d.])\d+(?:\.\d+)?(?![\d.])"
)
_OVER_ARTICLES = re.compile(
    r"(?:哪些|哪几[个家项座部份]?|都?有哪些|列出|列举|盘点)(?:[^，,。?？]{0,4})(?:省份?|市|城市|地区|地方|地|区域|企业|公司|机构|部门|国家|文件|政策|会议|报告|年份?|规定|办法|方案|品类)"
)
_SEVERAL = re.compile(r"分别|各(?:是|为|有|占|达|增)|[和与及]|以及|、|,|，|哪些|哪几")
_OF_EACH = re.compile(r"分别|各(?:是|为|有|占|达|多少)")
_NEWEST = re.compile(r"现在|目前|当前|如今|眼下|最新|最近(?!\d|[一两二三四五六七八九十]年)|现行")
_NEWEST_SAID = re.compile(
    r"(?:截至|截止)?(?:现在|目前|当前|如今|眼下)(?:为止)?(?:能查到的|公布的|已知的)?|最新(?:的)?(?:一[次期轮年月个]的?)?(?:公布|发布|安排|下达|通报|披露)?的?|"
    r"最近(?!\d|[一两二三四五六七八九十]年)(?:的)?(?:一[次期轮年月个]的?)?(?:公布|发布|安排|下达|通报|披露)?的?|现行的?"
)


@dataclass(frozen=True)
class ParsedQuestion:
    """A standalone question; every fact is read from its text when it is first needed, and then known.

    Attributes:
        text: The question, without what cannot be read (`corpus.language.normalize.readable`).
        today: The day from which "去年" counts; None where it is not known.
    """

    text: str
    today: date | None = None

    @cached_property
    def folded(self) -> str:
        """The text as it is compared."""
        return fold(self.text)

    @cached_property
    def kind(self) -> Kind:
        """The likeliest kind of thing that answers; `Kind.OTHER` where none is likely."""
        return kind_of(self.text)

    @cached_property
    def sure_kind(self) -> Kind:
        """The kind that is surely asked for, by which a text may be held to lack it; else `Kind.OTHER`."""
        return kind_of(self.text, SURE)

    @cached_property
    def says_result(self) -> bool:
        """Whether it says that it asks for what was reached."""
        return says_result(self.text)

    @cached_property
    def wants_goal(self) -> bool:
        """Whether it has a word of what is planned."""
        return wants_goal(self.text)

    @cached_property
    def names_goal(self) -> bool:
        """Whether it names a goal as such."""
        return names_goal(self.text)

    @cached_property
    def aim(self) -> Aim:
        """Whether a goal or a result is asked for, or neither is said."""
        if self.says_result:
            return Aim.RESULT
        if self.wants_goal:
            return Aim.GOAL
        return Aim.RESULT if wants_result(self.text) else Aim.ANY

    @cached_property
    def measure(self) -> MeasureAsked:
        """What is asked of something measured."""
        return MeasureAsked(self.text, self.folded)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The distinct words that say what it is about, in order."""
        return tuple(content_words(self.text))

    @cached_property
    def naming_words(self) -> frozenset[str]:
        """Those of `words` that name what it is about."""
        return naming_words(self.text)

    @cached_property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """The names in it that have others, folded, with those others."""
        return synonyms_in(self.text)

    @cached_property
    def names_of_words(self) -> dict[str, tuple[str, ...]]:
        """Each of `words` with the other names of what it is part of the name of, itself first."""
        return {
            word: (word, *(other for name, names in self.synonyms.items() if word in name for other in names))
            for word in self.words
        }

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places it names, in order."""
        return tuple(places_in(self.text))

    @cached_property
    def is_of_whole_country(self) -> bool:
        """Whether all of China is asked of, and no place in it."""
        return not self.places and asks_of_whole_country(self.text)

    @cached_property
    def years_named(self) -> tuple[int, ...]:
        """The years it writes out, those that something is compared with aside."""
        return tuple(years_in(self.text, None))

    @cached_property
    def document_numbers(self) -> tuple[Written, ...]:
        """The document numbers it names ("国发〔2024〕17号"), in order."""
        return tuple(document_numbers(self.text))

    @cached_property
    def without_numbers(self) -> str:
        """The text without document numbers, whose figures are no years."""
        return without_document_numbers(self.text) if self.document_numbers else self.text

    @cached_property
    def folded_without_numbers(self) -> str:
        """`without_numbers` as it is compared."""
        return fold(self.without_numbers) if self.document_numbers else self.folded

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Titles in 《》, Latin names and bare numbers that are no years, folded, in order.

        A text that lacks them is another one.
        """
        names = dict.fromkeys(_NAMES.findall(self.folded_without_numbers))
        return tuple(name for name in names if not re.fullmatch(r"(?:19|20)\d{2}", name))

    @cached_property
    def provision_match(self) -> re.Match[str] | None:
        """Where the 条 of a rule stands that it asks for; None where it asks for none."""
        return PROVISION.search(self.text)

    @cached_property
    def provision(self) -> str:
        """The 条 of a rule that it asks for ("第十二条第二款"); empty where none."""
        return provision_in(self.provision_match)

    @cached_property
    def has_no_topic(self) -> bool:
        """Whether it asks about a place or a year but not what of it: "那湖北呢?" with nothing said before."""
        topic = re.sub(r"(?:19|20)\d{2}年?|那么?|呢|吗|怎么样|如何|[,，?？。\s]", "", self.folded)
        for place in sorted(places_in(topic), key=len, reverse=True):
            topic = re.sub(rf"{re.escape(place)}{DIVISION_SUFFIX}?", "", topic)
        return not topic

    @cached_property
    def is_over_articles(self) -> bool:
        """Whether a list is asked for whose members stand in many places: "哪些省把…列为重点"."""
        return bool(_OVER_ARTICLES.search(self.folded))

    @cached_property
    def asks_several(self) -> bool:
        """Whether one sentence may not be enough: "产量和增速各是多少"."""
        return bool(_SEVERAL.search(self.text))

    @cached_property
    def asks_of_each(self) -> bool:
        """Whether several values are asked for, so that one alone is half an answer: "产量和增速分别是多少"."""
        return bool(_OF_EACH.search(self.text))

    @cached_property
    def wants_newest(self) -> bool:
        """Whether it asks how a thing is now, whatever it was before."""
        return bool(_NEWEST.search(self.folded))

    @cached_property
    def searched_text(self) -> str:
        """The text without the words that say "as it is now", which no article repeats."""
        if not self.wants_newest:
            return self.text
        plain = re.sub("(?<=[，,])的", "", _NEWEST_SAID.sub("", self.text))
        return plain.lstrip("，, 的") or self.text

    @cached_property
    def searched(self) -> ParsedQuestion:
        """The question of `searched_text`; itself where that is its own."""
        same = self.searched_text == self.text
        return self if same else ParsedQuestion(self.searched_text, self.today)

    def spans(self, kind: Kind) -> frozenset[str]:
        """What of it looks like an answer of a kind, which then is none."""
        return self._spans_of_kinds.get(kind, frozenset())

    @cached_property
    def _spans_of_kinds(self) -> dict[Kind, frozenset[str]]:
        return {kind: frozenset(pattern.findall(self.folded)) for kind, pattern in SPANS.items()}
