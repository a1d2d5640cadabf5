"""One gold annotation and a prediction with one of each error."""

from kg.evaluate.annotation import parse
from kg.evaluate.judging import Judged
from kg.evaluate.score import score_all

GOLD = """\
In [F1|Vertigo] [P1|James Stewart] is [C1|Scottie]; [P2|Hitchcock] tops [F2|Rear Window] & <Jaws>.
---
F1 = Vertigo (1958) topic
F2 = Rear Window (1954)
P1 = James Stewart
P2 = Alfred Hitchcock
C1 = Scottie Ferguson
director F1 P2
cast F1 P1 C1
refers F1 F2 comparison
"""
FOUND = """\
In [W1|Vertigo] [P1|James Stewart] is Scottie; [P2|Hitchcock] tops Rear [F2|Window] & <[F3|Jaws]>.
---
F1 = Unknown (?) topic
W1 = Vertigo (?)
F2 = Window (?)
F3 = Jaws (1975)
P1 = James Stewart
P2 = Alfred Hitchcock
director F1 P2
refers F1 F2 comparison
refers F1 F3 mention
"""


def judged(name: str = "im_one", gold: str = GOLD, found: str = FOUND) -> Judged:
    right, guess = parse(gold), parse(found)
    return Judged(name, right, guess, score_all([(right, guess)]))
