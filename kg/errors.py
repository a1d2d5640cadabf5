"""The errors of the project: one base and few kinds.

Each message says what was expected, what was found, where, and what to do.
"""


class KgError(Exception):
    """Base of every error that the project raises on purpose."""


class UsageError(KgError):
    """The caller asked for something that can't be meant (exit code 2)."""


class ReadError(KgError):
    """A source can't be read. One page's ReadError is counted and the build goes on."""


class ModelError(KgError):
    """The extraction model is missing or unfit."""


class StoreError(KgError):
    """The graph on disk can't be opened, is in use by another writer, or is of another format."""


class QueryError(KgError):
    """A SPARQL query is wrong; `line` and `column` count from 1, None where unknown."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
