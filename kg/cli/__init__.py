"""The command line: arguments to one call, a report printed, an exit code.

Data goes to stdout, everything else to stderr. 0 done; 1 something was refused under --strict, or a
check found faults; 2 wrong use; 3 failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kg.cli.arguments import make_parser, with_server
from kg.errors import KgError, QueryError, UsageError

__all__ = ["main"]

DONE, FAULTS, WRONG_USE, FAILED = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    parser = make_parser()
    options, rest = parser.parse_known_args(argv)
    if rest and hasattr(options, "words") and not any(word.startswith("-") for word in rest):
        options.words += rest  # `kg query NAME --graph DIR ARG`
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        code: int = options.run(with_server(options))
        sys.stdout.flush()
    except QueryError as error:
        return _tell(f"{error}", WRONG_USE)
    except UsageError as error:
        return _tell(f"{error}", WRONG_USE)
    except KgError as error:
        return _tell(f"{error}", FAILED)
    except BrokenPipeError:
        # the reader of our output has gone (`kg query ... | head`): nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _tell(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), FAILED)
    except KeyboardInterrupt:
        return _tell("stopped; what was finished is kept, the same command goes on from there", 3)
    return code


def _tell(message: str, code: int) -> int:
    print(f"kg: {message}", file=sys.stderr)
    return code
