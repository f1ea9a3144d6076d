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
    if name == "cpu" or not has_gpu:
        return torch.device("cpu")
    # Equal Configs give equal histories, as near to the processor's as rounding allows; convolutions have to be told.
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.allow_tf32 = False
    return torch.device("cuda")
