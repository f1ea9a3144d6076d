"""How matrices are told to be multiplied, before the first product."""

import os
import subprocess
import sys

import pytest

from playground.arithmetic import PROCESSORS, VARIABLE, strict_branch

OLD = "fpu sse2 avx"


def processors(vendor, flags):
    """What Linux says of a machine whose second processor is another."""
    one = "processor\t: {}\nvendor_id\t: {}\nmodel name\t: Some CPU: 2.5 GHz\nflags\t\t: {}\n\n"
    return one.format(0, vendor, flags) + one.format(1, "GenuineIntel", f"{OLD} avx2 avx512f")


@pytest.mark.parametrize(("vendor", "flags", "branch"), [
    ("GenuineIntel", f"{OLD} avx2 avx512f avx512bw", "AVX512,STRICT"),
    ("GenuineIntel", f"{OLD} avx2", "AVX2,STRICT"),
    ("GenuineIntel", OLD, ""),
    ("AuthenticAMD", f"{OLD} avx2 avx512f", ""),
])  # fmt: skip
def test_strict_where_the_library_offers_it(tmp_path, vendor, flags, branch):
    path = tmp_path / "cpuinfo"
    path.write_text(processors(vendor, flags), encoding="utf-8")
    assert strict_branch(path) == branch


@pytest.mark.parametrize("text", ["", "\n", "no colon\n", "processor : 0\nCPU part : 0xd0c\n"])
def test_nothing_is_set_where_nothing_is_known(tmp_path, text):
    path = tmp_path / "cpuinfo"
    path.write_text(text, encoding="utf-8")
    assert strict_branch(path) == ""
    assert strict_branch(tmp_path / "missing") == ""


@pytest.mark.parametrize("own", [None, "COMPATIBLE", ""])
def test_a_worker_is_told_before_it_computes_and_an_own_setting_wins(root, own):
    told = f"os.environ.get('{VARIABLE}', ''), 'torch' in sys.modules"
    code = f"import os, sys, playground.engine.workers.worker; print({told})"
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    if own is not None:
        environment[VARIABLE] = own
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    wanted = strict_branch(PROCESSORS) if own is None else own
    assert done.stdout.strip() == f"{wanted} False".strip()


def test_these_tests_are_told_too():
    assert VARIABLE in os.environ or not strict_branch(PROCESSORS)
