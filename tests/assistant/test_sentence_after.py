"""A "why" that only the next sentence answers is answered with both."""

import pytest

from assistant.answering.sentence_after import exception_after, gives_a_reason, reason_after
from assistant.reading.candidate import Candidate
from corpus.model import Passage
from index.hit import ArticleInfo, Hit


def _candidate(text: str, sentence: str) -> Candidate:
    passage = Passage(id="p", article_id="a", position=0, start=0, end=len(text), text=text)
    start = text.index(sentence)
    return Candidate(
        Hit(article=ArticleInfo(id="a", title="报告"), passage=passage),
        start,
        start + len(sentence),
        sentence,
        "",
    )


@pytest.mark.parametrize(
    ("text", "sentence", "reason"),
    [
        ("上半年出口大增。得益于新航线开通，货量翻番。", "上半年出口大增。", "得益于新航线开通，货量翻番。"),
        ("上半年出口大增。全年目标不变。", "上半年出口大增。", ""),
        ("由于新航线开通，出口大增。因此扩建码头。", "由于新航线开通，出口大增。", ""),
        ("上半年出口大增。\n得益于新航线开通，货量翻番。", "上半年出口大增。", ""),
        ("上半年出口大增。", "上半年出口大增。", ""),
    ],
)
def test_the_reason_is_the_next_sentence(text: str, sentence: str, reason: str) -> None:
    found = reason_after(_candidate(text, sentence), text)
    assert (found.text if found else "") == reason
    assert found is None or text[found.start : found.end] == found.text


def test_words_that_tell_why() -> None:
    assert gives_a_reason("受寒潮影响，用电量上升")
    assert not gives_a_reason("用电量上升")


@pytest.mark.parametrize(
    ("text", "sentence", "further"),
    [
        (
            "禁止露天烧烤。经批准的夜市，每日18时后可以经营，不受前款限制。",
            "禁止露天烧烤。",
            "经批准的夜市，每日18时后可以经营，不受前款限制。",
        ),
        (
            "占用消防通道的，处五百元罚款。首次违法并及时改正的，可以不予处罚。",
            "占用消防通道的，处五百元罚款。",
            "首次违法并及时改正的，可以不予处罚。",
        ),
        ("禁止露天烧烤。本办法自五月一日起施行。", "禁止露天烧烤。", ""),
        ("禁止露天烧烤。\n但经批准的除外。", "禁止露天烧烤。", ""),
    ],
)
def test_the_exception_belongs_to_the_rule(text: str, sentence: str, further: str) -> None:
    found = exception_after(_candidate(text, sentence), text)
    assert (found.text if found else "") == further
