import random
from itertools import product

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.extract.decode import FORBIDDEN, LABELS
from kg.extract.signatures import PLAYS, SCORED
from kg.model import RelationName
from kg.train.documents import parse
from kg.train.examples import example

torch = pytest.importorskip("torch", reason="training needs the extra `train`")

from kg.extract.heads import Heads as RunningHeads  # noqa: E402
from kg.train.batches import batch, batches  # noqa: E402
from kg.train.crf import surprise  # noqa: E402
from kg.train.encoder import WIDTH  # noqa: E402
from kg.train.heads import Heads  # noqa: E402

DOCUMENT = parse(
    "one",
    "[P2|Jane Campion]'s [F1|The Piano]: [P1|Holly Hunter] plays [C1|Ada], unlike [F2|Jaws].\n---\n"
    "F1 = The Piano (1993) topic\nF2 = Jaws (1975)\nP1 = Holly Hunter\nP2 = Jane Campion\n"
    "C1 = Ada McGrath\ndirector F1 P2\ncast F1 P1 C1\nrefers F1 F2 comparison\n",
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    vocabulary = {"[UNK]": 0, "[CLS]": 101, "[SEP]": 102}
    letters = "abcdefghijklmnopqrstuvwxyz':,."
    vocabulary |= {letter: 1 + number for number, letter in enumerate(letters)}
    vocabulary |= {"##" + letter: 201 + number for number, letter in enumerate(letters)}
    cutter = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    cutter.normalizer = normalizers.BertNormalizer(lowercase=True)
    cutter.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return cutter


def test_each_name_begins_once_and_runs_to_its_end(tokenizer: Tokenizer) -> None:
    made = example(DOCUMENT, tokenizer, None)
    labels = [LABELS[index] for index in made.allowed.argmax(axis=1)]
    assert labels[:6] == ["B-PERSON", "I-PERSON", "O", "O", "B-FILM", "I-FILM"]
    assert (made.allowed.sum(axis=1) == 1).all()


def test_the_truth_stands_where_its_instances_point(tokenizer: Tokenizer) -> None:
    made = example(DOCUMENT, tokenizer, None)
    assert made.wanted[:, SCORED.index(RelationName.CAST)].sum() == 1
    assert made.wanted[:, SCORED.index(RelationName.DIRECTOR)].sum() == 1
    assert made.wanted[:, PLAYS].sum() == 1
    assert not (made.wanted > made.asked).any()
    assert len(made.group) == len(made.pairs) + len(made.places)


def test_training_and_run_time_compute_the_same(tokenizer: Tokenizer) -> None:
    torch.manual_seed(1)
    heads = Heads(16, 0.0).eval()
    made = example(DOCUMENT, tokenizer, None)
    together = batch([made, made])
    states = np.random.default_rng(1).normal(size=(len(made.pieces), WIDTH)).astype(np.float32)
    doubled = torch.from_numpy(np.concatenate((states, states)))
    mentions = torch.cat((doubled[together.first], doubled[together.last]), dim=1)
    running = RunningHeads({name: value.numpy() for name, value in heads.state_dict().items()})
    places, topic = made.places, made.topic
    with torch.no_grad():
        pairs = heads.pairs(doubled, mentions, together).numpy()
        against = {
            name: heads.against(name, doubled, mentions, together).numpy()
            for name in ("topic", "reference", "subject")
        }
    half = len(made.pairs)
    for part in (pairs[:half], pairs[half:]):
        np.testing.assert_allclose(part, running.pairs(states, places, made.pairs), atol=2e-4)
    for name, expected in (
        ("topic", running.topic_pairs(states, places, topic)),
        ("reference", running.references(states, places, topic)),
        ("subject", running.topics(states, places)[:, None]),
    ):
        for part in np.split(against[name], 2):
            np.testing.assert_allclose(part, expected, atol=2e-4)


def test_the_surprise_is_that_of_all_paths_added_up() -> None:
    torch.manual_seed(2)
    count = 4
    emissions = torch.randn(1, 3, count)
    transitions = torch.randn(count, count)
    transitions[0, 2] = FORBIDDEN
    allowed = torch.zeros(1, 3, count, dtype=torch.bool)
    allowed[0, 0, 1] = allowed[0, 1, 2] = True
    allowed[0, 2] = True

    def total(path: tuple[int, ...]) -> float:
        steps = zip((0, *path), (*path, 0), strict=True)
        inside = sum(float(emissions[0, word, label]) for word, label in enumerate(path))
        return inside + sum(float(transitions[a, b]) for a, b in steps)

    paths = list(product(range(count), repeat=3))
    every = np.logaddexp.reduce([total(path) for path in paths])
    bound = np.logaddexp.reduce([total(path) for path in paths if path[:2] == (1, 2)])
    got = surprise(emissions, transitions, allowed, torch.tensor([3]))
    assert float(got) == pytest.approx(every - bound, abs=1e-4)


def test_padding_changes_no_surprise() -> None:
    torch.manual_seed(3)
    emissions, transitions = torch.randn(2, 5, 3), torch.randn(3, 3)
    allowed = torch.zeros(2, 5, 3, dtype=torch.bool)
    allowed[:, :, 0] = True
    lengths = torch.tensor([5, 2])
    alone = [
        surprise(emissions[i : i + 1, :n], transitions, allowed[i : i + 1, :n], torch.tensor([n]))
        for i, n in enumerate((5, 2))
    ]
    both = surprise(emissions, transitions, allowed, lengths)
    assert float(both) == pytest.approx(float(sum(alone)), abs=1e-4)


def test_an_epoch_reads_every_document_once(tokenizer: Tokenizer) -> None:
    made = [example(DOCUMENT, tokenizer, None)] * 7
    sizes = [part.documents for part in batches(made, 200, random.Random(1))]
    assert sum(sizes) == 7
    assert len(sizes) > 1
