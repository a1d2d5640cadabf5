"""The pipeline as a whole: `load()` gives a spaCy `Language`."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import load_config

from kg.errors import ModelError
from kg.extract.components import NAMES, FilmEncoder
from kg.extract.labels import Labels
from kg.extract.recogniser import Recogniser
from kg.extract.version import model_meta

PIPELINE = "en_film_reviews"
_LONGEST = 1 << 31  # characters; the encoder reads in windows, so length costs only time


def load(name: str | Path | None = None, *, labels: Labels | None = None) -> Language:
    """The pipeline `en_film_reviews`, or the one whose folder or weights lie at `name`.

    `name` may be the shipped pipeline's name, a folder that `nlp.to_disk` wrote, a folder of
    weights, or what finds the names in place of ours: a spaCy pipeline's name or folder, or
    `gliner:MODEL`; `labels` then says what its labels stand for, None for what isn't to be marked.
    ModelError where there is nothing of the kind.
    """
    if name is None or name == PIPELINE:
        model_meta()
        return assemble()
    folder = Path(name)
    if (folder / "config.cfg").is_file() and _is_ours(folder):
        nlp = spacy.load(folder)
        nlp.max_length = _LONGEST
        return nlp
    if (folder / "meta.json").is_file() and not (folder / "config.cfg").is_file():
        return assemble(folder)
    nlp = assemble(names=str(name), labels=labels)
    _encoder(nlp).recogniser  # noqa: B018 - what can't be loaded is said here, not at the first page
    return nlp


def _is_ours(folder: Path) -> bool:
    config = load_config(folder / "config.cfg", interpolate=False)
    return "film_encoder" in config.get("nlp", {}).get("pipeline", ())


def assemble(
    folder: Path | None = None,
    *,
    recogniser: Recogniser | None = None,
    names: str = "",
    labels: Labels | None = None,
) -> Language:
    """English with the six components; a recogniser given here takes the place of the weights.

    `names` and `labels` are as in `load`.
    """
    nlp = spacy.blank(
        "en", config={"nlp": {"tokenizer": {"@tokenizers": "film_kg.LinearTokenizer.v1"}}}
    )
    nlp.max_length = _LONGEST
    nlp.meta["name"] = PIPELINE.removeprefix("en_")
    own: dict[str, object] = {
        "weights": str(folder) if folder else "",
        "names": names,
        "labels": {label: kind or "" for label, kind in (labels or {}).items()},
    }
    for component in NAMES:
        config = own if component == "film_encoder" else {}
        nlp.add_pipe(component, config=config)
    if recogniser is not None:
        _encoder(nlp).use(recogniser)
    return nlp


def _encoder(nlp: Language) -> FilmEncoder:
    encoder = nlp.get_pipe("film_encoder")
    if not isinstance(encoder, FilmEncoder):
        raise ModelError(f"expected film_encoder to be a FilmEncoder, found {type(encoder)}")
    return encoder
