"""What the second ranking does with the first."""

from datetime import date

from corpus.model import Passage
from index.context import neighbours, section_of
from index.hit import ArticleInfo, Hit
from index.match import day_match, time_likeness, told_in_time
from index.mix import Mix
from index.query import Query, read_query
from index.search import Searcher, gathered, without_repeats
from index.store import Index

QUESTION = "2024年城镇新增就业实现了多少?"


class WordReranker:
    """Likes texts that hold a word."""

    fingerprint = "word"

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[str] = []

    def scores(self, question: str, texts: list[str]) -> list[float]:
        self.read += texts
        return [9.0 if self.word in text else -9.0 for text in texts]


def test_the_reranker_decides_among_what_it_reads(sample_index: Index) -> None:
    mix = Mix(first={"cosine": 1.0}, second={"reader": 1.0}, read_most=20, read_step=20)
    plain = Searcher(sample_index, None, mix).search(read_query(QUESTION), 20)
    last = plain[-1]
    reranker = WordReranker(last.passage.text)
    found = Searcher(sample_index, reranker, mix).find(read_query(QUESTION), 20)
    assert found.hits[0].passage.id == last.passage.id
    assert found.read == 20
    # Each passage is read, and its nearest sentence alone.
    assert len(reranker.read) == 40
    assert found.fused[0] == plain[0].passage.id
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_reading_stops_when_the_first_is_clear(sample_index: Index) -> None:
    mix = Mix(first={"cosine": 1.0}, second={"reader": 1.0}, read_most=20, read_step=5, clear_lead=1.0)
    best = Searcher(sample_index, None, mix).search(read_query(QUESTION), 1)[0]
    clear = WordReranker(best.passage.text)
    assert Searcher(sample_index, clear, mix).find(read_query(QUESTION)).read == 5
    unclear = WordReranker("没有哪一段有这句话")
    assert Searcher(sample_index, unclear, mix).find(read_query(QUESTION)).read == 20


def test_no_reranker_and_no_weight_read_nothing(sample_index: Index) -> None:
    reranker = WordReranker("就业")
    assert Searcher(sample_index, reranker, Mix(first={"cosine": 1.0})).find(read_query(QUESTION)).read == 0
    assert Searcher(sample_index).find(read_query(QUESTION)).read == 0
    assert reranker.read == []


def test_filters_that_leave_nothing_are_dropped_and_said(sample_index: Index) -> None:
    query = Query(question="集成电路产业", filters={"years": [1901]})
    found = Searcher(sample_index).find(query)
    assert found.widened
    assert found.hits
    assert not Searcher(sample_index).find(Query(question="集成电路产业")).widened


def _hit(text: str, article: str = "a", day: str = "2025-03-05", periods: tuple[str, ...] = ()) -> Hit:
    passage = Passage(
        id=f"{article}-{text}", article_id=article, position=0, text=text, start=0, end=len(text),
        periods=list(periods), years=sorted({int(p[:4]) for p in periods}),
    )  # fmt: skip
    return Hit(passage=passage, article=ArticleInfo(id=article, title=article, date=day))


def test_the_same_text_is_one_hit_that_names_the_other_articles() -> None:
    hits = [
        _hit("同一句话。", "old", "2023-01-01"),
        _hit("另一句。", "x"),
        _hit("同一句话", "new", "2024-01-01"),
    ]
    kept = without_repeats(hits, [])
    assert [hit.article.id for hit in kept] == ["new", "x"]
    assert [info.id for info in kept[0].also_in] == ["old"]
    assert [hit.article.id for hit in without_repeats(hits, [2023])] == ["old", "x"]


def test_results_are_told_afterwards_and_goals_before() -> None:
    result, goal = read_query("2024年新增就业实现了多少"), read_query("2024年新增就业的目标")
    after, before = _hit("甲", day="2025-03-05"), _hit("乙", day="2024-03-05")
    late = _hit("丙", day="2030-03-05")
    assert told_in_time(result, after) == 1 > told_in_time(result, late) > 0 > told_in_time(result, before)
    assert told_in_time(goal, before) == 1
    assert told_in_time(goal, after) == -1
    assert told_in_time(read_query("2024年新增就业"), after) == 0
    assert told_in_time(read_query("新增就业实现了多少"), after) == 0


def test_a_whole_span_of_years_is_told_best_by_a_passage_on_all_of_it() -> None:
    query = read_query("“十四五”期间新增就业多少")
    whole, one = _hit("甲", periods=("2021/2025",)), _hit("乙", periods=("2024",))
    assert time_likeness(query, whole) == 1 > time_likeness(query, one) > 0


def test_the_day_of_publication_counts_for_asked_days() -> None:
    query = read_query("昨天的发布会", today=date(2026, 4, 11))
    assert day_match(query, _hit("甲", day="2026-04-10")) == 1
    assert day_match(query, _hit("甲", day="2026-04-12")) == 0
    assert day_match(read_query("2026年4月的发布会"), _hit("甲", day="2026-04-12")) == 1


def test_a_list_over_articles_takes_one_passage_of_each_first() -> None:
    hits = [_hit("一", "a"), _hit("二", "a"), _hit("三", "b"), _hit("四", "a"), _hit("五", "c")]
    for hit, score in zip(hits, (9.0, 8.0, 7.0, 6.0, 1.0), strict=True):
        hit.score = score
    # The last is too far behind to be brought up.
    dealt = gathered(hits)
    assert [hit.passage.text for hit in dealt] == ["一", "三", "二", "四", "五"]
    assert [hit.score for hit in dealt] == [9.0, 8.0, 7.0, 6.0, 1.0]
    assert gathered([]) == []


def test_neighbours_and_section_stand_around_a_hit(sample_index: Index) -> None:
    hit = Searcher(sample_index).search(read_query(QUESTION), 1)[0]
    passages = sample_index.catalogue.passages_of(hit.article.id)
    at = [passage.id for passage in passages].index(hit.passage.id)
    before, after = neighbours(sample_index, hit, 2)
    assert [p.id for p in before] == [p.id for p in passages[max(0, at - 2) : at]]
    assert [p.id for p in after] == [p.id for p in passages[at + 1 : at + 3]]
    assert hit.passage.id in [passage.id for passage in section_of(sample_index, hit)]
