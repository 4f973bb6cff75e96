"""A follow-up without a place goes on in the place of the articles that were cited last."""

from collections.abc import Iterator

import pytest

from assistant.model import Turn
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.reading.same_region import same_region_first
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.sync import ingest

_HEAD = "---\ntitle: {title}\ndate: {year}-03-01\nregion: {region}\n---\n\n"


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("libraries")
    articles = folder / "articles"
    articles.mkdir()
    counts = {("全国", 2023): 3201, ("全国", 2024): 3248, ("苏州", 2023): 71, ("苏州", 2024): 74}
    for (region, year), count in counts.items():
        title = f"{year}年{'我国' if region == '全国' else region + '市'}文化发展公报"
        text = f"{year}年末，共有公共图书馆{count}个，文化馆{count + 9}个。\n"
        (articles / f"{region}{year}.md").write_text(
            _HEAD.format(title=title, year=year + 1, region=region) + text, "utf-8"
        )
    index = open_index(settings.model_copy(update={"index": folder / "index"}))
    ingest(index, [articles])
    yield Assistant(index, settings)
    index.close()


@pytest.mark.parametrize(
    ("first", "follow_up", "count"),
    [
        ("2023年末全国有多少个公共图书馆？", "2024年呢？", "3248个"),
        ("2023年末苏州有多少个公共图书馆？", "2024年呢？", "74个"),
        ("2023年末全国有多少个公共图书馆？", "苏州2024年呢？", "74个"),
        ("2023年末苏州有多少个公共图书馆？", "2024年全国有多少个公共图书馆？", "3248个"),
    ],
)
def test_the_place_of_what_was_cited_goes_on(
    libraries: Assistant, first: str, follow_up: str, count: str
) -> None:
    answer = libraries.ask(first)
    assert not answer.refused
    answer = libraries.ask(follow_up, [Turn.after(first, answer)])
    assert count in answer.answer, answer.answer


def _candidate(region: str, *, sure: bool = True) -> Candidate:
    text = f"2024年末，共有公共图书馆{len(region) + 70}个。"
    passage = Passage(id=f"{region}-0", article_id=region, position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id=region, title="文化发展公报", region=region))
    read = 2.0 if sure else -3.0
    features = {"bias": 1.0, "reader": read, "reader_alone": read}
    return Candidate(hit=hit, start=0, end=len(text), text=text, context="", features=features)


@pytest.mark.parametrize(
    ("question", "before", "sure", "first"),
    [
        ("2024年末有多少个公共图书馆？", {""}, True, "全国"),
        ("2024年末有多少个公共图书馆？", {"苏州"}, True, "苏州市"),
        ("2024年末有多少个公共图书馆？", {""}, False, "苏州市"),
        ("2024年末有多少个公共图书馆？", set(), True, "苏州市"),
        ("2024年末苏州有多少个公共图书馆？", {""}, True, "苏州市"),
        ("2024年末全国有多少个公共图书馆？", {"苏州"}, True, "苏州市"),
    ],
)
def test_a_sure_sentence_of_the_place_cited_comes_first(
    question: str, before: set[str], sure: bool, first: str
) -> None:
    candidates = [_candidate("苏州市"), _candidate("全国", sure=sure)]
    part = Part(parse(question), candidates=candidates)
    same_region_first(part, frozenset(before), Scorer.load())
    assert part.candidates[0].hit.article.region == first
    assert len(part.candidates) == len(candidates)
