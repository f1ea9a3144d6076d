"""One core for the arithmetic, so that a result does not depend on how many there are."""


def use_one_core() -> None:
    import torch

    torch.set_num_threads(1)
