"""What is kept beside articles (people, chats, costs) in SQLite files or on a PostgreSQL server, by the same statements.

A store has its tables as a `Part`, with numbered Alembic migrations beside them, and is opened with `open_state`.
"""

from index.state.base import NOT_NOW, Part, StateDatabase, StatePlace
from index.state.opening import open_state
from index.state.server_url import server_url, shown

__all__ = ["NOT_NOW", "Part", "StateDatabase", "StatePlace", "open_state", "server_url", "shown"]
