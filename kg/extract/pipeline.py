"""The pipeline as a whole: `load()` gives a spaCy `Language`."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from kg.errors import ModelError
from kg.extract.components import NAMES, FilmEncoder
from kg.extract.recogniser import Recogniser
from kg.extract.version import FOLDER, model_meta

PIPELINE = "en_film_reviews"
_LONGEST = 1 << 31  # characters; the encoder reads in windows, so length costs only time


def load(name: str | Path | None = None) -> Language:
    """The pipeline `en_film_reviews`, or the one whose folder or weights lie at `name`.

    `name` may be the shipped pipeline's name, a folder that `nlp.to_disk` wrote, or a folder of
    weights. ModelError where there is nothing of the kind.
    """
    if name is None or name == PIPELINE:
        model_meta()
        return assemble()
    folder = Path(name)
    if (folder / "config.cfg").is_file():
        nlp = spacy.load(folder)
        nlp.max_length = _LONGEST
        return nlp
    if (folder / "meta.json").is_file():
        return assemble(folder)
    raise ModelError(
        f"expected {PIPELINE!r}, a saved pipeline or a folder of weights, found {str(name)!r}; "
        f"the shipped weights lie in {FOLDER.name!r} inside the package"
    )


def assemble(folder: Path | None = None, *, recogniser: Recogniser | None = None) -> Language:
    """English with the six components; a recogniser given here takes the place of the weights."""
    nlp = spacy.blank(
        "en", config={"nlp": {"tokenizer": {"@tokenizers": "film_kg.LinearTokenizer.v1"}}}
    )
    nlp.max_length = _LONGEST
    nlp.meta["name"] = PIPELINE.removeprefix("en_")
    for component in NAMES:
        config = {"weights": str(folder)} if component == "film_encoder" and folder else {}
        nlp.add_pipe(component, config=config)
    if recogniser is not None:
        encoder = nlp.get_pipe("film_encoder")
        if not isinstance(encoder, FilmEncoder):
            raise ModelError(f"expected film_encoder to be a FilmEncoder, found {type(encoder)}")
        encoder.use(recogniser)
    return nlp
