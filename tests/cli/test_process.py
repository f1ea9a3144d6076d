"""The command line as a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import COMMAND, ROOT


def run(*argv, **options):
    return subprocess.run(
        [*COMMAND, *argv], cwd=ROOT, capture_output="stdout" not in options, text=True, timeout=60, **options
    )


def test_a_training_ends_well():
    done = run("train", "num_epochs=2", "--json", "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "finished"


def test_bad_input_ends_with_two():
    done = run("train", "activation=elo")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("activation: unknown activation 'elo'. Did you mean 'elu'?")
    assert done.stderr.count("\n") == 1


def test_neither_list_nor_bad_input_loads_torch():
    script = (
        "import sys; from playground.cli.main import main; main(['list']); main(['train', 'foo=1']);"
        "main(['train', '--help']); main(['signal', 'depth=0']); main(['search', 'space=dropout:1..0']);"
        "from playground.train import gpu_driver as gpu; gpu.NVIDIA, gpu.AMD = 'none', gpu.Path('none');"
        "main(['train', 'device=cuda']); main(['search', 'space=dropout:0..0.5', 'num_epochs=900', 'device=cuda']);"
        "print({'torch', 'sklearn', 'streamlit', 'altair'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr.splitlines()[-1] == "set()"


def test_a_reader_that_goes_away_is_no_trouble():
    process = subprocess.Popen([*COMMAND, "list"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) in (0, 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("argv", [["list"], ["list", "--json", "-"], ["list", "--json", "/dev/full"]])
def test_a_full_disk_is_reported_in_one_line(argv):
    with open("/dev/full", "w") as full:
        done = run(*argv, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "No space left" in done.stderr
