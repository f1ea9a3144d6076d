"""RandomStream: numbers that go on where a run left them, whoever draws in between."""

import pytest
import torch

from playground.train.random_stream import RandomStream

CPU, GPU = torch.device("cpu"), torch.device("cuda")


@pytest.fixture(params=[CPU, GPU], ids=str)
def draw(request, monkeypatch):
    """What draws three numbers on a device, which is `draw.device`; a second generator stands for the GPU's."""
    gpu, make = torch.Generator(), torch.Generator
    monkeypatch.setattr(torch, "Generator", lambda device: make())
    monkeypatch.setattr(torch.cuda, "get_rng_state", lambda device: gpu.get_state())
    monkeypatch.setattr(torch.cuda, "set_rng_state", lambda state, device: gpu.set_state(state))
    generator = gpu if request.param == GPU else torch.default_generator

    def draw():
        return torch.rand(3, generator=generator).tolist()

    draw.device = request.param
    return draw


def opened(stream, draw, *, is_kept=True):
    with stream.going_on(is_kept=is_kept):
        return draw()


def test_streams_that_take_turns_go_on_as_each_would_alone(draw):
    seeds = (1, 2)
    alone = [[opened(stream, draw) for _ in range(3)] for stream in (RandomStream(seed, draw.device) for seed in seeds)]
    streams = [RandomStream(seed, draw.device) for seed in seeds]
    in_turns = [[], []]
    for _ in range(3):
        for stream, numbers in zip(streams, in_turns, strict=True):
            draw()  # somebody else in the same process
            numbers.append(opened(stream, draw))
    assert in_turns == alone
    assert alone[0] != alone[1] and alone[0][0] != alone[0][1]


def test_others_go_on_as_if_nobody_had_drawn(draw):
    with RandomStream(6, draw.device).going_on(is_kept=True):
        first, second = draw(), draw()
    with RandomStream(6, draw.device).going_on(is_kept=True):
        assert draw() == first
        opened(RandomStream(7, draw.device), draw)
        assert draw() == second


def test_what_is_not_kept_is_drawn_again(draw):
    stream = RandomStream(1, draw.device)
    looked = opened(stream, draw, is_kept=False)
    assert opened(stream, draw) == looked != opened(stream, draw)


def test_on_a_gpu_the_processors_numbers_are_the_runs_own_too(draw):
    """Skipped blocks are drawn there."""
    one, other = (opened(RandomStream(1, draw.device), lambda: torch.rand(3).tolist()) for _ in range(2))
    assert one == other


def test_an_error_leaves_the_generators_of_others_alone(draw):
    with RandomStream(6, draw.device).going_on(is_kept=False):
        expected = draw()
    with RandomStream(6, draw.device).going_on(is_kept=False):
        with pytest.raises(RuntimeError), RandomStream(1, draw.device).going_on(is_kept=True):
            draw()
            raise RuntimeError
        assert draw() == expected
