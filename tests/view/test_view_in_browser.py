"""The page as a browser sees it after its script has run."""

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from view_examples import films, hostile

from kg.view.facts import Facts
from kg.view.webpage import html

BROWSER = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed; the page's script can't be run"
)


def seen(folder: Path, facts: Facts, address: str = "") -> str:
    """The page's elements after its script has run, with what the address asks for."""
    page = folder / "page.html"
    page.write_bytes(html(facts, title="Films"))
    assert BROWSER is not None
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", "--virtual-time-budget=4000",
            f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri() + address,
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )  # fmt: skip
    return done.stdout


def panel_of(document: str) -> str:
    """The panel's text, its elements taken out."""
    panel = document[document.index('<aside class="panel"') : document.index("</aside>")]
    return unescape(re.sub(r"<[^>]+>", " ", panel))


def test_the_page_opens_on_what_is_referred_to_most(tmp_path: Path) -> None:
    document = seen(tmp_path, films())
    panel = " ".join(panel_of(document).split())
    assert "5 references among 5 films and 1 other work" in panel
    assert "All About Eve 1950 3 reviews" in panel
    assert "6 titles, 5 references" in unescape(document)


def test_a_film_is_shown_with_cast_references_and_sentences(tmp_path: Path) -> None:
    document = seen(tmp_path, films(), "#at=film/all-about-eve-1950")
    panel = " ".join(panel_of(document).split())
    assert "Bette Davis Margo Channing" in panel
    assert "Director Joseph L. Mankiewicz" in panel
    assert "Alluded to by All About My Mother 1999" in panel
    assert "Critic mother-1 · Matinee · 91 % sure" in panel
    assert 'href="https://www.imdb.com/eve"' in document


def test_a_path_between_two_films_is_told_step_by_step(tmp_path: Path) -> None:
    where = "#path=film/opening-night-1977+work/a-streetcar-named-desire"
    panel = " ".join(panel_of(seen(tmp_path, films(), where)).split())
    assert "3 steps over references" in panel
    assert "is alluded to by All About My Mother" in panel


def test_hostile_content_stays_text(tmp_path: Path) -> None:
    document = seen(tmp_path, hostile(), "#at=film/one")
    panel = document[document.index('<aside class="panel"') : document.index("</aside>")]
    assert "<script" not in panel
    assert "<img" not in document
    assert "<svg" not in document
    assert not re.search(r'href="javascript:', document, re.IGNORECASE)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in panel
    assert 'href="https://x.org/"' in panel


def test_the_legend_offers_the_kinds_and_decades_that_are_there(tmp_path: Path) -> None:
    document = seen(tmp_path, films())
    legend = document[document.index('id="filters-body"') : document.index('id="said"')]
    assert re.findall(r'data-key="(kind-\d)"', legend) == ["kind-0", "kind-2", "kind-3", "kind-5"]
    assert 'aria-label="1950s, 2 films"' in legend
