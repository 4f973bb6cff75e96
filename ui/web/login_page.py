"""The log-in and log-out forms as HTML."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from starlette.requests import Request

from assistant.messages import message
from ui.page_language import LANGUAGES
from ui.web.tokens import tokens_css

_STYLE = (
    tokens_css()
    + """
* { box-sizing: border-box; }
body { font: 16px/1.6 var(--font); margin: 0; min-height: 100vh; display: grid; place-items: center; padding: var(--s4);
       background: var(--page); color: var(--text); }
main { width: 100%; max-width: 23rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--r3); padding: var(--s6); box-shadow: var(--lift-2); }
h1 { font-size: var(--size-xl); line-height: var(--leading-tight); margin: 0 0 var(--s4); }
label { display: block; margin: var(--s3) 0 var(--s1); font-size: var(--size-s); color: var(--quiet); }
input, button { font: inherit; width: 100%; padding: .55rem .7rem; border-radius: var(--r1); }
input { border: 1px solid var(--line-strong); background: var(--surface); color: inherit; }
button { margin-top: var(--s5); border: 0; background: var(--accent-fill); color: var(--on-accent); cursor: pointer; font-weight: 600; }
button:hover { background: var(--accent-fill-hover); }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
a { color: var(--accent); }
p { margin: var(--s2) 0; overflow-wrap: anywhere; }
.alert { color: var(--wrong); }
.other { margin: var(--s4) 0 0; font-size: var(--size-s); }
"""
)


def language_of(request: Request, chosen: str = "") -> str:
    """The language chosen (`?lang=`), else the one that the browser prefers, else Chinese."""
    chosen = chosen or request.query_params.get("lang", "")
    if chosen in LANGUAGES:
        return chosen
    wanted = []
    for place, part in enumerate(request.headers.get("accept-language", "").split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), place, tag[:2].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wanted) if tag in LANGUAGES), "zh")


def login_page(language: str, next: str, name: str = "", alert: str = "") -> str:
    """The form; `next` is where to go afterwards, `alert` why the last try failed."""
    other = "zh" if language == "en" else "en"
    other_address = f"/login?lang={other}&next={quote(next, safe='')}"
    told = f'<p class="alert" role="alert" id="alert">{escape(alert)}</p>' if alert else ""
    described = ' aria-invalid="true" aria-describedby="alert"' if alert else ""
    focus_name, focus_password = ("", " autofocus") if name else (" autofocus", "")
    return _page(
        language,
        message("login_title", language),
        f"""{told}<form method="post" action="/login">
<label for="name">{message("login_name", language)}</label>
<input id="name" name="name" value="{escape(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required{described}{focus_name}>
<label for="password">{message("login_password", language)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required{described}{focus_password}>
<input type="hidden" name="next" value="{escape(next)}"><input type="hidden" name="lang" value="{language}">
<button>{message("login_button", language)}</button></form>
<p class="other"><a href="{escape(other_address)}" lang="{_tag(other)}" hreflang="{_tag(other)}">{message("page_other_language", language)}</a></p>""",
    )


def logout_page(language: str, name: str) -> str:
    """The form that signs `name` out."""
    back = "/en/" if language == "en" else "/"
    return _page(
        language,
        message("logout_title", language),
        f"""<p>{escape(message("logout_who", language, name=name))}</p>
<form method="post" action="/logout?lang={language}"><button>{message("logout_button", language)}</button></form>
<p class="other"><a href="{back}">{message("logout_back", language)}</a></p>""",
    )


def refusal_page(language: str, told: str) -> str:
    """Why a page is not shown, and the way to try again."""
    again = f'<p class="other"><a href="">{message("try_again", language)}</a></p>'
    return _page(language, message("refused_title", language), f'<p role="alert">{escape(told)}</p>{again}')


def _page(language: str, heading: str, body: str) -> str:
    title = f"{heading} · {message('page_title', language)}"
    return (
        f'<!doctype html><html lang="{_tag(language)}" data-look="system"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def _tag(language: str) -> str:
    return "en" if language == "en" else "zh-CN"
