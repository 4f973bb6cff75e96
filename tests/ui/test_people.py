"""Accounts, sessions and keys in a real SQLite file and on a real server."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL, select, update

from assistant.settings import Settings
from corpus.problem import Problem
from tests.ui.clock import Clock
from tests.ui.places import ON_FILES, with_state
from ui.people.accounts import Accounts
from ui.people.passwords import FAILURES, LOCKED_S
from ui.people.people_file import accounts_place, open_people_file
from ui.people.person import Person, Role
from ui.people.tables import people

PASSWORD = "correct horse 电池"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path, state_url: URL | None) -> Settings:
    given = Settings(_env_file=None, data=tmp_path / "data", session_hours=2, session_days=1)
    return with_state(given, state_url)


@pytest.fixture
def accounts(settings: Settings, clock: Clock) -> Iterator[Accounts]:
    accounts = Accounts(settings, clock)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    yield accounts
    accounts.close()


def code_of(error: pytest.ExceptionInfo[Problem]) -> str:
    return error.value.code


def wrong(accounts: Accounts, name: str, password: str = "not the password") -> str:
    with pytest.raises(Problem) as error:
        accounts.sign_in(name, password)
    return code_of(error)


@ON_FILES
def test_neither_password_nor_key_nor_token_is_in_any_file_of_the_data_folder(
    accounts: Accounts, settings: Settings
) -> None:
    secrets = [PASSWORD, accounts.make_key("anna", "a label"), accounts.sign_in("anna", PASSWORD)]
    secrets.append("typed into the wrong field")
    wrong(accounts, secrets[-1])
    files = [file.read_bytes() for file in settings.data.rglob("*") if file.is_file()]
    assert any(b"a label" in file for file in files)  # what is kept is seen here
    for secret in secrets:
        assert not any(secret.encode() in file for file in files)
        assert not any(secret.encode()[len("pa-12345678") + 1 :] in file for file in files)


@ON_FILES
def test_only_its_owner_may_read_the_file(accounts: Accounts, settings: Settings) -> None:
    for file in settings.data.glob("people.sqlite*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


@pytest.mark.parametrize("name", ["anna", "ANNA", " Anna "])
def test_the_right_password_signs_in_whatever_the_case_of_the_name(accounts: Accounts, name: str) -> None:
    assert accounts.person_by_session(accounts.sign_in(name, PASSWORD)) == Person("anna", Role.ADMIN)


def test_the_same_password_from_another_keyboard_fits(accounts: Accounts) -> None:
    accounts.set_password("anna", "ｃａｆé 12345")
    assert accounts.sign_in("anna", "cafe\u0301 12345")


def test_a_wrong_password_and_an_unknown_name_are_told_alike(accounts: Accounts) -> None:
    accounts.add("gone", PASSWORD, Role.READER)
    accounts.set_disabled("gone", True)
    assert wrong(accounts, "anna") == wrong(accounts, "nobody") == "sign_in_wrong"
    assert wrong(accounts, "gone", PASSWORD) == wrong(accounts, "", "") == "sign_in_wrong"
    assert wrong(accounts, "anna", "x" * 5000) == "sign_in_wrong"


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_name_is_locked_after_failures_whether_or_not_it_exists(
    accounts: Accounts, clock: Clock, name: str
) -> None:
    said = [wrong(accounts, name.upper() if turn % 2 else name) for turn in range(FAILURES + 2)]
    assert said == ["sign_in_wrong"] * FAILURES + ["sign_in_locked"] * 2
    assert wrong(accounts, name, PASSWORD) == "sign_in_locked"
    clock.now += LOCKED_S + 1
    assert wrong(accounts, name) == "sign_in_wrong"


def test_a_lock_ends_and_others_are_not_locked(accounts: Accounts, clock: Clock) -> None:
    accounts.add("bo", PASSWORD, Role.READER)
    for _ in range(FAILURES):
        wrong(accounts, "anna")
    assert accounts.sign_in("bo", PASSWORD)
    clock.now += LOCKED_S - 1
    assert wrong(accounts, "anna", PASSWORD) == "sign_in_locked"
    clock.now += 1
    assert accounts.sign_in("anna", PASSWORD)


def test_signing_in_and_a_new_password_forget_failures(accounts: Accounts) -> None:
    for _ in range(2):
        for _ in range(FAILURES - 1):
            wrong(accounts, "anna")
        assert accounts.sign_in("anna", PASSWORD)
    for _ in range(FAILURES):
        wrong(accounts, "anna")
    accounts.set_password("anna", PASSWORD)
    assert accounts.sign_in("anna", PASSWORD)


def test_passwords_tried_at_once_do_not_get_past_the_lock(accounts: Accounts) -> None:
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(wrong(accounts, "anna"))) for _ in range(FAILURES + 4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("sign_in_wrong") == FAILURES


def test_a_session_ends_when_idle(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sign_in("anna", PASSWORD)
    for _ in range(5):
        clock.now += 1.9 * 3600
        assert accounts.person_by_session(token) is not None
    clock.now += 2 * 3600
    assert accounts.person_by_session(token) is None


def test_a_session_ends_after_its_longest_time_however_busy(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sign_in("anna", PASSWORD)
    for _ in range(23):
        clock.now += 3600
        assert accounts.person_by_session(token) is not None
    clock.now += 3600
    assert accounts.person_by_session(token) is None


def test_signing_out_a_new_password_and_shutting_an_account_end_sessions(accounts: Accounts) -> None:
    accounts.add("bo", PASSWORD, Role.READER)
    mine, out = accounts.sign_in("anna", PASSWORD), accounts.sign_in("bo", PASSWORD)
    accounts.sign_out(out)
    changed = accounts.sign_in("bo", PASSWORD)
    accounts.set_password("bo", "another one")
    shut = accounts.sign_in("bo", "another one")
    accounts.set_disabled("bo", True)
    accounts.set_disabled("bo", False)
    assert [accounts.person_by_session(token) for token in (out, changed, shut)] == [None] * 3
    assert accounts.person_by_session(mine) is not None


def test_a_role_counts_at_once(accounts: Accounts) -> None:
    accounts.add("bo", PASSWORD, Role.READER, ["内部", "公开"])
    token = accounts.sign_in("bo", PASSWORD)
    accounts.set_role("bo", Role.EDITOR)
    assert accounts.person_by_session(token) == Person("bo", Role.EDITOR, frozenset({"内部", "公开"}))
    accounts.set_collections("bo", [])
    assert accounts.person_by_session(token) == Person("bo", Role.EDITOR, frozenset())


def test_a_key_works_until_revoked_and_remembers_its_use(accounts: Accounts, clock: Clock) -> None:
    key, other = accounts.make_key("anna", "script"), accounts.make_key("anna")
    assert key.startswith("pa-")
    clock.now += 500
    assert accounts.person_by_key(key) == Person("anna", Role.ADMIN)
    first, second = accounts.keys("anna")
    assert (first.label, first.used, second.used) == ("script", clock.now, None)
    assert key.startswith(first.prefix)
    assert accounts.person_by_key(first.prefix) is None
    accounts.revoke(first.prefix)
    assert accounts.person_by_key(key) is None
    assert accounts.person_by_key(other) is not None
    with pytest.raises(Problem) as error:
        accounts.revoke(first.prefix)
    assert code_of(error) == "key_unknown"


def test_who_is_removed_leaves_nothing_to_the_next_of_that_name(accounts: Accounts) -> None:
    accounts.add("bo", PASSWORD, Role.EDITOR)
    key, token = accounts.make_key("bo"), accounts.sign_in("bo", PASSWORD)
    accounts.remove("bo")
    accounts.add("bo", PASSWORD, Role.READER)
    assert accounts.keys("bo") == []
    assert accounts.person_by_key(key) is None
    assert accounts.person_by_session(token) is None


def test_the_first_person_is_an_admin_and_one_admin_stays(settings: Settings) -> None:
    accounts = Accounts(settings)
    with pytest.raises(Problem) as error:
        accounts.add("bo", PASSWORD, Role.EDITOR)
    assert code_of(error) == "first_person_admin"
    assert not accounts
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.add("bo", PASSWORD, Role.READER)
    for change in (
        lambda: accounts.remove("anna"),
        lambda: accounts.set_role("anna", Role.EDITOR),
        lambda: accounts.set_disabled("anna", True),
    ):
        with pytest.raises(Problem) as error:
            change()
        assert code_of(error) == "last_admin"
    assert [each.person.role for each in accounts.all()] == [Role.ADMIN, Role.READER]
    accounts.remove("bo")
    accounts.remove("anna")
    assert not accounts
    accounts.close()


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("", PASSWORD, "person_name_wrong"),
        ("a b", PASSWORD, "person_name_wrong"),
        ("a\n", PASSWORD, "person_name_wrong"),
        ("<b>", PASSWORD, "person_name_wrong"),
        ("x" * 65, PASSWORD, "person_name_wrong"),
        ("Anna", PASSWORD, "person_exists"),
        ("bo", "1234567", "password_short"),
        ("bo", "x" * 257, "password_long"),
    ],
)
def test_a_wrong_name_or_password_is_told(accounts: Accounts, name: str, password: str, code: str) -> None:
    with pytest.raises(Problem) as error:
        accounts.add(name, password, Role.READER)
    assert code_of(error) == code
    assert len(accounts.all()) == 1


def test_an_old_hash_is_renewed_at_the_next_sign_in(accounts: Accounts, settings: Settings) -> None:
    def kept() -> str:
        return other.rows(select(people.c.password))[0][0]

    other = open_people_file(accounts_place(settings))
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("correct horse 电池")
    with other.transaction() as connection:
        connection.execute(update(people).values(password=weak))
    wrong(accounts, "anna")
    assert kept() == weak
    assert accounts.sign_in("anna", PASSWORD)
    assert kept() != weak
    renewed = kept()
    assert accounts.sign_in("anna", PASSWORD)
    assert kept() == renewed
    other.close()


@ON_FILES
def test_a_broken_file_is_told_and_never_opens_the_door(settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / "people.sqlite").write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(Problem) as error:
        Accounts(settings)
    assert code_of(error) == "people_broken"


@given(st.sampled_from(Role), st.sampled_from(Role), st.sampled_from(Role))
def test_roles_are_in_order(one: Role, two: Role, three: Role) -> None:
    assert one.covers(two) or two.covers(one)
    assert (one.covers(two) and two.covers(one)) == (one is two)
    assert not (one.covers(two) and two.covers(three)) or one.covers(three)
    assert Role.ADMIN.covers(one)
    assert one.covers(Role.READER)


def test_on_a_full_disk_whoever_is_signed_in_stays_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    now = [1000.0]
    accounts = Accounts(Settings(_env_file=None, data=tmp_path), clock=lambda: now[0])
    accounts.add("anna", "a long password", Role.ADMIN)
    session, key = accounts.sign_in("anna", "a long password"), accounts.make_key("anna")

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(accounts._file, "transaction", full)
    for later in (1.0, 3600.0, 3600.0):
        now[0] += later
        for person in (accounts.person_by_session(session), accounts.person_by_key(key)):
            assert person is not None
            assert person.name == "anna"
    now[0] += 365 * 86400
    assert accounts.person_by_session(session) is None, "a session that is over is over all the same"


def test_a_clock_set_back_lengthens_no_session(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sign_in("anna", PASSWORD)
    clock.now -= 100
    assert accounts.person_by_session(token) is not None
    clock.now -= 365 * 86400
    assert accounts.person_by_session(token) is None
    clock.now += 365 * 86400
    assert accounts.person_by_session(token) is None


def test_a_clock_set_back_lengthens_no_lock(accounts: Accounts, clock: Clock) -> None:
    for _ in range(FAILURES):
        wrong(accounts, "anna")
    clock.now -= 365 * 86400
    assert wrong(accounts, "anna", PASSWORD) == "sign_in_locked"
    clock.now += LOCKED_S + 1
    assert accounts.sign_in("anna", PASSWORD)


def test_a_clock_set_back_stops_no_key_and_its_use_is_noted(accounts: Accounts, clock: Clock) -> None:
    key = accounts.make_key("anna")
    assert accounts.person_by_key(key) is not None
    clock.now -= 365 * 86400
    assert accounts.person_by_key(key) is not None
    assert accounts.keys("anna")[0].used == clock.now


def test_the_name_that_is_kept_is_told_however_it_is_written(accounts: Accounts) -> None:
    accounts.add("Zoë", "a long password", Role.ADMIN)
    assert accounts.check_known("ZOë") == "Zoë"
