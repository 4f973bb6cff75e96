"""The same article from two sources, and two versions of one rule."""

import random
from pathlib import Path

from index.duplicates import SAME_TEXT, VERSION, bare_title
from index.query import read_query
from index.search import Searcher
from index.sync import ingest
from tests.index.killed_ingest import open_index


def rule(seed: int, changed: int = 0) -> str:
    draw = random.Random(seed)
    lines = [
        f"第{n}条 对第{draw.randrange(10**6)}类事项，处{draw.randrange(10**4)}元罚款，并责令在{draw.randrange(90)}日内改正。"
        for n in range(40)
    ]
    for n in range(changed):
        lines[n * 3] = f"第{n}条 新增加的条文，适用于第{draw.randrange(10**6)}号情形，不再处罚，改为提醒。"
    return "\n\n".join(lines)


def test_links_and_what_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    texts = {
        "old.md": ("某业管理办法（2019年）", "2019-05-01", rule(1)),
        "new.md": ("某业管理办法（2024年修订）", "2024-05-01", rule(1, changed=3)),
        "copy.md": ("转载：某业管理办法", "2019-06-01", rule(1)),
        "other.md": ("另一办法", "2020-01-01", rule(2)),
    }
    for name, (title, date, text) in texts.items():
        (folder / name).write_text(f"---\ntitle: {title}\ndate: {date}\n---\n\n{text}", "utf-8")
    index = open_index(tmp_path / "index")
    ingest(index, [folder])
    title_of = {info.id: info.title for info in index.catalogue.articles()}
    links = {
        (title_of[link.older][:4], title_of[link.newer][:4]): link.kind for link in index.catalogue.links()
    }
    assert links == {
        ("某业管理", "转载：某"): SAME_TEXT,
        ("某业管理", "某业管理"): VERSION,
        ("转载：某", "某业管理"): VERSION,
    }
    # What all three say is found once, in the newest; asked for 2019, in that year's.
    unchanged = rule(1).split("\n\n")[-1]
    for years, date in (([], "2024-05-01"), ([2019], "2019")):
        query = read_query(unchanged).model_copy(update={"years": years})
        hits = Searcher(index).search(query, 20)
        texts_found = [hit.passage.text for hit in hits]
        assert len(set(texts_found)) == len(texts_found)
        (found,) = [hit for hit in hits if unchanged.split(" ")[1] in hit.passage.text.replace("\n", " ")]
        assert found.article.date.startswith(date)
    (folder / "copy.md").unlink()
    ingest(index, [folder])
    assert len(index.catalogue.links()) == 1
    index.close()


def test_titles_without_what_tells_versions_apart() -> None:
    assert bare_title("某业管理办法（2024年修订）") == bare_title("某业管理办法（试行）") == "某业管理办法"


def test_the_newest_version_answers_and_the_older_by_its_year(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    same = [
        f"第{n}条 申请人应当提交第{n}种材料，由主管部门在受理后逐项核验并登记在册。" for n in range(2, 12)
    ]
    changed = {
        2019: "第12条 违反规定的，给予警告，责令限期改正；逾期不改的，处以罚款，列入名单并予以公布。",
        2024: "第12条 鼓励行业协会制定自律公约，组织培训，开展信用评价，定期向社会公开结果。",
    }
    for year, days in ((2019, "二十"), (2024, "十")):
        (folder / f"{year}.md").write_text(
            f"---\ntitle: 某业许可管理办法（{year}年）\ndate: {year}-05-01\n---\n\n"
            f"第1条 许可申请的审查期限为{days}个工作日，自受理之日起计算。\n\n"
            + "\n\n".join([*same, changed[year]]),
            "utf-8",
        )
    index = open_index(tmp_path / "index")
    ingest(index, [folder])
    assert [link.kind for link in index.catalogue.links()] == [VERSION]
    searcher = Searcher(index)
    assert searcher.search(read_query("许可申请的审查期限是多久?"), 1)[0].article.date == "2024-05-01"
    asked = read_query("2019年许可申请的审查期限是多久?")
    assert searcher.search(asked, 1)[0].article.date == "2019-05-01"
    index.close()
