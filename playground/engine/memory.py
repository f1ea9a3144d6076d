"""Memory that runs out, and memory that jobs leave behind; for jobs with torch or without."""

import gc
import sys

NO_MEMORY = "There is not enough memory for this run; take a smaller network, fewer samples or smaller batches."

# What torch says of the machine's memory, the GPU's, and the GPU's where its libraries want some.
WORDS = ("can't allocate memory", "out of memory", "_STATUS_ALLOC_FAILED")


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory ran out, of the machine or of its GPU; torch says so in words."""
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and any(word in str(error) for word in WORDS)
    )


def release_gpu() -> None:
    """Give back to the GPU what ended jobs had of it, where this process uses one: torch would keep it to itself."""
    cuda = sys.modules.get("torch.cuda")
    if cuda is not None and cuda.is_initialized():
        gc.collect()  # a run and its updates refer to each other
        cuda.empty_cache()
