"""What a person kept becomes another's."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from ui.chats.tables import chats, chosen_sources, folders, notes, visits


def hand_over(connection: Connection, owner: str, to: str) -> int:
    """Make the chats of `owner`, with folders and notebook, those of another, inside a transaction; how many chats."""
    connection.execute(delete(visits).where(visits.c.owner == owner))
    # What a chat that is not begun would ask belongs to no chat; the other has sources of their own for theirs.
    connection.execute(
        delete(chosen_sources).where(chosen_sources.c.owner == owner, chosen_sources.c.chat.is_(None))
    )
    last = select(func.coalesce(func.max(notes.c.place), 0)).where(notes.c.owner == to)
    after = connection.execute(last).scalar_one()
    connection.execute(update(notes).where(notes.c.owner == owner).values(place=notes.c.place + after))
    for table in (folders, notes, chosen_sources):
        connection.execute(update(table).where(table.c.owner == owner).values(owner=to))
    return connection.execute(update(chats).where(chats.c.owner == owner).values(owner=to)).rowcount
