"""Commands whose run wants more memory than there is."""

import pytest
import torch

from playground.cli.main import main
from playground.engine.workers.memory import NO_MEMORY


@pytest.mark.parametrize("error", [MemoryError(), torch.OutOfMemoryError("CUDA out of memory.")], ids=repr)
def test_memory_that_runs_out_ends_with_1_and_one_line(error, capsys, monkeypatch):
    def want_too_much(job):
        raise error

    monkeypatch.setattr("playground.cli.run_job.run_job", want_too_much)
    assert main(["train", "num_samples=40", "device=cpu"]) == 1
    assert capsys.readouterr().err == f"{NO_MEMORY}\n"


def test_another_error_of_the_program_is_not_taken_for_it(monkeypatch):
    def fail(job):
        raise RuntimeError("a fault of our own")

    monkeypatch.setattr("playground.cli.run_job.run_job", fail)
    with pytest.raises(RuntimeError, match="of our own"):
        main(["train", "num_samples=40", "device=cpu"])
