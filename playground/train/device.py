"""Where the arithmetic runs."""

import torch

from playground.train.gpu_driver import ASKED_FOR, no_gpu


def choose_device(name: str) -> torch.device:
    """The device of a Config: "auto", "cpu" or "cuda".

    Raises:
        ConfigError: when a GPU is asked for and there is none.
    """
    has_gpu = torch.cuda.is_available()
    if name == ASKED_FOR and not has_gpu:
        raise no_gpu()
    if name == "cpu" or not has_gpu:
        return torch.device("cpu")
    # Equal Configs give equal histories, as near to the processor's as rounding allows; convolutions have to be told.
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.allow_tf32 = False
    return torch.device("cuda")
