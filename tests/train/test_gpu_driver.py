"""Whether there can be a GPU, without torch."""

import ctypes.util
import importlib
import sys

import pytest
import torch

from playground.train import gpu_driver


def test_a_driver_is_there_wherever_torch_has_a_gpu():
    if not torch.cuda.is_available():
        pytest.skip("torch has no GPU here")
    assert gpu_driver.has_driver()


@pytest.fixture
def asked(monkeypatch):
    """Names of the libraries that are asked for, of which there is none."""
    names = []

    def load(name):
        names.append(name)
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", load)
    yield names
    monkeypatch.undo()
    importlib.reload(gpu_driver)


@pytest.mark.parametrize(("platform", "library"), [("linux", "libcuda.so.1"), ("win32", "nvcuda.dll")])
def test_the_driver_is_the_one_that_cuda_itself_loads(monkeypatch, asked, platform, library):
    monkeypatch.setattr(sys, "platform", platform)
    importlib.reload(gpu_driver)
    monkeypatch.setattr(gpu_driver, "AMD", gpu_driver.AMD / "none")
    assert not gpu_driver.has_driver() and asked == [library]


def test_the_driver_of_either_kind_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(gpu_driver, "NVIDIA", "libthat_nobody_has.so.1")
    monkeypatch.setattr(gpu_driver, "AMD", tmp_path / "missing")
    assert not gpu_driver.has_driver()
    monkeypatch.setattr(gpu_driver, "AMD", tmp_path)
    assert gpu_driver.has_driver()
    monkeypatch.setattr(gpu_driver, "AMD", tmp_path / "missing")
    monkeypatch.setattr(gpu_driver, "NVIDIA", ctypes.util.find_library("c") or "msvcrt.dll")
    assert gpu_driver.has_driver()
