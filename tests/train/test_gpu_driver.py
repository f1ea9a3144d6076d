"""Whether there can be a GPU, without torch."""

import ctypes.util

import torch

from playground.train import gpu_driver


def test_a_driver_is_there_wherever_torch_has_a_gpu():
    assert gpu_driver.has_driver() or not torch.cuda.is_available()


def test_the_driver_of_either_kind_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(gpu_driver, "NVIDIA", "libthat_nobody_has.so.1")
    monkeypatch.setattr(gpu_driver, "AMD", tmp_path / "missing")
    assert not gpu_driver.has_driver()
    monkeypatch.setattr(gpu_driver, "AMD", tmp_path)
    assert gpu_driver.has_driver()
    monkeypatch.setattr(gpu_driver, "AMD", tmp_path / "missing")
    monkeypatch.setattr(gpu_driver, "NVIDIA", ctypes.util.find_library("c") or "msvcrt.dll")
    assert gpu_driver.has_driver()
