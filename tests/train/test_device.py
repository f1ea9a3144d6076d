"""Where the arithmetic runs."""

import pytest
import torch

from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.train.device import choose_device

ON_GPU = {"auto": "cuda", "cpu": "cpu", "cuda": "cuda"}


@pytest.mark.parametrize("name", SPECS["device"].choices)
def test_a_gpu_is_taken_where_there_is_one_and_told_to_be_exact(name, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    for flag, usual in (("deterministic", False), ("allow_tf32", True)):
        monkeypatch.setattr(torch.backends.cudnn, flag, usual)
    assert choose_device(name).type == ON_GPU[name]
    is_exact = torch.backends.cudnn.deterministic and not torch.backends.cudnn.allow_tf32
    assert is_exact == (ON_GPU[name] == "cuda")


@pytest.mark.parametrize("name", ["auto", "cpu"])
def test_without_a_gpu_the_processor_is_taken(name, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device(name).type == "cpu"


def test_a_gpu_that_does_not_exist_is_refused(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ConfigError, match=r"device: cuda needs a GPU, but this machine has none\. Use auto or cpu\."):
        choose_device("cuda")
