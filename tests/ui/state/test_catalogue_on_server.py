"""A data folder whose index has its catalogue on the server that is set: made, looked after and backed up by the usual commands."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from assistant.catalogue_place import catalogue_of
from assistant.settings import Settings
from corpus.problem import Problem
from index.catalogue.place import CATALOGUE_NAME, CatalogueOnServer
from index.deletion import remove_index
from index.store import Index
from index.sync import ingest
from tests.index.killed_ingest import DigestEmbedder
from tests.postgres import Server, database_on
from tests.ui.places import with_state
from ui.backups.make import back_up
from ui.doctor import index_folder
from ui.doctor.finding import Finding


@pytest.fixture
def url(server_of_state: Server) -> Iterator[URL]:
    with database_on(server_of_state) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path, url: URL) -> Settings:
    """With an index of one article."""
    (tmp_path / "a.md").write_text("# 稀土产业的通知\n\n2025年稀土营收增长百分之五。\n", "utf-8")
    settings = with_state(Settings(_env_file=None, data=tmp_path / "data"), url)
    # Nothing is there before the first ingest, not even the data folder.
    place = catalogue_of(settings)
    assert isinstance(place, CatalogueOnServer)
    index = Index(settings.index_folder, DigestEmbedder, model_name="default", catalogue=place)
    assert ingest(index, [tmp_path / "a.md"]).articles == 1
    index.close()
    return settings


def looked(settings: Settings) -> dict[str, Finding]:
    return {each.check: each for each in index_folder.index(settings)}


def run(url: URL, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_doctor_looks_at_it_and_changes_nothing(settings: Settings, url: URL) -> None:
    assert {name: each.state for name, each in looked(settings).items()} == {
        "index": "ok",
        "index_version": "ok",
        "vectors": "ok",
    }
    name = (settings.index_folder / CATALOGUE_NAME).read_text().strip()
    run(url, f"UPDATE {name}.alembic_version_catalogue SET version_num = '0008'")
    older = looked(settings)["index"]
    assert (older.state, name in older.message) == ("warning", True)
    assert looked(settings)["index"] == older
    run(url, f"DROP SCHEMA {name} CASCADE")
    assert name in looked(settings)["index"].message
    unset = settings.model_copy(update={"database_url": Settings(_env_file=None).database_url})
    assert "ASSISTANT_DATABASE_URL" in looked(unset)["index"].message


def test_other_indexes_stay_in_files_and_a_new_one_goes_to_the_server(
    settings: Settings, tmp_path: Path
) -> None:
    thrown_away = settings.model_copy(update={"index": tmp_path / "other"})
    assert catalogue_of(thrown_away) == tmp_path / "other" / "catalogue.sqlite"
    place = catalogue_of(settings)
    remove_index(settings.index_folder, place)
    assert catalogue_of(settings) == place
    (settings.index_folder / CATALOGUE_NAME).unlink()
    (settings.index_folder / "chroma").mkdir()
    with pytest.raises(Problem) as lost:
        catalogue_of(settings)
    assert lost.value.code == "index_broken"


def test_a_backup_has_its_name(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        names = archive.getnames()
    assert f"index/{CATALOGUE_NAME}" in names
    assert "index/catalogue.sqlite" not in names
