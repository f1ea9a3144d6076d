#!/usr/bin/env bash
# torch 2.13.0: the gradient at exactly 0 of three ways to write max(0, x).
#
# Expected: equal functions have equal gradients; at 0, where there is none, the usual 0 for all.
# Seen: relu has slope 0 there, clamp(min=0) has 1 and maximum(x, 0) has 1/2. Exact zeros are no rare accident:
# weights and biases that begin at 0 make every unit's input one, and so do masked and padded rows. A layer that
# begins at 0 stays there for ever behind relu, learns behind clamp, and learns half as fast behind maximum, in a
# library where the three look interchangeable and give equal outputs.
#
# Here ReLU is torch.nn.ReLU, by its row of playground/catalog/activations.py, and relu where it is written out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import torch

FORMS = {
    "relu": torch.relu,
    "clamp": lambda x: x.clamp(min=0),
    "maximum": lambda x: torch.maximum(x, torch.zeros_like(x)),
}


def slope(form):
    x = torch.zeros((), requires_grad=True)
    form(x).backward()
    return x.grad.item()


def first_step(form):
    """What one unit whose weight begins at 0 gives for an input of 1 after one step towards more."""
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    (-form(weight * 1.0)).sum().backward()
    optimizer.step()
    return form(weight * 1.0).item()


samples = torch.linspace(-2, 2, 101)
assert all(torch.equal(form(samples), torch.relu(samples)) for form in FORMS.values())
for name, form in FORMS.items():
    print(f"{name}: slope {slope(form)} at 0, output {first_step(form)} after a step from weight 0")
assert [slope(form) for form in FORMS.values()] == [0.0, 1.0, 0.5]
assert [first_step(form) for form in FORMS.values()] == [0.0, 1.0, 0.5]
PY
