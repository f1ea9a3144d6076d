#!/usr/bin/env bash
# torch 2.13.0: SGD with momentum and fused=True, where a parameter has its first gradient later than another.
#
# Expected: the same numbers as without fused. A parameter without a gradient is left out of the step, and its
# momentum begins with its own first gradient; the plain form does just that, and so does the fused one without
# momentum.
# Seen: the first step, in which only some have a gradient, passes. The next one, in which all have, is a TypeError
# that speaks of element 1 and NoneType: a parameter that has no momentum yet is not expected beside one that has.
# When all have begun together, a gradient may be missing later without harm.
#
# Here playground/train/optimizer.py takes the plain form where blocks of a network may be skipped in a step.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import torch


def trained(gradients, **form):
    """Two parameters after steps with these gradients, None for one that is missing."""
    parameters = [torch.nn.Parameter(torch.tensor([1.0])) for _ in range(2)]
    optimizer = torch.optim.SGD(parameters, lr=0.1, **form)
    for pair in gradients:
        for parameter, gradient in zip(parameters, pair):
            parameter.grad = None if gradient is None else torch.tensor([gradient])
        optimizer.step()
    return torch.cat([parameter.detach() for parameter in parameters])


late = [(1.0, None), (1.0, 1.0), (1.0, 1.0)]
early = [(1.0, 1.0), (1.0, None), (1.0, 1.0)]

plain = trained(late, momentum=0.9, foreach=False)
print("plain", plain.tolist())
assert torch.allclose(plain, torch.tensor([0.439, 0.71]))

fused = trained(late, momentum=0.0, fused=True)
print("fused, no momentum", fused.tolist())
assert torch.allclose(fused, torch.tensor([0.7, 0.8]))

fused = trained(early, momentum=0.9, fused=True)
print("fused, begun together", fused.tolist())
assert torch.allclose(fused, torch.tensor([0.439, 0.71]))

try:
    trained(late, momentum=0.9, fused=True)
except TypeError as error:
    print("fused:", error)
    assert "NoneType" in str(error)
else:
    raise AssertionError("the fused form takes a parameter that begins late")
PY
