"""Settings and links that nobody sensible would send: a Config or sentences, never an error of the program."""

import base64
import json
import random
import string
import zlib

import pytest

from playground.config import Config
from playground.link import MAX_CODE, VERSION, decode, encode
from playground.parsing import ConfigError
from playground.ui.visit.session import sentences
from tests.aids.choices import random_values
from tests.faults.values import strange_fields, strange_text

NUM_CONFIGS, NUM_LINKS = 10_000, 10_000
JSON_THINGS = (None, True, False)
MAX_SENTENCE = 1_200  # characters; a sentence that names all rows of a table is the longest


def check_sentences(problems: dict[str, str]) -> None:
    for sentence in sentences(problems):
        assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < MAX_SENTENCE, sentence
        assert "Traceback" not in sentence and "Error" not in sentence, sentence


def strange_code(rng: random.Random, good: list[str]) -> str:
    """A link's code: damaged, made of noise, or well packed around strange settings."""
    kind = rng.random()
    if kind < 0.3:
        code = list(rng.choice(good))
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(code))
            code[at : at + rng.randrange(3)] = rng.choices(string.printable + "é", k=rng.randrange(3))
            code = code or ["A"]
        return "".join(code)
    if kind < 0.4:
        return strange_text(rng) * rng.randint(1, 3)
    data = json.dumps({"version": VERSION, **strange_fields(rng, JSON_THINGS)}).encode()
    if kind < 0.6:
        data = bytearray(data)
        data[rng.randrange(len(data))] = rng.randrange(256)
    packed = zlib.compress(bytes(data), 1)
    if kind < 0.7:
        packed = packed[: rng.randrange(len(packed))] + rng.randbytes(rng.randrange(4))
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")[: 2 * MAX_CODE]


@pytest.mark.parametrize("seed", range(10))
def test_any_link_opens(seed):
    rng = random.Random(seed)
    good = [code for _ in range(20) if (code := encode(Config.salvage(random_values(rng))[0]))]
    for _ in range(NUM_LINKS // 10):
        code = strange_code(rng, good)
        config, problems = decode(code)
        check_sentences(problems)
        assert decode(encode(config)) == (config, {}), code


@pytest.mark.parametrize("seed", range(10))
def test_any_values_make_a_config_or_sentences(seed):
    rng = random.Random(seed)
    num_refused = 0
    for _ in range(NUM_CONFIGS // 10):
        try:
            config = Config.parse(strange_fields(rng))
        except ConfigError as error:
            num_refused += 1
            check_sentences(error.problems)
            assert error.problems
        else:
            assert Config.parse(config.changes()) == config
    assert 0 < num_refused < NUM_CONFIGS // 10
