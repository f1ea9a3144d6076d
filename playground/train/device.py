"""Where the arithmetic runs."""

import torch

from playground.parsing import ConfigError


def choose_device(name: str) -> torch.device:
    """The device of a Config: "auto", "cpu" or "cuda".

    Raises:
        ConfigError: when a GPU is asked for and there is none.
    """
    has_gpu = torch.cuda.is_available()
    if name == "cuda" and not has_gpu:
        raise ConfigError({"device": "cuda needs a GPU, but this machine has none. Use auto or cpu."})
    return torch.device("cuda" if has_gpu and name != "cpu" else "cpu")
