"""The live client of a server on this machine, for the tests of what it reads."""

from tests.live.conftest import connect

__all__ = ["connect"]
