"""Why something could not be read or written, as a code: the words of each are in assistant/messages/reasons.py.

What a library, the disk or a database says of itself is English and for the log: a `Problem` keeps it as `detail`, which no
message shows.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from corpus.problem import Problem

PREFIX = "reason_"
"""Before the name of every code of a reason."""
_LONGEST_DETAIL = 80
_BY_NUMBER = {
    errno.ENOSPC: "reason_no_space",
    errno.EDQUOT: "reason_no_space",
    errno.EFBIG: "reason_no_space",
    errno.EACCES: "reason_no_right",
    errno.EPERM: "reason_no_right",
    errno.EROFS: "reason_read_only",
    errno.ENOENT: "reason_not_there",
    errno.ESTALE: "reason_not_there",
    errno.EISDIR: "reason_is_folder",
    errno.ENOTDIR: "reason_no_folder",
    errno.ELOOP: "reason_link_in_circle",
    errno.EEXIST: "reason_there_already",
    errno.ENOTEMPTY: "reason_there_already",
    errno.ENAMETOOLONG: "reason_name_too_long",
    errno.EMFILE: "reason_too_many_files",
    errno.ENFILE: "reason_too_many_files",
    errno.EIO: "reason_disk",
    errno.EBUSY: "reason_in_use",
    errno.ETXTBSY: "reason_in_use",
    errno.EXDEV: "reason_other_disk",
    errno.EADDRINUSE: "reason_port_taken",
    errno.EADDRNOTAVAIL: "reason_address_not_here",
    errno.ECONNREFUSED: "reason_no_connection",
    errno.EHOSTUNREACH: "reason_no_connection",
    errno.ENETUNREACH: "reason_no_connection",
    errno.ECONNRESET: "reason_connection_ended",
    errno.EPIPE: "reason_connection_ended",
    errno.ETIMEDOUT: "reason_too_slow",
}
_BY_SQLITE = {
    3: "reason_no_right",  # SQLITE_PERM
    5: "reason_in_use",  # SQLITE_BUSY
    6: "reason_in_use",  # SQLITE_LOCKED
    7: "reason_memory",  # SQLITE_NOMEM
    8: "reason_read_only",  # SQLITE_READONLY
    10: "reason_disk",  # SQLITE_IOERR
    11: "reason_database_damaged",  # SQLITE_CORRUPT
    13: "reason_no_space",  # SQLITE_FULL
    14: "reason_database_closed",  # SQLITE_CANTOPEN
    23: "reason_no_right",  # SQLITE_AUTH
    26: "reason_database_damaged",  # SQLITE_NOTADB
}
"""Number of an error of SQLite (https://sqlite.org/rescode.html) → what it tells; Python names these from 3.11 on."""
_BY_SYSTEM_TEXT = {os.strerror(number): code for number, code in _BY_NUMBER.items()}
_BY_KIND = {
    "BadZipFile": "reason_no_zip",
    "NotImplementedError": "reason_compression",
    "UnidentifiedImageError": "reason_no_picture",
    "DecompressionBombError": "reason_picture_too_large",
    "PdfiumError": "reason_no_pdf",
    "CompDocError": "reason_no_ole",
    "XLRDError": "reason_no_workbook",
    "InvalidFileException": "reason_no_workbook",
    "ImportError": "reason_package_missing",
    "JSONDecodeError": "reason_no_json",
    "HTTPStatusError": "reason_not_given",
    "EOFError": "reason_cut_off",
    "IndexError": "reason_cut_off",
    "StopIteration": "reason_part_not_there",
    "KeyError": "reason_part_not_there",
    "SyntaxError": "reason_xml",
    "ParseError": "reason_xml",
    "XMLSyntaxError": "reason_xml",
    "ConnectError": "reason_no_connection",
    "ConnectTimeout": "reason_too_slow",
    "ReadTimeout": "reason_too_slow",
    "WriteTimeout": "reason_too_slow",
    "PoolTimeout": "reason_too_slow",
    "TimeoutError": "reason_too_slow",
    "ReadError": "reason_connection_ended",
    "RemoteProtocolError": "reason_connection_ended",
    "TooManyRedirects": "reason_redirects",
    "gaierror": "reason_no_such_host",
    "MemoryError": "reason_memory",
    "RecursionError": "reason_nested",
}
"""Name of an exception → what it tells of a file or an address."""
_BY_TEXT = (
    (re.compile(r"bad crc|checksum", re.I), "reason_checksum"),
    (re.compile(r"password|encrypted", re.I), "reason_password"),
    (re.compile(r"compression|not supported", re.I), "reason_compression"),
    (re.compile(r"truncated|unpack requires|out of range|end of (?:file|stream)|incomplete", re.I), "reason_cut_off"),
    (re.compile(r"no(?:t a)? zip ?file|bad magic number for|zip64|central directory", re.I), "reason_no_zip"),
    (re.compile(r"\bOLE2?\b|structured storage", re.I), "reason_no_ole"),
    (re.compile(r"surrogates not allowed|codec can't", re.I), "reason_characters"),
    # SQLite's sentences: Chroma's errors have nothing else, nor have Python's before 3.11; "no such table" has no number.
    (re.compile(r"disk image is malformed|not a database|malformed|corrupt|hnsw|panic", re.I), "reason_database_damaged"),
    (re.compile(r"no such (?:table|column)", re.I), "reason_database_lacks"),
    (re.compile(r"database (?:table )?is locked|database is busy", re.I), "reason_in_use"),
    (re.compile(r"readonly database|read-only", re.I), "reason_read_only"),
    (re.compile(r"unable to open database", re.I), "reason_database_closed"),
    (re.compile(r"disk is full|no space left", re.I), "reason_no_space"),
    (re.compile(r"disk i/o error", re.I), "reason_disk"),
    (re.compile(r"name or service not known|nodename nor servname|name resolution", re.I), "reason_no_such_host"),
    (re.compile(r"connection refused|all connection attempts failed|could not connect", re.I), "reason_no_connection"),
    (re.compile(r"timed? ?out", re.I), "reason_too_slow"),
    (re.compile(r"is missing\Z", re.I), "reason_not_there"),
)  # fmt: skip
"""What libraries write in their errors → what is told; the first that is found counts."""


def reason_of(error: BaseException, otherwise: str = "reason_contents") -> str:
    """The code of what an error tells.

    Args:
        error: What a library, the disk or a database raised.
        otherwise: The code where that is not known.
    """
    if isinstance(error, OSError) and error.errno in _BY_NUMBER:
        return _BY_NUMBER[error.errno]
    # The lowest byte is the kind, the bytes above tell more of it.
    found = _BY_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "") or _of_words(str(error))
    if found:
        return found
    kinds = (each.__name__ for each in type(error).__mro__)
    return next((_BY_KIND[kind] for kind in kinds if kind in _BY_KIND), otherwise)


