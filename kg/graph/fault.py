"""What a check found: one breach of one rule, told so that it can be mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_PAGES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of one rule. `node` is an IRI; `pages` are the graphs in which it stands.

    `rule` names the kind of node and the property, `value` is what was found there ("" where
    something is missing).
    """

    node: str
    label: str
    rule: str
    message: str
    value: str
    pages: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "node": self.node,
            "label": self.label,
            "rule": self.rule,
            "message": self.message,
            "value": self.value,
            "pages": list(self.pages),
        }

    def lines(self) -> tuple[str, ...]:
        """For people: the node and what is wrong, then what was found, the rule, the pages."""
        label = f" “{self.label}”" if self.label else ""
        found = (f"    found  {self.value}",) if self.value else ()
        return (
            f"{self.node}{label} {self.message}",
            *found,
            f"    rule   {self.rule}",
            *(f"    page   {page}" for page in self.pages[:_PAGES_SHOWN]),
            *((f"    and {len(self.pages) - _PAGES_SHOWN} pages more",) if self._hides else ()),
        )

    @property
    def _hides(self) -> bool:
        return len(self.pages) > _PAGES_SHOWN

    def __str__(self) -> str:
        found = f" (found {self.value})" if self.value else ""
        more = f" and {len(self.pages) - _PAGES_SHOWN} more" if self._hides else ""
        where = f"; in {', '.join(self.pages[:_PAGES_SHOWN])}{more}" if self.pages else ""
        label = f" “{self.label}”" if self.label else ""
        return f"{self.node}{label} {self.message}{found} [{self.rule}]{where}"
