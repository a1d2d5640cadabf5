"""How many words a second the recogniser reads, text in to Extraction out, and where time goes.

python tests/benchmarks/recogniser.py [TEXTS] [--reviews N] [--rounds N]

TEXTS is a folder of .txt or a .jsonl(.gz) with a "text" in each line; without it, the sample pages
of the repository are read. One thread, processor time and not wall time, the best of some rounds.
In the same run: the encoder alone on the same windows, and, as a peer, a spaCy pipeline of the
shape of en_core_web_sm (tok2vec, tagger, parser, entities) with random weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import spacy
from spacy.language import Language
from spacy.training import Example

from kg.extract import extract, load
from kg.extract.components import FilmEncoder
from kg.extract.network import Floats, Integers, Network
from kg.model import Page

SAMPLES = Path(__file__).parents[2] / "corpus" / "pages"


def texts(source: Path) -> Iterator[str]:
    """The texts of a folder or of a file of JSON lines."""
    if source.is_dir():
        for path in sorted(source.rglob("*.txt")):
            yield path.read_text(encoding="utf-8")
        return
    opened: Any = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def best(rounds: int, work: Callable[[], None]) -> float:
    """The least processor seconds that the work took."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


class Timed:
    """The network's encoder, with the time that it takes and the windows that it is given."""

    def __init__(self, network: Network) -> None:
        self.encoder = network._encoder
        self.seconds = 0.0
        self.windows: list[tuple[Integers, Integers]] = []
        network._encoder = self

    def __call__(self, ids: Integers, features: Integers) -> tuple[Floats, Floats]:
        started = time.process_time()
        found = self.encoder(ids, features)
        self.seconds += time.process_time() - started
        self.windows.append((ids, features))
        return found

    def alone(self) -> None:
        """The encoder on all the windows that it was given."""
        for ids, features in self.windows:
            self.encoder(ids, features)


def peer() -> Language:
    """A pipeline of the shape of en_core_web_sm, with the weights that it starts from."""
    nlp = spacy.blank("en")
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": 96,
                    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
                    "rows": [5000, 1000, 2500, 2500, 50, 50],
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": 96,
                    "depth": 4,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}}
    )
    # as in en_core_web_sm, the entities have an encoder of their own
    own = dict(nlp.get_pipe_config("tok2vec")["model"])
    for name, encoder in (("parser", shared), ("ner", own)):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": name,
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "tok2vec": encoder,
        }
        nlp.add_pipe(name, config={"model": model})
    words = ["Ann", "made", "Alien", "in", "London", "."]
    marks = {
        "words": words,
        "tags": ["NNP", "VBD", "NNP", "IN", "NNP", "."],
        "heads": [1, 1, 1, 1, 3, 1],
        "deps": ["nsubj", "ROOT", "dobj", "prep", "pobj", "punct"],
        "entities": ["U-PERSON", "O", "U-WORK_OF_ART", "O", "U-GPE", "O"],
    }
    example = Example.from_dict(nlp.make_doc(" ".join(words)), marks)
    nlp.initialize(lambda: [example])
    return nlp


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--reviews", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    pages = [
        Page(str(at), str(at), text)
        for at, text in enumerate(texts(asked.texts))
        if at < asked.reviews
    ]
    words = sum(len(page.text.split()) for page in pages)
    nlp = load()
    encoder = nlp.get_pipe("film_encoder")
    assert isinstance(encoder, FilmEncoder)
    assert isinstance(encoder.recogniser, Network)
    timed = Timed(encoder.recogniser)
    shares = []

    def whole() -> None:
        timed.seconds, started = 0.0, time.process_time()
        timed.windows.clear()
        for page in pages:
            extract(nlp, page)
        shares.append(1 - timed.seconds / (time.process_time() - started))

    extract(nlp, pages[0])  # what is loaded late is loaded now
    seconds = best(asked.rounds, whole)
    alone = best(asked.rounds, timed.alone)
    other = peer()

    def others() -> None:
        for _ in other.pipe((page.text for page in pages), batch_size=64):
            pass

    others()
    peers = best(asked.rounds, others)
    lines = (
        f"{len(pages)} texts, {words} words, one thread, processor time",
        f"whole pipeline            {words / seconds:8.0f} words/s",
        f"encoder alone             {words / alone:8.0f} words/s",
        f"outside the encoder       {100 * min(shares):8.1f} % of the pipeline's time",
        f"spaCy, en_core_web_sm     {words / peers:8.0f} words/s (its shape, random weights)",
        f"pipeline : encoder : spaCy = {alone / seconds:.2f} : 1 : {alone / peers:.2f}",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
