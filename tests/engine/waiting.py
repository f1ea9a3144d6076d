"""Waiting without fixed sleeps."""

import os
import time
from pathlib import Path


def wait_until(is_true, seconds=60.0):
    """The first true value of `is_true()`; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (value := is_true()):
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.005)
    return value


def is_alive(pid):
    """Whether the process runs; one that is dead and waits for its parent's notice does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
