"""Where the files that ship with the package lie: in the wheel, or in a checkout beside `kg/`."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The shipped folder `name` ("ontology" or "corpus"); KgError if the installation lacks it."""
    for place in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise KgError(
        f"expected the folder {name!r} inside the installed package, found none below {_PACKAGE}; "
        "install film-kg again"
    )
