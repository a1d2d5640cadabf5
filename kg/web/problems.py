"""What a request is refused with: a status, and words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse

from kg.errors import KgError


class RequestError(KgError):
    """A request that can't be answered; `line` and `column` count from 1 in a query."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.line = line
        self.column = column
        self.headers = dict(headers or {})

    def response(self) -> JSONResponse:
        """The problem as every client of an interface gets it."""
        error = {"message": self.message, "line": self.line, "column": self.column}
        return JSONResponse({"error": error}, self.status, {**self.headers, **UNCACHED})


UNCACHED = {"cache-control": "no-store"}
