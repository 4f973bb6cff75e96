"""What is done in the list of chats: naming, pinning, deleting, folders; each change tells what undoes it."""

from __future__ import annotations

from dataclasses import replace

from assistant.limits import CHAT_TITLE_CHARACTERS, NAME_CHARACTERS, check_text
from index.query import Filters
from ui.chats.store import ChatStore
from ui.web.views import CHATS_AT_ONCE, Done, View


def arrange(store: ChatStore, owner: str, view: View, name: str, of: str, text: str) -> View | None:
    """Make the change `name` to the chat or folder `of`.

    Returns:
        What is shown from then on; None where the list of chats has no change of that name.

    Raises:
        Problem: `limit_characters`, `folder_name_empty`, `folder_exists` or `folders_too_many`.
    """
    check_text("of", of, NAME_CHARACTERS)
    if name == "undo":
        return _undone(store, owner, view)
    if name == "undelete":
        store.undelete(of, owner)
        return replace(view, chat=of, done=None)
    if name.startswith("folder"):
        return _with_folder(store, owner, view, name, of, text)
    if name in {"rename", "delete", "pin", "unpin", "move"}:
        return _with_chat(store, owner, view, name, of, text)
    return None


def _undone(store: ChatStore, owner: str, view: View) -> View:
    """The last change is taken back, once."""
    for name, of, text in view.done.undo if view.done else ():
        view = arrange(store, owner, view, name, of, text) or view
    return replace(view, done=None)


def _with_chat(store: ChatStore, owner: str, view: View, name: str, of: str, text: str) -> View:
    chat = store.chat(of, owner)
    if chat is None:
        return view
    title = chat.title
    if name == "rename":
        check_text("title", text, CHAT_TITLE_CHARACTERS)
        store.rename(of, owner, text)
        undo = ("rename", of, title)
        renamed = store.chat(of, owner)
        if renamed is None or renamed.title == title:
            return view
        title = renamed.title
    elif name == "delete":
        store.delete(of, owner)
        store.purge_deleted()
        undo = ("undelete", of, "")
        view = replace(view, chat="", sources=Filters()) if of == view.chat else view
    elif name == "move":
        check_text("folder", text, NAME_CHARACTERS)
        store.folders.move(of, owner, text)
        undo = ("move", of, chat.folder)
    else:
        store.folders.pin(of, owner, name == "pin")
        undo = ("unpin" if name == "pin" else "pin", of, "")
    return replace(view, done=Done(f"change_{name}", title, (undo,)))


def _with_folder(store: ChatStore, owner: str, view: View, name: str, of: str, text: str) -> View | None:
    folders = store.folders
    if name == "folder":
        shown = of if of and folders.folder(of, owner) else ""
        return replace(view, folder=shown, listed=CHATS_AT_ONCE)
    if name == "folder-new":
        made = folders.make(owner, text)
        chat = store.chat(of, owner) if of else None
        undo: tuple[tuple[str, str, str], ...] = (("folder-remove", made.id, ""),)
        if chat is not None:
            folders.move(of, owner, made.id)
            undo = (("move", of, chat.folder), *undo)
        return replace(view, done=Done("change_folder_new", made.name, undo))
    if name == "folder-restore":
        folders.restore(of, owner)
        return view
    known = folders.folder(of, owner)
    if known is None:
        return view
    if name == "folder-rename":
        folders.rename(of, owner, text)
        now = folders.folder(of, owner) or known
        return replace(
            view, done=Done("change_folder_rename", now.name, (("folder-rename", of, known.name),))
        )
    if name == "folder-remove":
        folders.remove(of, owner)
        shown = "" if view.folder == of else view.folder
        done = Done("change_folder_remove", known.name, (("folder-restore", of, ""),))
        return replace(view, folder=shown, done=done)
    return None
