import json
from pathlib import Path

import pytest

from corpus.load import SAMPLE_CORPUS, find_files, read_articles
from corpus.model import Article
from corpus.problem import Problem


def read(tmp_path: Path, name: str, data: bytes) -> list[Article | Problem]:
    file = tmp_path / name
    file.write_bytes(data)
    return list(read_articles(file))


def test_front_matter_headings_and_spans(tmp_path: Path) -> None:
    text = "---\ntitle: 题目\ndate: 2025-03-05\nsource: 来源\nregion: 上海\n---\n\n导语。\n\n## 一节\n\n正文**加粗**内容。\n"
    (article,) = read(tmp_path, "a.md", text.encode())
    assert isinstance(article, Article)
    assert (article.title, article.date, article.source, article.region) == (
        "题目",
        "2025-03-05",
        "来源",
        "上海",
    )
    section = article.sections[-1]
    assert section.path == ["一节"]
    assert article.text[section.start : section.end].strip() == "正文加粗内容。"


def test_several_articles_in_one_file(tmp_path: Path) -> None:
    articles = read(tmp_path, "a.txt", "# 第一篇\n\n甲内容在这里。\n\n# 第二篇\n\n乙内容在这里。\n".encode())
    assert [article.title for article in articles] == ["第一篇", "第二篇"]


def test_a_word_cut_by_a_column_break_is_whole_again(tmp_path: Path) -> None:
    (article,) = read(
        tmp_path,
        "a.txt",
        "# 题\n\n近年来，我国聚焦自主芯片、智能终端、集成\n\n电路制造产业，成效明显。\n".encode(),
    )
    assert "智能终端、集成电路制造产业" in article.text


def test_a_finished_paragraph_is_not_joined_to_the_next(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.txt", "# 题\n\n第一段已经说完了。\n\n第二段从这里开始。\n".encode())
    assert "说完了。\n第二段" in article.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (article,) = read(
        tmp_path, "a.txt", "上海市集成电路产业的营业收入规模超过四千八百亿元。".encode(encoding)
    )
    assert isinstance(article, Article)
    assert "集成电路产业" in article.text


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "a.txt", bytes(range(256)) * 40)
    assert isinstance(problem, Problem)
    assert problem.code == "unreadable_encoding"
    assert str(problem.fields["file"]).endswith("a.txt")


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "a.md", b"")
    assert isinstance(problem, Problem)
    assert problem.code == "empty_file"


def test_a_broken_json_line_costs_only_itself(tmp_path: Path) -> None:
    good = json.dumps({"title": "好", "content": "这一行是好的。", "year": 2024}, ensure_ascii=False)
    found = read(tmp_path, "a.jsonl", f"{good}\n{{broken\n[1]\n{good.replace('好', '也好')}\n".encode())
    articles = [each for each in found if isinstance(each, Article)]
    problems = [each for each in found if isinstance(each, Problem)]
    assert len(articles) == 2
    assert [(problem.code, problem.fields["line"]) for problem in problems] == [
        ("broken_json_line", 2),
        ("json_line_no_object", 3),
    ]


def test_the_sample_corpus_is_complete() -> None:
    articles = [article for file in find_files([SAMPLE_CORPUS]) for article in read_articles(file)]
    assert len(articles) >= 24
    for article in articles:
        assert isinstance(article, Article)
        assert article.title
        assert article.date
        assert article.source
        assert article.region
        assert article.url.startswith("https://example.org/articles/")


def test_the_shared_articles_are_all_read(shared: Path) -> None:
    files = list(find_files([shared / "articles"]))
    found = [each for file in files for each in read_articles(file)]
    problems = [each for each in found if isinstance(each, Problem)]
    assert len(found) - len(problems) >= 300
    for article in found:
        if isinstance(article, Article):
            for section in article.sections:
                assert 0 <= section.start <= section.end <= len(article.text)
