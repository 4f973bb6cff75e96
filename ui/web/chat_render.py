"""A kept chat as the page shows it: its messages, and who is signed in."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from assistant.messages import message
from ui.chats.store import KeptTurn
from ui.people.person import Person
from ui.web.icons import icon
from ui.web.markdown import markdown_html
from ui.web.render import answer_as_html
from ui.web.shown import shown


def turns_html(turns: list[KeptTurn], language: str) -> list[str]:
    """A piece of HTML for each turn: its question and its answer."""
    return [turn_html(turn.question, _answer_of(turn, language), language, turn.id) for turn in turns]


def turn_html(question: str, answer: str, language: str, turn: str = "") -> str:
    """A question and the HTML of its answer; that of a kept turn can be asked anew in other words."""
    told = message("edit_question", language)
    pencil = (
        f'<a class="revise" href="#act/revise/{turn}" title="{told}" aria-label="{told}">{icon("pencil")}</a>'
        if turn
        else ""
    )
    return (
        f'<section class="turn" data-turn="{turn}"><div class="message user">{pencil}'
        f'<div class="said">{escape(question)}</div></div><div class="message bot">{answer}</div></section>'
    )


def growing_html(text: str, waiting: str, language: str) -> str:
    """What there is of an answer that is being written; where that is nothing, `waiting` or that it is looked for."""
    if text:
        return f'<div class="answer">{markdown_html(text, shown)}</div>'
    return f'<div class="thinking">{shown(waiting) or message("thinking", language)}</div>'


def _answer_of(turn: KeptTurn, language: str) -> str:
    if turn.answer is not None:
        return answer_as_html(turn.answer, language, turn)
    if turn.state == "writing":
        return f'<div class="growing">{growing_html(turn.draft, "", language)}</div>'
    if turn.state == "failed":
        return (
            f'<div class="answer"><div class="flag">{shown(turn.draft)}</div>{_again(turn, language)}</div>'
        )
    note = f'<div class="note">{message("answer_stopped", language)}</div>'
    return f'<div class="answer">{_paragraphs(turn.draft)}{note}{_again(turn, language)}</div>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{shown(line)}</p>" for line in text.split("\n") if line.strip())


def _again(turn: KeptTurn, language: str) -> str:
    return f'<div class="deeds"><a href="#act/again/{turn.id}">{message("page_again", language)}</a></div>'


def welcome_html(language: str) -> str:
    """Where the turns of a chat are put, and what stands there before there are any: what one may ask."""
    cards = "".join(
        f'<a class="example" href="#act/ask/{quote(line)}">{icon("spark")}<span>{escape(line)}</span></a>'
        for line in message("page_examples", language).split("\n")
    )
    return (
        f'<div id="turns" role="log" aria-label="{message("page_tab_chat", language)}"></div>'
        f'<div class="welcome"><h2>{message("page_welcome", language)}</h2>'
        f'<p>{message("page_subtitle", language)}</p><div class="examples">{cards}</div></div>'
    )


def signed_in_html(person: Person, language: str) -> str:
    """Who is signed in, and the way out; empty where nobody needs to sign in."""
    if not person.name:
        return ""
    return (
        f'<p class="person">{escape(person.name)} · {message("role_" + person.role.value, language)} '
        f'<a href="/logout?lang={language}">{message("sign_out", language)}</a></p>'
    )
