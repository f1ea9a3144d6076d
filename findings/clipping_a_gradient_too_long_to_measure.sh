#!/usr/bin/env bash
# torch 2.13.0: clip_grad_norm_ on float32 gradients that are finite, but whose norm is above about 1.8e19.
#
# Expected: a gradient of length max_norm, as the formula says, since every element is a finite number.
# Seen: the norm overflows while it is squared, so that it is inf; every gradient is multiplied by max_norm / inf = 0,
# and the optimizer stands still without a word. A run that should be called diverged keeps a finite loss for ever.
# The length of the same gradient in float64 is an ordinary number.
#
# Here it ends the run: playground/train/divergence.py reads the norm before the gradient is clipped.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import math

import torch

weights = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
weights.grad = torch.tensor([3e19, 4e19])
optimizer = torch.optim.SGD([weights], lr=0.1)
norm = torch.nn.utils.clip_grad_norm_([weights], max_norm=1.0)
optimizer.step()
print("norm", norm.item(), "gradient", weights.grad.tolist(), "weights", weights.tolist())
assert math.isinf(norm) and weights.grad.tolist() == [0.0, 0.0] and weights.tolist() == [1.0, 2.0]

short = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
short.grad = torch.tensor([3e18, 4e18])
norm = torch.nn.utils.clip_grad_norm_([short], max_norm=1.0)
print("norm", norm.item(), "gradient", short.grad.tolist())
assert torch.allclose(short.grad, torch.tensor([0.6, 0.8]))

length = torch.tensor([3e19, 4e19], dtype=torch.float64).norm()
print("norm in float64", length.item())
assert math.isclose(length, 5e19)
PY
