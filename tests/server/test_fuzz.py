"""Ten thousand messages that no browser sends: the server stays well, and whoever trains meanwhile goes on training."""

import random
import re
import urllib.request
from contextlib import suppress

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from playground.link import PARAMETER
from playground.ui.router import ENTRIES
from tests.aids.visitor import visiting
from tests.faults.values import strange_text
from tests.test_link import link_of

NUM_FRAMES, NUM_MESSAGES, PER_CONNECTION = 300, 9_700, 970
DEEPEST = 5
STEP = re.compile(r"step ([\d,]+)")

# Type of a field -> a value that nobody expects there.
STRANGE = {
    FieldDescriptor.CPPTYPE_BOOL: lambda rng: rng.random() < 0.5,
    FieldDescriptor.CPPTYPE_DOUBLE: lambda rng: rng.choice((0.0, -1.5, float("nan"), float("inf"), 1e308)),
    FieldDescriptor.CPPTYPE_STRING: lambda rng: strange_text(rng).encode(errors="replace").decode(),
}


def strange(field: FieldDescriptor, rng: random.Random, known: list[str]) -> object:
    """A value for a field; what is called an id is often one that exists."""
    if field.type == FieldDescriptor.TYPE_BYTES:
        return rng.randbytes(rng.randrange(20))
    if field.name.endswith(("id", "hash")) and rng.random() < 0.7:
        return rng.choice(known)
    return STRANGE.get(field.cpp_type, lambda rng: rng.choice((0, 1, rng.randrange(2**31))))(rng)


def fill(message: Message, rng: random.Random, known: list[str], depth: int = 0) -> Message:
    """Give some of a message's fields values, one of those that exclude each other, and so for the messages in it."""
    chosen = {rng.choice(oneof.fields).name for oneof in message.DESCRIPTOR.oneofs}
    for field in message.DESCRIPTOR.fields:
        is_chosen = field.name in chosen if field.containing_oneof else rng.random() < 0.5
        if not is_chosen or depth > DEEPEST:
            continue
        place = getattr(message, field.name)
        for _ in range(rng.randrange(1, 4) if field.is_repeated else 1):
            if field.message_type is not None:
                fill(place.add() if field.is_repeated else place, rng, known, depth + 1)
            elif field.is_repeated:
                place.append(strange(field, rng, known))
            else:
                setattr(message, field.name, strange(field, rng, known))
    return message


def step_of(visitor) -> int:
    return int(STEP.search(visitor.open().text)[1].replace(",", ""))


@pytest.fixture
def trainee(server):
    """Someone who trains while others send what they like."""
    with visiting(server, f"{PARAMETER}={link_of(num_epochs=10_000)}") as visitor:
        yield visitor.open().press("train").see("Training")
        visitor.press("stop")


@pytest.fixture
def assert_undisturbed(server, trainee):
    """Checks that the server is well, takes newcomers, and that the trainee has gone on."""
    before = step_of(trainee)

    def check() -> None:
        with urllib.request.urlopen(f"{server}/healthz", timeout=10) as answer:
            assert answer.read() == b"ok"
        assert step_of(trainee) > before
        with visiting(server) as newcomer:
            assert "Train a network" in newcomer.open().text

    return check


def test_frames_of_noise_cost_only_the_connection_that_sent_them(server, assert_undisturbed):
    rng = random.Random(0)
    for number in range(NUM_FRAMES):
        with visiting(server) as visitor, suppress(ConnectionClosed):
            visitor.connection.send("text" if number % 10 == 0 else rng.randbytes(rng.randrange(1, 200)))
            visitor.connection.send(BackMsg(app_heartbeat=True).SerializeToString())
    assert_undisturbed()


def test_well_formed_messages_of_any_content_harm_nobody(server, assert_undisturbed):
    rng = random.Random(1)
    num_sent = 0
    while num_sent < NUM_MESSAGES:
        with visiting(server) as visitor, suppress(ConnectionClosed):
            known = [*visitor.open().ids, visitor.session, *(entry.path.strip("/") for entry in ENTRIES)]
            for _ in range(min(PER_CONNECTION, NUM_MESSAGES - num_sent)):
                message = BackMsg()
                fill(message.rerun_script if rng.random() < 0.5 else message, rng, known)
                visitor.connection.send(message.SerializeToString())
                num_sent += 1
    assert_undisturbed()
