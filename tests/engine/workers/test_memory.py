"""Memory that runs out, and what ended jobs leave on a GPU."""

import errno
import subprocess
import sys
import weakref
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from playground.engine.workers import memory
from playground.engine.workers import turns as turns_module
from playground.engine.workers.memory import NO_MEMORY, is_out_of_memory, release_gpu, reserve
from playground.engine.workers.turns import Turns
from playground.jobs.job import Snapshot

OUT_OF_MEMORY = [
    MemoryError(),
    RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"),
    RuntimeError("std::bad_alloc"),
    OSError(errno.ENOMEM, "Cannot allocate memory"),
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 8 GiB"),
    torch.AcceleratorError("CUDA error: out of memory"),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
]


@pytest.mark.parametrize("error", OUT_OF_MEMORY, ids=repr)
def test_memory_that_runs_out_is_understood(error):
    assert is_out_of_memory(error)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("another"),
        OSError(errno.ENOSPC, "No space left on device"),
        ValueError("out of memory"),
        torch.AcceleratorError("CUDA error: launch failure"),
    ],
)
def test_other_errors_are_not_taken_for_it(error):
    assert not is_out_of_memory(error)


class Large:
    """Refers to itself, as a trainer does through the updates it goes through."""

    def __init__(self):
        self.itself = self


def endings():
    """What a job can do in its second turn, and how it ends."""

    def fail():
        raise torch.OutOfMemoryError("CUDA out of memory.")

    def refuse():
        raise ValueError("No.")

    return {"failed": fail, "refused": refuse, "finished": lambda: None, "freed": None}


@pytest.fixture
def gpu(monkeypatch):
    """A GPU that this process uses; `left` tells, at each release, how many of the large things there still are."""
    gpu = SimpleNamespace(is_initialized=lambda: True, things=[], left=[])
    gpu.empty_cache = lambda: gpu.left.append(sum(thing() is not None for thing in gpu.things))
    monkeypatch.setitem(sys.modules, "torch.cuda", gpu)
    monkeypatch.setattr(turns_module.log, "disabled", True)  # a test's log keeps errors, and these their job
    return gpu


@pytest.mark.parametrize("status", endings())
def test_an_ended_job_has_let_go_of_everything_before_the_gpus_memory_is_released(gpu, status):
    def frames():
        large = Large()
        gpu.things.append(weakref.ref(large))
        yield Snapshot()
        endings()[status]()
        assert large

    news = []
    turns = Turns(lambda run, *told: news.append(told))
    turns.submit("a", lambda: SimpleNamespace(frames=frames))
    assert gpu.left == []
    if status == "freed":
        turns.free("a")
    else:
        turns.take_turn()
        assert news[-1][0] == status
    assert (len(gpu.things), gpu.left) == (1, [0])
    assert (news[-1][1] == NO_MEMORY) == (status == "failed")


def test_the_worker_takes_the_next_job_after_memory_ran_out(gpu):
    news = []
    turns = Turns(lambda run, *told: news.append((run.job_id, *told)))
    turns.submit("a", lambda: SimpleNamespace(frames=endings()["failed"]))
    turns.submit("b", lambda: SimpleNamespace(frames=lambda: iter_of(Snapshot("finished"))))
    assert [(job_id, status) for job_id, status, *_ in news] == [("a", "failed"), ("b", "finished")]


def iter_of(*snapshots):
    yield from snapshots


def test_without_torch_or_without_a_gpu_there_is_nothing_to_release(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch.cuda", SimpleNamespace(is_initialized=lambda: False))
    release_gpu()
    monkeypatch.delitem(sys.modules, "torch.cuda")
    release_gpu()


def test_releasing_loads_no_torch():
    code = "import sys, playground.engine.workers.memory as gpu; gpu.release_gpu(); sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def resident() -> int:
    """Pages of memory that this process has of the machine."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="/proc/self/statm")
def test_a_reserve_takes_no_memory_of_the_machine(monkeypatch):
    monkeypatch.setattr(memory, "RESERVE_BYTES", 2**28)
    before = resident()
    kept = reserve()
    assert len(kept) == 2**28 and resident() - before < 2**28 // 4096 // 4


def test_where_there_is_no_memory_there_is_no_reserve(monkeypatch):
    monkeypatch.setattr(memory, "RESERVE_BYTES", 2**60)
    assert reserve() is None