def detail_of(error: BaseException) -> str:
    """The kind of an error and how it begins: for the log, and for a person who tells others about it."""
    return f"{type(error).__name__}: {str(error)[:_LONGEST_DETAIL]}".rstrip(": ")


def reason_and_detail(error: BaseException, otherwise: str = "reason_system") -> dict[str, str]:
    """What a `Problem` holds of an error: `reason`, its code, and `detail`, which stands in the log only.

    Args:
        error: What a library, the disk or a database raised.
        otherwise: The code where that is not known.
    """
    return {"reason": reason_of(error, otherwise), "detail": detail_of(error)}


def broken_file(file: Path, why: BaseException | str, **fields: object) -> Problem:
    """The problem of a file that is damaged or of another format.

    Args:
        file: Named in it.
        why: The code of a reason, or the error of the library that read the file.
        fields: Fill the blanks of the reason.
    """
    if isinstance(why, str):
        return Problem("broken_file", file=file, reason=why, **fields)
    return Problem("broken_file", file=file, **reason_and_detail(why, "reason_contents"), **fields)


def unreadable_file(file: Path, error: OSError) -> Problem:
    """The problem of a file that the system does not give."""
    return Problem("unreadable_file", file=file, **reason_and_detail(error))


def file_failed(file: Path, error: BaseException) -> Problem:
    """The problem of a file at which this program failed."""
    return Problem("file_failed", file=file, **reason_and_detail(error, "reason_program"))


def _of_words(text: str) -> str:
    text = " ".join(text.split())
    if text in _BY_SYSTEM_TEXT:
        return _BY_SYSTEM_TEXT[text]
    return next((code for pattern, code in _BY_TEXT if pattern.search(text)), "")
