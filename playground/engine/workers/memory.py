"""Memory that runs out, and memory that jobs leave behind; for jobs with torch or without."""

import errno
import gc
import mmap
import sys

NO_MEMORY = "There is not enough memory for this run; take a smaller network, fewer samples or smaller batches."

# What torch says of the machine's memory, the GPU's, and the GPU's where its libraries want some.
WORDS = ("can't allocate memory", "bad_alloc", "out of memory", "_STATUS_ALLOC_FAILED")
RESERVE_BYTES = 4 * 2**20


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory ran out, of the machine or of its GPU; torch says so in words."""
    return (
        isinstance(error, MemoryError)
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or (isinstance(error, RuntimeError) and any(word in str(error) for word in WORDS))
    )


def reserve() -> mmap.mmap | None:
    """Memory to let go of when a job has eaten up all else, so that a worker can still say so; None if there is none.

    Nothing is ever written there, so that it takes no memory of the machine; a bytearray would be filled with zeros.
    """
    try:
        return mmap.mmap(-1, RESERVE_BYTES)
    except OSError:
        return None


def release_gpu() -> None:
    """Give back to the GPU what ended jobs had of it, where this process uses one: torch would keep it to itself."""
    cuda = sys.modules.get("torch.cuda")
    if cuda is not None and cuda.is_initialized():
        gc.collect()  # a run and its updates refer to each other
        cuda.empty_cache()
