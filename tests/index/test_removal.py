"""What is taken out by hand stays out and can be brought back, wherever its file is meanwhile."""

from pathlib import Path

import pytest

from corpus.problem import Problem
from index.edits import correct_article
from index.removal import remove_article, restore_article
from index.store import Index
from index.sync import ingest
from tests.index.test_bulk_edits import ids_of, library

__all__ = ["library"]


def test_one_whose_file_is_gone_or_empty_stays_among_the_removed(library: tuple[Index, Path]) -> None:
    index, corpus = library
    file = corpus / "甲.md"
    text = file.read_text("utf-8")
    (id_,) = ids_of(index, "甲市")
    file.unlink()
    remove_article(index, id_)
    assert index.catalogue.article(id_) is None, "it is taken out also where its file is gone"
    with pytest.raises(Problem, match="no_such_article"):
        remove_article(index, id_)
    with pytest.raises(Problem, match="no_such_path"):
        restore_article(index, id_)
    file.write_text("", "utf-8")
    with pytest.raises(Problem, match="article_not_in_file"):
        restore_article(index, id_)
    assert index.catalogue.corrections() == {id_: {"removed": str(file)}}
    file.write_text(text, "utf-8")
    restore_article(index, id_)
    assert index.catalogue.article(id_) is not None
    with pytest.raises(Problem, match="no_such_article"):
        restore_article(index, id_)


def test_one_whose_file_moved_comes_back_from_where_that_is_now(library: tuple[Index, Path]) -> None:
    index, corpus = library
    (id_,) = ids_of(index, "甲市")
    remove_article(index, id_)
    (corpus / "甲.md").rename(corpus / "改名.md")
    assert ingest(index, [corpus]).moved == 1
    restore_article(index, id_)
    article = index.catalogue.article(id_)
    assert article is not None
    assert article.file == str(corpus / "改名.md")


def test_a_correction_needs_no_file_and_its_undoing_does(library: tuple[Index, Path]) -> None:
    index, corpus = library
    (id_,) = ids_of(index, "甲市")
    (corpus / "甲.md").unlink()
    assert correct_article(index, id_, {"title": "改过的题"}).title == "改过的题"
    with pytest.raises(Problem, match="no_such_path"):
        correct_article(index, id_, {})
    assert index.catalogue.corrections() == {id_: {"title": "改过的题"}}
