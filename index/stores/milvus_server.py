"""A Milvus server: connecting to it, whether its version can search by words, and what it says when something is wrong."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager

import grpc
from pymilvus import MilvusClient, MilvusException
from pymilvus.exceptions import DataNotMatchException, ParamError

from corpus.problem import Problem
from corpus.reasons import detail_of, reason_of
from index.stores.place import MilvusAddress

# It writes every error with its traceback, also those that are expected here.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
OLDEST = "2.5"
"""The first Milvus that weighs words (BM25)."""
LONGEST_S = 60.0
_TO_CONNECT_S = 10.0
_VERSION = re.compile(r"(\d+)\.(\d+)")
_WRONG_VALUE = 1100
NO_COLLECTION, NOT_LOADED = 100, 101
"""Codes of Milvus's errors."""


def connect(address: MilvusAddress) -> MilvusClient:
    """A client of a server that is new enough.

    Raises:
        Problem: `milvus_down`, `milvus_too_old`.
    """
    with milvus_errors(address):
        client = MilvusClient(
            uri=address.uri, token=address.token, db_name=address.database, timeout=_TO_CONNECT_S
        )
        try:
            _check_version(client, address)
        except BaseException:
            client.close()
            raise
    return client


def check_milvus(address: MilvusAddress) -> None:
    """Check that a server answers and is new enough; nothing is made on it.

    Raises:
        Problem: `milvus_down`, `milvus_too_old`.
    """
    with closing(connect(address)):
        pass


def _check_version(client: MilvusClient, address: MilvusAddress) -> None:
    version = str(client.get_server_version(timeout=_TO_CONNECT_S))
    found = _VERSION.search(version)
    oldest = tuple(int(each) for each in OLDEST.split("."))
    if found is None or (int(found[1]), int(found[2])) < oldest:
        raise Problem("milvus_too_old", server=address.uri, version=version, oldest=OLDEST)


@contextmanager
def milvus_errors(address: MilvusAddress) -> Iterator[None]:
    """What a person can mend, as a problem: the server is down, full, or lets nobody in. A wrong value stays what it is.

    Raises:
        Problem: `milvus_down`.
    """
    try:
        yield
    except (ParamError, DataNotMatchException):
        raise
    except (MilvusException, grpc.RpcError, OSError) as error:
        if getattr(error, "code", None) == _WRONG_VALUE:
            raise
        reason = "reason_no_right" if "auth" in str(error).lower() else ""
        raise Problem(
            "milvus_down",
            server=address.uri,
            reason=reason or reason_of(error, "reason_no_connection"),
            detail=detail_of(error),
        ) from error
