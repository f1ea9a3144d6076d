"""The thread of a worker that listens."""

import io
import pickle
import queue
import sys

import pytest

from playground.engine.workers import worker


class Bursting:
    """Finds no memory when it is unpickled."""

    def __reduce__(self):
        return _find_no_memory, ()


def _find_no_memory():
    raise MemoryError


@pytest.mark.parametrize("last", [b"", b"nonsense", pickle.dumps(Bursting())], ids=["end", "broken", "too large"])
def test_a_worker_that_can_hear_no_more_ends(monkeypatch, last):
    """It would go on to say that it is alive, and obey nobody."""
    monkeypatch.setattr(worker.os, "_exit", sys.exit)
    inbox = queue.SimpleQueue()
    with pytest.raises(SystemExit):
        worker.listen(io.BytesIO(pickle.dumps("before") + last), inbox)
    assert inbox.get_nowait() == "before" and inbox.empty()
