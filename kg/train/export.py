"""From trained weights to what is shipped: ONNX in eight bits, arrays, tokenizer, lists, meta."""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import (  # type: ignore[import-untyped]  # it ships no types
    QuantType,
    quantize_dynamic,
)
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.extract.decode import LABELS
from kg.extract.heads import Heads
from kg.extract.network import Network
from kg.train.batches import BEGIN, END
from kg.train.encoder import published
from kg.train.lists import Lists
from kg.train.recogniser import Recogniser

_FILES = ("encoder.onnx", "heads.npz", "names.txt.gz", "tokenizer.json")
SHIPPED = (*_FILES, "meta.json")
_OPSET = 17


class _Reading(nn.Module):
    """The part of the network that ONNX Runtime runs."""

    def __init__(self, recogniser: Recogniser) -> None:
        super().__init__()
        self.encoder = recogniser.encoder
        self.names = recogniser.names

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        states = self.encoder(ids, features)
        return states, self.names(states)


def tokenizer() -> Tokenizer:
    """The encoder's published tokenizer, which cuts nothing off."""
    cutter = Tokenizer.from_file(str(published() / "tokenizer.json"))
    cutter.no_truncation()
    cutter.no_padding()
    return cutter


def in_memory(
    recogniser: Recogniser,
    lists: Lists,
    thresholds: Mapping[str, float],
    words: Mapping[str, Any] | None = None,
) -> Network:
    """The run time's network around weights in training, in full precision.

    `words` are the weights of the words around titles, if these are learnt already.
    """
    recogniser.eval()
    reading = _Reading(recogniser)

    def encode(ids: Any, features: Any) -> Any:  # noqa: ANN401  # arrays in, arrays out
        with torch.inference_mode():
            states, emissions = reading(torch.from_numpy(ids), torch.from_numpy(features))
        return states.numpy(), emissions.numpy()

    weights = recogniser.arrays() | dict(words or {})
    transitions = weights.pop("transitions")
    return Network(
        encoder=encode,
        tokenizer=tokenizer(),
        known=lists.known(),
        heads=Heads(weights),
        transitions=transitions,
        meta={"thresholds": thresholds, "begin": BEGIN, "end": END, "version": "in training"},
    )


def export(
    recogniser: Recogniser,
    lists: Lists,
    meta: Mapping[str, Any],
    folder: Path,
    *,
    eight_bits: bool,
    words: Mapping[str, Any] | None = None,
) -> None:
    """Write everything that `Network.load` reads. The version is a hash of the files' bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    recogniser.eval()
    whole = folder / "whole.onnx"
    sample = (torch.tensor([[BEGIN, 2023, 2003, END]]), torch.zeros(1, 4, dtype=torch.int64))
    names = {0: "windows", 1: "pieces"}
    with warnings.catch_warnings():
        # the exporter that needs no further package is called old, and works
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Reading(recogniser).eval(),
            sample,
            str(whole),
            input_names=["ids", "features"],
            output_names=["states", "emissions"],
            dynamic_axes=dict.fromkeys(("ids", "features", "states", "emissions"), names),
            opset_version=_OPSET,
            dynamo=False,
        )
    if eight_bits:
        quantize_dynamic(
            str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True
        )
        whole.unlink()
    else:
        whole.replace(folder / "encoder.onnx")
    kept = {name: value.astype(np.float32) for name, value in recogniser.arrays().items()}
    kept |= {name: value.astype(np.float16) for name, value in (words or {}).items()}
    np.savez_compressed(folder / "heads.npz", **kept)  # type: ignore[arg-type]  # the stubs mix up **kwds
    lists.save(folder / "names.txt.gz")
    shutil.copyfile(published() / "tokenizer.json", folder / "tokenizer.json")
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((folder / name).read_bytes())
    whole_meta = {
        "version": f"film-reviews-1-{digest.hexdigest()[:12]}",
        "labels": list(LABELS),
        "begin": BEGIN,
        "end": END,
        **meta,
    }
    text = json.dumps(whole_meta, indent=2, ensure_ascii=False) + "\n"
    (folder / "meta.json").write_text(text, encoding="utf-8")
