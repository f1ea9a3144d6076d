"""What must be equal is equal on processors of other kinds too, as far as this one can play them."""

import os
import subprocess
import sys

import pytest

from playground.arithmetic import PROCESSORS, VARIABLE, strict_branch

# Those where one number is held against another that came from another product of matrices.
FILES = (
    "tests/train/test_evaluate.py",
    "tests/train/test_trainer.py",
    "tests/train/stacked/test_train.py",
    "tests/train/landscape/test_descent.py",
    "tests/jobs/comparison/test_job.py",
)
LONG = "averaging_settles"  # an experiment, which compares nothing to the last bit
KINDS = (
    {VARIABLE: ""},
    {VARIABLE: "AVX2"},
    {VARIABLE: "COMPATIBLE"},
    {VARIABLE: "AVX512,STRICT"},
    {"ATEN_CPU_CAPABILITY": "avx2"},
)
OWN = {VARIABLE: strict_branch(PROCESSORS)}  # what all other tests run under


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != OWN], ids=str)
def test_the_same_holds_under_other_instructions(root, kind):
    options = ["-q", "-x", "-p", "no:xdist", "-p", "no:playwright", "-k", f"not {LONG}"]
    command = [sys.executable, "-m", "pytest", *options, *FILES]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=root, env={**inherited, **kind}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
