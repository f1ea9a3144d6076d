"""Whether there can be a GPU, found out without torch, whose import takes seconds."""

import ctypes
import sys
from pathlib import Path

from playground.parsing import ConfigError

ASKED_FOR = "cuda"  # as a Config says it
NVIDIA = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
AMD = Path("/dev/kfd")


def has_driver() -> bool:
    """Whether the driver of a GPU is there; whether torch can use the GPU, only torch can say."""
    try:
        ctypes.CDLL(NVIDIA)
    except OSError:
        return AMD.exists()
    return True


def no_gpu() -> ConfigError:
    """What a Config that asks for a GPU is told where there is none."""
    return ConfigError({"device": f"{ASKED_FOR} needs a GPU, but this machine has none. Use auto or cpu."})
