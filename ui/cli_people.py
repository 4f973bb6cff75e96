"""`assistant people`: accounts, their roles and API keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.messages import message
from corpus.extras import need
from ui.people.person import Role
from ui.terminal import err, out, read_settings, say

if TYPE_CHECKING:
    from ui.people.accounts import Accounts

people = typer.Typer(no_args_is_help=True, help=message("cli_people"))

NameArgument = Annotated[str, typer.Argument(help=message("cli_person"))]
CollectionsHelp = message("cli_collections")
_EVERY = "all"


@people.command(help=message("cli_people_add"))
def add(
    name: NameArgument,
    role: Annotated[Role, typer.Option("--role", help=message("cli_role"))] = Role.READER,
    collections: Annotated[str, typer.Option("--collections", help=CollectionsHelp)] = _EVERY,
) -> None:
    """Make an account."""
    with _accounts() as accounts:
        accounts.check_new(name, role)
        is_first = not accounts
        accounts.add(name, _ask_password(), role, _listed(collections))
    if is_first:
        # What was asked while nobody needed an account is the first one's.
        _hand_over("", name)
    out.print(escape(say("people_added", name=name, role=role.value)))


@people.command("list", help=message("cli_people_list"))
def list_people() -> None:
    """List the accounts."""
    with _accounts() as accounts:
        found = accounts.all()
    if not found:
        out.print(say("people_none"))
        return
    table = _table("name", "role", "collections", "created", "disabled")
    for each in found:
        seen = each.person.collections
        table.add_row(
            escape(each.person.name),
            each.person.role.value,
            say("people_all") if seen is None else escape(", ".join(sorted(seen))),
            _day(each.created),
            say("people_yes") if each.disabled else "",
        )
    out.print(table)


@people.command(help=message("cli_people_password"))
def password(name: NameArgument) -> None:
    """Change a password."""
    with _accounts() as accounts:
        accounts.check_known(name)
        accounts.set_password(name, _ask_password())
    _say_changed(name)


@people.command(help=message("cli_people_role"))
def role(name: NameArgument, role: Annotated[Role, typer.Argument(help=message("cli_role"))]) -> None:
    """Change what a person may do."""
    with _accounts() as accounts:
        accounts.set_role(name, role)
    _say_changed(name)


@people.command(help=message("cli_people_collections"))
def collections(
    name: NameArgument, collections: Annotated[str, typer.Argument(help=CollectionsHelp)]
) -> None:
    """Change what a person may see."""
    with _accounts() as accounts:
        accounts.set_collections(name, _listed(collections))
    _say_changed(name)


@people.command(help=message("cli_people_disable"))
def disable(
    name: NameArgument,
    undo: Annotated[bool, typer.Option("--undo", help=message("cli_people_enable"))] = False,
) -> None:
    """Shut an account, or open it again."""
    with _accounts() as accounts:
        accounts.set_disabled(name, not undo)
    _say_changed(name)


@people.command(help=message("cli_people_remove"))
def remove(
    name: NameArgument, yes: Annotated[bool, typer.Option("--yes", help=message("cli_yes"))] = False
) -> None:
    """Delete an account."""
    with _accounts() as accounts:
        name = accounts.check_known(name)
        question = "people_ask_remove" if len(accounts.all()) > 1 else "people_ask_remove_last"
        if not yes:
            typer.confirm(say(question, name=name), abort=True, err=True)
        accounts.remove(name)
    # Whoever gets the name next must not find them.
    _hand_over(name, f"{name} ({datetime.now():%Y-%m-%d %H:%M:%S})")
    out.print(escape(say("people_removed", name=name)))


@people.command(help=message("cli_people_key"))
def key(
    name: NameArgument, label: Annotated[str, typer.Option("--label", help=message("cli_label"))] = ""
) -> None:
    """Make an API key; the key alone goes to the output, for scripts."""
    with _accounts() as accounts:
        made = accounts.make_key(name, label)
    err.print(escape(say("people_key_once", name=name)))
    typer.echo(made)


@people.command(help=message("cli_people_keys"))
def keys(name: NameArgument) -> None:
    """List a person's API keys."""
    with _accounts() as accounts:
        found = accounts.keys(name)
    if not found:
        out.print(escape(say("people_no_keys", name=name)))
        return
    table = _table("prefix", "label", "created", "used")
    for each in found:
        used = _day(each.used) if each.used is not None else ""
        table.add_row(f"{each.prefix}…", escape(each.label), _day(each.created), used)
    out.print(table)


@people.command(help=message("cli_people_revoke"))
def revoke(prefix: Annotated[str, typer.Argument(help=message("cli_key_prefix"))]) -> None:
    """Make an API key worthless."""
    with _accounts() as accounts:
        shown = accounts.revoke(prefix)
    out.print(escape(say("people_revoked", prefix=shown)))


def _hand_over(owner: str, to: str) -> None:
    """Make the chats of one owner another's; an owner that is no name of an account is nobody's."""
    from ui.chats.store import ChatStore, chats_place

    place = chats_place(read_settings())
    if not isinstance(place, Path) or place.is_file():
        store = ChatStore(place)
        store.hand_over(owner, to)
        store.close()


@contextmanager
def _accounts() -> Iterator[Accounts]:
    need("page", "assistant people")
    from ui.people.accounts import Accounts

    accounts = Accounts(read_settings())
    try:
        yield accounts
    finally:
        accounts.close()


def _ask_password() -> str:
    """From a hidden prompt, typed twice; from a pipe, its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(
        typer.prompt(
            say("people_ask_password"),
            hide_input=True,
            confirmation_prompt=say("people_ask_password_again"),
            err=True,
        )
    )


def _listed(collections: str) -> list[str] | None:
    """The collections named, parted by commas; None where it is every one."""
    names = [name.strip() for name in collections.replace("，", ",").split(",") if name.strip()]
    return None if names == [_EVERY] else names


def _say_changed(name: str) -> None:
    out.print(escape(say("people_changed", name=name)))


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")


def _table(*columns: str) -> Table:
    return Table(*(say(f"column_{name}") for name in columns))
