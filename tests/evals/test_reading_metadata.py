"""How read titles, dates and other fields are scored against what documents print."""

from pathlib import Path

from evals.reading.metadata import score


def test_alternatives_white_space_and_what_is_made_up(tmp_path: Path) -> None:
    folder = tmp_path / "plans" / "documents"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(
        "# 临江市养老方案（试行）\n\n发布日期：2024-06-07\n\n全市养老床位达到2.6万张，护理型床位占六成。\n",
        "utf-8",
    )
    label = {
        "corpus": "plans",
        "file": "a.md",
        "title": ["临江市养老方案 (试行)", "养老方案"],
        "date": "2024-06|2024-06-07",
        "number": "",
        "source": "临江日报",
        "signed": "",
    }
    counts = score([label], tmp_path)["plans"]
    assert (counts["title"].printed, counts["title"].right) == (1, 1)
    assert (counts["date"].right, counts["date"].made_up) == (1, 0)
    assert (counts["number"].printed, counts["number"].made_up) == (0, 0)
    assert (counts["source"].right, counts["source"].made_up) == (0, 0)
    assert counts["source"].wrong == ["a.md: '', not '临江日报'"]
    assert "effective" not in counts
