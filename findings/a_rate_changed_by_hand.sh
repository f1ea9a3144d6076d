#!/usr/bin/env bash
# torch 2.13.0: a learning rate in param_groups that is lowered by hand in mid-training, under a scheduler.
#
# Expected: one rule for all. Either the scheduler writes the rate each time and the change is gone at the next step,
# or it multiplies what it finds, and the change lasts.
# Seen: three rules. LambdaLR forgets at the next step. ExponentialLR, which computes the same rates as long as nobody
# interferes, keeps the change for good. CosineAnnealingLR keeps it for as long as the rate falls, and has forgotten
# it once it has been at the bottom: the next half period rises to a hundred times what was asked for.
#
# Here playground/train/schedule.py multiplies the rate that was chosen last by a factor that depends on the step
# alone, and every schedule follows a change from the next step to the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import math

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, ExponentialLR, LambdaLR

EPOCHS, CHANGED, SHARE = 9, 2, 0.01
MAKE = {
    "lambda": lambda optimizer: LambdaLR(optimizer, lambda epoch: 0.5**epoch),
    "exponential": lambda optimizer: ExponentialLR(optimizer, 0.5),
    "cosine": lambda optimizer: CosineAnnealingLR(optimizer, 4),
}


def rates(name, share):
    """Of each epoch, where the rate is multiplied by the share before the third."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
    schedule, seen = MAKE[name](optimizer), []
    for epoch in range(EPOCHS):
        if epoch == CHANGED:
            optimizer.param_groups[0]["lr"] *= share
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return seen


kept = {}
for name in MAKE:
    untouched, changed = rates(name, 1.0), rates(name, SHARE)
    print(f"{name}: {[float(f'{rate:.3g}') for rate in changed]}")
    kept[name] = [math.isclose(after, SHARE * before, abs_tol=1e-9) for before, after in zip(untouched, changed)]
    assert untouched[:CHANGED] == changed[:CHANGED] and kept[name][CHANGED]
assert all(math.isclose(one, other) for one, other in zip(rates("lambda", 1.0), rates("exponential", 1.0)))
assert not any(kept["lambda"][CHANGED + 1 :])
assert all(kept["exponential"][CHANGED:])
assert all(kept["cosine"][CHANGED:5]) and math.isclose(rates("cosine", SHARE)[8], 1.0)
PY
