#!/usr/bin/env bash
# torch 2.13.0: OneCycleLR over torch.optim.SGD without momentum.
#
# Expected: a scheduler of learning rates changes learning rates; where there is no momentum to cycle, there is none
# afterwards, or an error says that the optimizer has none.
# Seen: momentum is 0 before the scheduler is made and 0.95 after, then goes to 0.85 and back. Under a constant
# gradient the same sum of rates leads eight times as far, and no warning is given: a comparison of schedules compares
# plain descent with momentum. The error exists, but for optimizers that know no such setting.
#
# Here playground/catalog/schedules.py computes the factor of the rate alone, and momentum is a setting of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import torch
from torch.optim.lr_scheduler import OneCycleLR

STEPS = 100


def distance(**cycle):
    """How far a weight goes under a constant gradient of 1, by what rates, and the momentum at each step."""
    weight = torch.nn.Parameter(torch.zeros((), dtype=torch.float64))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    assert optimizer.param_groups[0]["momentum"] == 0
    schedule = OneCycleLR(optimizer, max_lr=0.1, total_steps=STEPS, **cycle)
    rates, momenta = [], []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        weight.grad = torch.ones_like(weight)
        optimizer.step()
        if len(rates) < STEPS:
            schedule.step()
    return -weight.item(), sum(rates), momenta


way, rates, momenta = distance()
print(f"by default: way {way:.3f}, sum of rates {rates:.3f}, momentum {max(momenta)} to {min(momenta)}")
assert (momenta[0], round(min(momenta), 3), round(momenta[-1], 3)) == (0.95, 0.85, 0.95)
assert way > 5 * rates

way, rates, momenta = distance(cycle_momentum=False)
print(f"cycle_momentum=False: way {way:.3f}, sum of rates {rates:.3f}, momentum {max(momenta)}")
assert abs(way - rates) < 1e-12 and set(momenta) == {0}

try:
    OneCycleLR(torch.optim.Adagrad([torch.nn.Parameter(torch.zeros(1))]), max_lr=0.1, total_steps=STEPS)
except ValueError as error:
    print("Adagrad:", error)
else:
    raise AssertionError("an optimizer without that setting is taken")
PY
