"""`assistant model`: language models that run on this machine."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.local_models.catalogue import day_of_list, model_named, open_models
from assistant.local_models.choose import (
    has_runtime,
    remove_model,
    set_in_environment,
    state_of,
    use_model,
)
from assistant.local_models.fetch import fetch_model
from assistant.local_models.memory import fits, memory_mb
from assistant.local_models.ollama import PREFIX, ollama_models
from assistant.messages import message
from ui.sizes import in_gb
from ui.terminal import JsonOption, err, out, progress_bar, read_settings, say

model = typer.Typer(no_args_is_help=True, help=message("cli_model"))

NameArgument = Annotated[str, typer.Argument(help=message("cli_model_name"))]
_MB = 1 << 20
_FITS = {True: "model_yes", False: "model_no", None: "model_unknown"}
_COLUMNS = ("name", "size", "memory", "fits", "state", "for")


@model.command("list", help=message("cli_model_list"))
def list_models(as_json: JsonOption = False) -> None:
    """List the models."""
    settings = read_settings()
    memory, served = memory_mb(), ollama_models(settings)
    if as_json:
        rows = [
            {
                "name": each.name,
                "size_mb": each.size_mb,
                "memory_mb": each.memory_mb,
                "licence": each.licence,
                "fits": fits(each.memory_mb, memory),
                "state": state_of(each, settings).removeprefix("model_"),
            }
            for each in open_models()
        ]
        out.print_json(
            json.dumps({"date": day_of_list(), "memory_mb": memory, "models": rows, "ollama": served})
        )
        return
    table = Table(*(say(f"model_head_{name}") for name in _COLUMNS))
    for each in open_models():
        state = state_of(each, settings)
        table.add_row(
            each.name,
            in_gb(each.size_mb),
            in_gb(each.memory_mb),
            say(_FITS[fits(each.memory_mb, memory)]),
            say(state) if state else "",
            each.told(settings.language),
        )
    out.print(table)
    out.print(escape(say("model_list_about", day=day_of_list(), memory=in_gb(memory))))
    if served:
        out.print(escape(say("model_ollama_there", names=", ".join(served))))


@model.command(help=message("cli_model_get"))
def get(name: NameArgument) -> None:
    """Fetch a model."""
    settings = read_settings()
    wanted = model_named(name)
    memory = memory_mb()
    if fits(wanted.memory_mb, memory) is False:
        _warn("model_too_big", model=wanted.name, needed=in_gb(wanted.memory_mb), memory=in_gb(memory))
    try:
        with progress_bar(say("model_fetching", model=wanted.title)) as progress:
            file = fetch_model(wanted, settings, progress)
    except KeyboardInterrupt:
        _warn("model_part_kept")
        raise
    out.print(escape(say("model_got", model=wanted.name, file=file)))


@model.command(help=message("cli_model_use"))
def use(name: NameArgument) -> None:
    """Let a model write."""
    use_model(name, read_settings())
    out.print(escape(say("model_used", model=name)))
    if names := set_in_environment():
        _warn("model_environment_wins", names=", ".join(names))
    if not name.startswith(PREFIX) and not has_runtime():
        _warn("model_runtime_missing")


@model.command(help=message("cli_model_remove"))
def remove(name: NameArgument) -> None:
    """Remove a model's file."""
    removed, freed = remove_model(name, read_settings())
    out.print(escape(say("model_removed", model=removed.name, freed=in_gb(freed / _MB))))


def _warn(code: str, **fields: object) -> None:
    err.print(f"[yellow]{escape(say(code, **fields))}[/]")
