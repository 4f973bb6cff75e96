"""What the parts of one question tell of each other's answers."""

import pytest

from assistant.answering.one_place import answer_in_one_place
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import read_query
from index.words import content_words

TEXT = "仓库添置设备的，每个项目最高补助30万元。租用仓库的，每家企业最高补助20万元。"
SETS, RENTS = [f"{each}。" for each in TEXT.split("。")[:2]]
BOTH = "全年诉求办结率、满意率分别达97%和98%。"
SCORER = Scorer(rank={}, confidence={"sure": 1.0}, threshold=0.56)


def candidate(text: str, read: str, score: float, sure: float, whole: str = TEXT) -> Candidate:
    passage = Passage(id="a-0", article_id="a", position=0, text=whole, start=0, end=len(whole))
    start = whole.index(text)
    begin = start + text.index(read)
    return Candidate(
        hit=Hit(passage=passage, article=ArticleInfo(id="a", title="办法")),
        start=start,
        end=start + len(text),
        text=text,
        context="",
        score=score,
        features={"sure": sure},
        reader_span=(begin, begin + len(read)),
        covered_words=frozenset(content_words(text)),
    )


def part(question: str, *candidates: Candidate) -> Part:
    found = Found(query=read_query(question))
    return Part(parse(question), found, list(candidates), SCORER.confidence_of(list(candidates)))


def test_one_figure_is_given_to_the_part_that_it_fits_better() -> None:
    first = part("添置设备最高补多少", candidate(SETS, "30万元", 4.4, 2), candidate(RENTS, "20万元", 1.3, -1))
    second = part("租用的最高补多少", candidate(SETS, "30万元", 3.5, 1), candidate(RENTS, "20万元", 2.5, 1))
    answer_in_one_place([first, second], SCORER)
    assert [each.candidates[0].text for each in (first, second)] == [SETS, RENTS]
    assert second.confidence >= SCORER.threshold


def test_what_loses_too_much_is_left() -> None:
    first = part("添置设备最高补多少", candidate(SETS, "30万元", 4.4, 2), candidate(RENTS, "20万元", 0.3, -1))
    second = part("租用的最高补多少", candidate(SETS, "30万元", 3.5, 1), candidate(RENTS, "20万元", 0.4, 1))
    answer_in_one_place([first, second], SCORER)
    assert [each.candidates[0].text for each in (first, second)] == [SETS, SETS]


@pytest.mark.parametrize(("lead", "is_answered"), [(4.0, True), (0.5, False)])
def test_a_sentence_that_leads_in_every_part_is_trusted(lead: float, is_answered: bool) -> None:
    whole = BOTH + "另有热线三条。"
    parts = [
        part(
            question,
            candidate(BOTH, read, 3.0, -0.4, whole),
            candidate("另有热线三条。", "三条", 3.0 - lead, -3, whole),
        )
        for question, read in (("办结率多少", "97%"), ("满意率多少", "98%"))
    ]
    answer_in_one_place(parts, SCORER)
    assert all((each.confidence >= SCORER.threshold) is is_answered for each in parts)


def test_a_likely_sentence_beside_a_sure_one_is_enough() -> None:
    first = part("添置设备最高补多少", candidate(SETS, "30万元", 4.0, 2))
    second = part("租用的最高补多少", candidate(RENTS, "20万元", 2.0, -0.2))
    answer_in_one_place([first, second], SCORER)
    assert second.confidence >= SCORER.threshold


def test_an_unlikely_sentence_stays_unlikely() -> None:
    first = part("添置设备最高补多少", candidate(SETS, "30万元", 4.0, 2))
    second = part("租用的最高补多少", candidate(RENTS, "20万元", 2.0, -1.2))
    answer_in_one_place([first, second], SCORER)
    assert second.confidence < SCORER.threshold


def test_what_names_nothing_of_a_part_is_not_trusted() -> None:
    first = part("添置设备最高补多少", candidate(SETS, "30万元", 4.0, 2))
    second = part("出口的最高奖多少", candidate(RENTS, "20万元", 2.0, -0.2))
    answer_in_one_place([first, second], SCORER)
    assert second.confidence < SCORER.threshold
