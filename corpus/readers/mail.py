"""Mails and pages saved as one file (.eml, .mht, .mhtml): the text or web page, and what is attached."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath

from corpus.block import Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.html import html_draft, text_of_bytes
from corpus.readers.text import plain_draft
from corpus.reasons import broken_file

Reader = Callable[[Path], Iterator[Draft | Problem]]
_MOST_PARTS = 2000
_BESIDE_THE_TEXT = ("image", "audio", "video", "font")
_PAGE_PARTS = frozenset({".css", ".js", ".xml", ".bin", ".dat", ".thmx", ".mso", ""})


def mail_reader(reader_for: Callable[[Path], Reader]) -> Reader:
    """A reader of mails whose attachments are read by what `reader_for` gives."""

    def read_mail(file: Path) -> Iterator[Draft | Problem]:
        with file.open("rb") as stream:
            message = BytesParser(policy=policy.default).parse(stream)
        parts = [part for part in _parts(message) if isinstance(part, EmailMessage)]
        if not parts or (not message.keys() and not message.is_multipart()):
            raise broken_file(file, "reason_no_mail")
        body = _body(parts)
        attached = [part for part in parts if part is not body and _is_attached(part)]
        if body is None and not attached:
            raise Problem("page_without_text", file=file)
        if body is not None:
            yield _draft(message, body, file)
        for number, part in enumerate(attached):
            yield from _attachment(part, number, file, reader_for)

    return read_mail


def _parts(message: EmailMessage) -> list[object]:
    """The parts of a message that hold no other parts."""
    found: list[object] = []
    for part in message.walk():
        if len(found) >= _MOST_PARTS:
            break
        if not part.is_multipart():
            found.append(part)
    return found


def _body(parts: list[EmailMessage]) -> EmailMessage | None:
    """The web page, else the text that is no attachment."""
    for kind in ("text/html", "application/xhtml+xml", "text/plain"):
        for part in parts:
            if (
                part.get_content_type() == kind
                and part.get_content_disposition() != "attachment"
                and _data(part).strip()
            ):
                return part
    return None


def _is_attached(part: EmailMessage) -> bool:
    """Whether a part is a file of its own, not a picture or a style of the page, nor the body again."""
    if part.get_content_disposition() == "attachment":
        return True
    name = part.get_filename() or ""
    inside = part.get("Content-Location") or part.get("Content-ID")
    return bool(name) and not inside and part.get_content_maintype() not in _BESIDE_THE_TEXT


def _data(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: EmailMessage, file: Path, *, page: bool) -> str:
    """A part's text in the encoding that it names where that fits."""
    data = _data(part)
    name = str(part.get_content_charset() or "").lower()
    name = "gb18030" if name in {"gb2312", "gbk"} else name
    try:
        return data.decode(name) if name and name != "us-ascii" else data.decode("ascii")
    except (LookupError, UnicodeDecodeError):
        return text_of_bytes(data, file) if page else decode(data, file)


def _draft(message: EmailMessage, body: EmailMessage, file: Path) -> Draft:
    """The draft of the text, with the subject as its title and the day that it was sent."""
    page = body.get_content_type() != "text/plain"
    subject = _head(message, "Subject")
    if page:
        draft = html_draft(_text(body, file, page=True), file)
    else:
        draft = plain_draft(_text(body, file, page=False), {"title": subject} if subject else {})
    is_mail = _is_mail(message)
    if subject and (is_mail or not draft.title):
        draft.title = subject
    if is_mail and (sent := _sent(message)):
        draft.fields["date"] = sent
    place = _head(body, "Content-Location") or _head(message, "Snapshot-Content-Location")
    if not is_mail and place.startswith(("http://", "https://")):
        draft.fields.setdefault("url", place)
    return draft


def _is_mail(message: EmailMessage) -> bool:
    """Whether somebody sent the message; browsers write "Saved by" where the sender stands."""
    sender = next((str(value) for name, value in message.raw_items() if name.lower() == "from"), "")
    return bool(sender) and "saved by" not in sender.lower()


def _head(part: EmailMessage, name: str) -> str:
    """A line of the head, empty where it is missing or cannot be read."""
    try:
        return " ".join(str(part.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""


def _sent(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_head(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _attachment(
    part: EmailMessage, number: int, file: Path, reader_for: Callable[[Path], Reader]
) -> Iterator[Draft | Problem]:
    """What an attached file holds, named "mail!file"."""
    name = PurePosixPath((part.get_filename() or f"{number}").replace("\\", "/")).name
    suffix = PurePosixPath(name).suffix.lower()
    shown = Path(f"{file}!{name}")
    if part.get_content_maintype() in _BESIDE_THE_TEXT and suffix in _PAGE_PARTS:
        return
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / f"{number}{suffix}"
        try:
            read = reader_for(unpacked)
            unpacked.write_bytes(_data(part))
            for found in read(unpacked):
                if isinstance(found, Problem):
                    yield Problem(found.code, **{**found.fields, "file": shown})
                else:
                    found.fields.setdefault("member", str(shown))
                    found.title = found.title or PurePosixPath(name).stem
                    yield found
        except Problem as problem:
            yield Problem(problem.code, **{**problem.fields, "file": shown})
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            yield broken_file(shown, error)
