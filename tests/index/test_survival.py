"""What the index must survive: kills at any moment, full disks, and folders full of broken files."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from corpus.problem import Problem
from index.embedding import embedding_text
from index.store import Index
from index.stores.base import EVERYTHING
from index.stores.keyword_files import KEYWORDS
from index.stores.keyword_store import KeywordStore
from index.sync import ingest
from tests.index.killed_ingest import open_index

ROOT = Path(__file__).parents[2]


def write_article(folder: Path, number: int, draw: random.Random) -> None:
    body = "".join(
        f"第{draw.randrange(10**6)}项工作的产值为{draw.randrange(10**4)}亿元。\n\n" for _ in range(60)
    )
    (folder / f"{number}.md").write_text(f"# 第{number}篇\n\n{body}", "utf-8")


def change(folder: Path, draw: random.Random) -> None:
    for number in draw.sample(range(12), 5):
        file = folder / f"{number}.md"
        if file.exists() and draw.random() < 0.4:
            file.unlink()
        else:
            write_article(folder, number, draw)


def words_stored(index: Index) -> set[str]:
    """Ids of the passages that the keyword index holds."""
    store = KeywordStore(index.folder / KEYWORDS)
    assert store.count() == len(store.ids())
    return store.ids()


def assert_true_to(index: Index, folder: Path) -> None:
    """Chroma, keyword index and catalogue say the same, and it is what the folder holds."""
    files = {str(file.resolve()) for file in folder.iterdir()}
    assert set(index.catalogue.files()) == files
    articles = index.catalogue.articles()
    assert sorted(article.file for article in articles) == sorted(files)
    ids = index.catalogue.all_passage_ids()
    assert ids == index.passages.ids()
    assert words_stored(index) == ids
    for info in articles:
        article = index.catalogue.article(info.id)
        assert article is not None
        expected = index.splitter.split(article)
        assert [passage.id for passage in index.catalogue.passages_of(info.id)] == [p.id for p in expected]
        assert article.text.replace("\n", "") in Path(info.file).read_text("utf-8").replace("\n", "")
    # The nearest vector of a passage is its own: what is searched is what is stored.
    info = articles[0]
    article = index.catalogue.article(info.id)
    passage = index.catalogue.passages_of(info.id)[0]
    vector = index.embedder.embed_passages([embedding_text(article, passage)])
    assert index.passages.nearest(vector, EVERYTHING, 1)[0][0][0] == passage.id


def kill_and_mend(tmp_path: Path, kills: int, seed: int) -> int:
    draw = random.Random(seed)
    folder, where = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    for number in range(12):
        write_article(folder, number, draw)
    cut_short = 0
    for _ in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.index.killed_ingest", str(where), str(folder)],
            stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        cut_short += "done" not in process.stdout.read()
        process.wait()
        index = open_index(where)
        assert not ingest(index, [folder]).problems
        assert_true_to(index, folder)
        index.close()
        change(folder, draw)
    return cut_short


@pytest.mark.slow
def test_kills_at_random_moments(tmp_path: Path) -> None:
    assert kill_and_mend(tmp_path, 8, seed=1) >= 4


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_fifty_kills(tmp_path: Path) -> None:
    assert kill_and_mend(tmp_path, 50, seed=2) >= 25


def test_a_second_ingest_is_told_who_holds_the_index(tmp_path: Path) -> None:
    from index.sync import writing

    index = open_index(tmp_path / "index")
    with writing(index), pytest.raises(Problem) as caught:
        ingest(open_index(tmp_path / "index"), [tmp_path])
    assert caught.value.code == "index_busy"
    assert str(os.getpid()) in str(caught.value.fields["holder"])


def test_a_full_disk_leaves_the_old_index_answering(tmp_path: Path) -> None:
    draw = random.Random(3)
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(folder, 0, draw)
    index = open_index(tmp_path / "index")
    ingest(index, [folder])
    index.close()
    (folder / "0.md").rename(tmp_path / "first.md")
    for number in range(1, 10):
        write_article(folder, number, draw)
    (tmp_path / "first.md").rename(folder / "0.md")
    program = (
        "import resource, signal, sys; from pathlib import Path;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from tests.index.killed_ingest import open_index, ingest; from corpus.problem import Problem\n"
        "index = open_index(Path(sys.argv[1]))\n"
        "largest = max(f.stat().st_size for f in Path(sys.argv[1]).rglob('*') if f.is_file())\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))\n"
        "try:\n    ingest(index, [Path(sys.argv[2])])\nexcept Problem as problem:\n    print(problem.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "index"), str(folder)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "index_not_writable", done.stderr
    index = open_index(tmp_path / "index")
    kept = [info for info in index.catalogue.articles() if info.file.endswith("/0.md")]
    assert index.catalogue.passages_of(kept[0].id)
    assert not ingest(index, [folder]).problems
    assert_true_to(index, folder)


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Problem, match="index_not_writable"):
        open_index(tmp_path / "index")


ENDINGS = (".pdf", ".docx", ".xlsx", ".epub", ".zip", ".html", ".json", ".jsonl", ".csv", ".txt", ".md")
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><l>&j;</l>"
)


def sound_files(folder: Path) -> dict[str, bytes]:
    """One sound file of each format, to be broken."""
    import docx
    import openpyxl

    from tests.corpus.make_files import PAGE, epub, newspaper

    folder.mkdir()
    newspaper(folder / "a.pdf", "题目", ["正文内容很长。" * 20, "右栏内容也长。" * 20])
    document = docx.Document()
    document.add_paragraph("正文内容。")
    document.save(folder / "a.docx")
    book = openpyxl.Workbook()
    book.active.append(["地区", "营收"])
    book.save(folder / "a.xlsx")
    epub(folder / "a.epub", [("章", "正文内容。" * 20)])
    with ZipFile(folder / "a.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "正文内容写在这里。" * 50)
    files = {file.suffix: file.read_bytes() for file in folder.iterdir()}
    files[".html"] = PAGE.format(charset="utf-8").encode()
    files[".json"] = files[".jsonl"] = '{"title": "甲", "content": "正文。"}'.encode()
    files[".csv"] = "标题,正文\n甲,正文。\n".encode()
    files[".txt"] = files[".md"] = "# 甲\n\n正文内容。\n".encode()
    return files


def broken(sound: dict[str, bytes], ending: str, way: str, draw: random.Random) -> bytes:
    """What a sound file becomes in one of the ways to break it."""
    data = bytearray(sound[ending])
    if way == "truncated":
        return bytes(data[: draw.randrange(1, max(2, len(data) // 2))])
    if way == "random":
        return draw.randbytes(draw.randrange(200, 5000))
    if way == "wrong_ending":
        return sound[".pdf" if ending != ".pdf" else ".zip"]
    if way == "flipped":
        for _ in range(20):
            data[draw.randrange(len(data))] = draw.randrange(256)
        return bytes(data)
    return b""


def write_bad_files(folder: Path, count: int) -> set[str]:
    """Broken files and bombs; returns the names of those that no reader may call sound."""
    draw = random.Random(4)
    sound = sound_files(folder.parent / "sound")
    surely_bad = set()
    for number in range(count):
        ending = ENDINGS[number % len(ENDINGS)]
        way = draw.choice(("truncated", "random", "wrong_ending", "flipped", "empty"))
        name = f"{number}-{way}{ending}"
        if number % 50 == 7:
            name = f"行\n名..{number}-{way}{ending}"
        (folder / name).write_bytes(broken(sound, ending, way, draw))
        if way in {"empty", "random"} or (way == "wrong_ending" and ending not in {".html"}):
            surely_bad.add(name)
    return surely_bad | write_bombs(folder)


def write_bombs(folder: Path) -> set[str]:
    """Files that become large when they are read; returns their names."""
    bombs = {"bomb.zip", "line.txt"}
    inner = BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BILLION_LAUGHS)
        archive.writestr("word/document.xml", BILLION_LAUGHS)
        archive.writestr("META-INF/container.xml", BILLION_LAUGHS)
    for ending in (".xlsx", ".docx", ".epub"):
        (folder / f"laughs{ending}").write_bytes(inner.getvalue())
        bombs.add(f"laughs{ending}")
    with ZipFile(folder / "bomb.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 300_000_000)
    with (folder / "line.txt").open("wb") as file:
        for _ in range(20):
            file.write("长".encode() * 3_500_000)
    return bombs


def survive(tmp_path: Path, count: int) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    surely_bad = write_bad_files(folder, count)
    for number in range(5):
        (folder / f"good{number}.md").write_text(f"# 好{number}\n\n第{number}篇好文章的正文。", "utf-8")
    index = open_index(tmp_path / "index")
    slowest, last = 0.0, time.monotonic()

    def watch(done: int, total: int, name: str) -> None:
        nonlocal slowest, last
        slowest, last = max(slowest, time.monotonic() - last), time.monotonic()

    report = ingest(index, [folder], watch)
    named = {Path(str(problem.fields["file"]).split("!")[0]).name for problem in report.problems}
    assert surely_bad <= named
    titles = {article.title for article in index.catalogue.articles()}
    assert {f"好{number}" for number in range(5)} <= titles
    assert slowest < 40
    assert index.catalogue.all_passage_ids() == index.passages.ids()


@pytest.mark.slow
def test_a_folder_of_broken_files(tmp_path: Path) -> None:
    survive(tmp_path, 110)


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_five_hundred_broken_files(tmp_path: Path) -> None:
    # The peak is that of the whole process, and tests before this one may have trained a reader in it.
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    survive(tmp_path, 500)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < max(3_000_000, before + 500_000)
