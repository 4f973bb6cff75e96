from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Article, Section
from corpus.sentences import is_inside, protected_spans, sentence_spans
from corpus.split import Splitter

PIECES = st.sampled_from(
    [
        "上海集成电路",
        "营收",
        "4800.5亿元",
        "，",
        "。",
        "；",
        "“引号里。也有句号”",
        "《办法（试行）》",
        "！",
        "\n",
        "2025年",
        "EDA/IP",
        "增长24%",
        "（注：见下。）",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=120).map("".join)


def article_of(text: str) -> Article:
    return Article(
        id="a", title="题", text=text, sections=[Section(path=["节"], start=0, end=len(text))], date="2026"
    )


@given(TEXTS)
def test_sentences_hold_every_character_but_white_space_once(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join(text[a:b] for a, b in spans).replace("\n", "") == text.replace("\n", "")
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
def test_no_sentence_ends_inside_a_number_quotation_or_title(text: str) -> None:
    protected = protected_spans(text)
    for start, end in sentence_spans(text):
        assert not is_inside(start, protected)
        assert not is_inside(end, protected)


@settings(deadline=None)
@given(TEXTS)
def test_passages_can_be_found_again_and_hold_everything_once(text: str) -> None:
    article = article_of(text)
    passages = Splitter(target=60, longest=90).split(article)
    for passage in passages:
        assert article.text[passage.start : passage.end] == passage.text
        assert len(passage.text) <= 90 or is_inside(passage.start + 90, protected_spans(text))
    joined = "".join(passage.text for passage in passages)
    assert joined.replace("\n", "") == text.replace("\n", "")


def test_a_full_stop_inside_a_quotation_does_not_end_the_sentence() -> None:
    text = "他说“先试点。再推广”的做法可行。第二句。"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["他说“先试点。再推广”的做法可行。", "第二句。"]


def test_a_decimal_point_and_a_percentage_stay_whole() -> None:
    text = "产量1734.27亿块，增长12.3%。" * 20
    for passage in Splitter(target=50, longest=70).split(article_of(text)):
        assert passage.text.count("1734") == passage.text.count("1734.27亿块")


def test_the_fingerprint_tells_sizes_apart() -> None:
    assert Splitter().fingerprint != Splitter(target=100).fingerprint
