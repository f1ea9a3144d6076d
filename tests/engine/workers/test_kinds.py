"""Which workers the environment asks for."""

import importlib.util
import socket

import pytest

from playground.engine import Engine, LocalWorkers
from playground.engine.workers.kinds import kind_from_environment
from playground.engine.workers.ray_workers import RayWorkers


@pytest.mark.parametrize("environment", [{}, {"PLAYGROUND_ENGINE": " "}, {"PLAYGROUND_ENGINE": "local"}])
def test_processes_of_this_machine_unless_asked_otherwise(environment):
    assert kind_from_environment(("wave",), environment) == LocalWorkers(("wave",))


def test_an_unknown_engine_is_refused_with_the_known_ones():
    sentence = r"PLAYGROUND_ENGINE: unknown engine 'rya'. Did you mean 'ray'\? Known: local, ray."
    with pytest.raises(ValueError, match=sentence):
        kind_from_environment((), {"PLAYGROUND_ENGINE": "rya"})


def test_a_machine_without_ray_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"needs the optional requirement ray: pip install -r requirements-ray\.txt"):
        kind_from_environment((), {"PLAYGROUND_ENGINE": "ray"})


def test_an_address_where_nothing_answers_is_said_at_once():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    engine = Engine(kind=RayWorkers(address=address))
    with pytest.raises(ValueError, match=rf"RAY_ADDRESS: no Ray answers at {address} .*`ray start --head`"):
        engine.start()
    engine.stop()
