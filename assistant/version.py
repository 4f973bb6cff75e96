"""The version of this program, as it was installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("policy-assistant")
except PackageNotFoundError:  # a checkout that is run as it lies there
    __version__ = "0+unknown"
