#!/usr/bin/env bash
# torch 2.13.0: ReduceLROnPlateau, with its defaults, on a loss below zero (a log likelihood per sample, a reward).
#
# Expected: a loss that stands still for longer than `patience` epochs is a plateau, whatever its sign.
# Seen: no cut ever comes where the loss is negative and stands still, or even rises a little each epoch. The defaults
# ask for a loss below best * (1 - threshold), and multiplying a negative best by 0.9999 moves it up, so that every
# equal loss counts as better and is the new best. mode="max" has the same hole for a score below zero.
# threshold_mode="abs" has none.
#
# Here playground/catalog/schedules.py counts for itself: any lower loss is progress, an equal one is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

EPOCHS = 40


def cuts(losses, **settings):
    """How often the rate is halved over these losses."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = ReduceLROnPlateau(optimizer, factor=0.5, patience=3, **settings)
    count, rate = 0, 1.0
    for loss in losses:
        schedule.step(loss)
        count += optimizer.param_groups[0]["lr"] < rate
        rate = optimizer.param_groups[0]["lr"]
    return count


def shown(name, losses, **settings):
    count = cuts(losses, **settings)
    print(f"{name}: {count} cuts in {EPOCHS} epochs")
    return count


assert shown("a loss of 1", [1.0] * EPOCHS) == 9
assert shown("a loss of 0", [0.0] * EPOCHS) == 9
assert shown("a loss of -1", [-1.0] * EPOCHS) == 0
assert shown("a loss that rises from -1", [-1.0 + 5e-5 * epoch for epoch in range(EPOCHS)]) == 0
assert shown("a score of -1", [-1.0] * EPOCHS, mode="max") == 0
assert shown("a loss of -1, absolute threshold", [-1.0] * EPOCHS, threshold_mode="abs") == 9
PY
