#!/usr/bin/env bash
# torch 2.13.0: nn.FractionalMaxPool2d in a network that is in evaluation mode.
#
# Expected: eval() ends what is random. Dropout stops drawing there and stochastic pooling is no different: the
# regions are drawn in training, and evaluation takes some fixed ones, so that the same image gives the same outputs.
# Seen: the layer draws new regions at every call whatever the mode, so that two evaluations of one image differ, a
# validation score moves while no weight does, and evaluating in between changes everything that is drawn later from
# torch's global generator, which no generator of one's own can replace. Only `_random_samples`, which is meant for
# tests, or a seed before every call holds it still.
#
# Here playground/nn/fresh_statistics.py and playground/train/landscape/flat.py keep its draws to themselves.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import torch
from torch import nn

image = torch.arange(64.0).view(1, 1, 8, 8)


def num_different(layer, calls=50):
    """How many different outputs of one image there are."""
    torch.manual_seed(0)
    return len({tuple(layer(image).flatten().tolist()) for _ in range(calls)})


def draws(layer):
    """Whether one call of the layer changes what is drawn after it."""
    torch.manual_seed(0)
    before = torch.get_rng_state()
    layer(image)
    return not torch.equal(before, torch.get_rng_state())


pooling = nn.FractionalMaxPool2d(2, output_size=5).eval()
dropout = nn.Dropout(0.5).eval()
print("fractional max pooling in evaluation:", num_different(pooling), "outputs of one image; draws:", draws(pooling))
print("dropout in evaluation:", num_different(dropout), "output of one image; draws:", draws(dropout))
assert num_different(pooling) > 1 and draws(pooling)
assert num_different(dropout) == 1 and not draws(dropout)
PY
