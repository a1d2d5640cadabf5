from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real pages and annotations beside a developer's checkout; skips where there are none."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the real pages and annotations are not here; they belong to their authors")
    return folder
