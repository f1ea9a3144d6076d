"""Config <-> link."""

import base64
import json
import random
import zlib
from urllib.parse import quote

import pytest

from playground.config import Config
from playground.link import (
    MAX_CODE,
    MAX_DECODED,
    VERSION,
    config_of_url,
    decode,
    decode_place,
    encode,
    encode_place,
)
from playground.parsing import ConfigError
from tests.aids.choices import random_values

DEFAULT = Config()
CONFIG = Config.parse({"dataset": "digits", "hidden_sizes": "64,32", "learning_rate": 3e-4, "augmentation": "crop"})


def packed(text: str | bytes) -> str:
    """A link's code for any text."""
    data = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def link_of(**values: object) -> str:
    return packed(json.dumps({"version": VERSION, **values}))


def test_the_default_config_needs_no_code():
    assert encode(DEFAULT) == ""
    assert decode("") == (DEFAULT, {})


@pytest.mark.parametrize("seed", range(100))
def test_a_link_rebuilds_the_config(seed):
    config = Config.salvage(random_values(random.Random(seed)))[0]
    assert decode(encode(config)) == (config, {})


def test_a_link_holds_the_version_and_only_what_differs():
    text = zlib.decompress(base64.urlsafe_b64decode(encode(DEFAULT.replace(seed=7)) + "==="))
    assert json.loads(text) == {"version": VERSION, "seed": 7}


def test_the_longest_config_fits_into_a_link():
    many = {"hidden_sizes": [1000 - size for size in range(51)], "learning_rate": 0.123456789123456}
    config = Config.parse(many)
    assert len(encode(config)) < MAX_CODE
    assert decode(encode(config))[0] == config


def test_a_code_is_safe_in_an_address():
    assert quote(encode(CONFIG), safe="-_") == encode(CONFIG)


@pytest.mark.parametrize("length", range(0, len(encode(CONFIG)), 3))
def test_a_cut_link_opens_with_the_defaults(length):
    config, problems = decode(encode(CONFIG)[:length])
    assert config == DEFAULT
    assert set(problems) == ({"link"} if length else set())


@pytest.mark.parametrize("seed", range(200))
def test_a_link_with_one_wrong_character_never_fails(seed):
    rng = random.Random(seed)
    code = list(encode(CONFIG))
    code[rng.randrange(len(code))] = rng.choice("AZaz09-_+/=%é\x00 ")
    config, problems = decode("".join(code))
    assert config == CONFIG or problems


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '"dataset"',
        "1e999",
        "{",
        "[" * 9_000,
        '{"a":' * 3_000,
        '{"seed":' + "1" * 5_000 + "}",
        b"\xff\xfe",
    ],
    ids=["empty", "null", "list", "text", "number", "open", "deep-list", "deep-dict", "digits", "no-utf8"],
)
def test_what_holds_no_settings_opens_with_the_defaults(text):
    config, problems = decode(packed(text))
    assert config == DEFAULT
    (sentence,) = problems.values()
    assert sentence.startswith("The link ") and sentence.endswith("The page opened with the default settings.")


@pytest.mark.parametrize("code", ["!!!", "a", "é", "\ud800", "\x00", "AAAA", "====", "<script>", "A" * MAX_CODE])
def test_what_is_no_code_opens_with_the_defaults(code):
    assert decode(code)[0] == DEFAULT
    assert "link" in decode(code)[1]


def test_a_link_that_unpacks_to_too_much_is_refused():
    bomb = packed('{"version":1' + " " * 2_000_000 + "}")
    assert len(bomb) < MAX_CODE
    assert str(MAX_DECODED) in decode(bomb)[1]["link"]


def test_a_link_that_is_too_long_is_refused_unread():
    assert f"but {MAX_CODE + 1} came" in decode("A" * (MAX_CODE + 1))[1]["link"]


@pytest.mark.parametrize("version", [2, 0, "1", None, [], 10**400, float("nan")], ids=repr)
def test_another_version_is_named_and_the_rest_is_kept(version):
    config, problems = decode(packed(json.dumps({"version": version, "seed": 5})))
    assert config.seed == 5
    assert problems["version"].startswith(f"this app reads links of version {VERSION}, but ")


HOSTILE = {
    "unknown-field": {"no_such_field": 1},
    "dunder": {"__class__": "x", "self": 1, "model_config": {}, "values": 2, "cls": 3},
    "huge": {"seed": 10**400, "num_epochs": 10**4000, "num_samples": -(10**30)},
    "not-finite": {"learning_rate": float("nan"), "gamma": float("inf")},
    "nested": {"dataset": ["spiral"], "hidden_sizes": [[8]], "optimizer": {"name": "adam"}},
    "null": {"dataset": None, "seed": None, "features": None},
    "other-script": {"dataset": "spirale\u0301", "seed": "\u0661x"},
    "long": {"dataset": "a" * 9_000},
    "many": {f"f{index}": 1 for index in range(500)},
    "many-layers": {"hidden_sizes": [1000] * 2_000},
}


@pytest.mark.parametrize("values", HOSTILE.values(), ids=HOSTILE)
def test_bad_fields_are_named_and_the_rest_is_kept(values):
    config, problems = decode(link_of(batch_size=17, **values))
    assert config == DEFAULT.replace(batch_size=17)
    assert set(problems) == set(values)


CLASHES = {
    "default-groups": {"normalization": "group", "hidden_sizes": [7]},
    "default-groups-of-channels": {
        "dataset": "digits",
        "architecture": "conv",
        "conv_channels": [3],
        "normalization": "group",
    },
    "given-groups": {"normalization": "group", "num_groups": 7},
    "samples": {"dataset": "iris", "num_samples": 1000},
    "loss": {"dataset": "diabetes", "loss": "hinge"},
    "inputs": {"features": []},
    "images": {"architecture": "conv"},
    "seeds": {"seed": 2**31 - 1, "num_seeds": 64},
}


@pytest.mark.parametrize("values", CLASHES.values(), ids=CLASHES)
def test_fields_that_clash_are_left_out_until_the_rest_can_be_used(values):
    config, problems = decode(link_of(batch_size=17, **values))
    assert config.batch_size == 17
    assert problems and set(problems) <= set(values)
    with pytest.raises(ConfigError):
        Config.parse(values)


@pytest.mark.parametrize(
    "url",
    [
        "{code}",
        "?c={code}",
        "http://127.0.0.1:8501/paths?c={code}",
        "https://example.org/?embed=true&c={code}&x=1#top",
        "https://example.org/?c={code}#top",
        "https://example.org/?c={code}#what-is-it?",
        "http://[?c={code}",
    ],
)
def test_a_config_is_read_from_a_whole_link_or_from_its_code(url):
    assert config_of_url(url.format(code=encode(CONFIG))) == (CONFIG, {})


@pytest.mark.parametrize("url", ["", "http://example.org/?x=1", "?c="])
def test_a_link_without_settings_is_the_default(url):
    assert config_of_url(url) == (DEFAULT, {})


def test_a_place_comes_back_as_it_was_and_nothing_needs_no_code():
    place = {"part": "Dropout", "rate": 0.1, "is_log": True, "names": ["a", "b"], "run": ["batch", 0.3]}
    assert decode_place(encode_place(place)) == (place, "")
    assert encode_place({}) == "" and decode_place("") == ({}, "")


@pytest.mark.parametrize(
    "code",
    [
        "abc",
        "x" * (MAX_CODE + 1),
        packed('{"version":1' + " " * 2_000_000 + "}"),
        packed("[1]"),
        packed('{"version":2,"part":"a"}'),
        packed('{"part":"a"}'),
        packed('{"version":1,"Part!":"a"}'),
        packed('{"version":1,"part":null}'),
        packed('{"version":1,"part":{"a":1}}'),
        packed('{"version":1,"part":[[1]]}'),
        packed('{"version":1,"part":"' + "x" * 401 + '"}'),
        packed('{"version":1,"part":[' + "1," * 40 + "1]}"),
    ],
)
def test_a_place_that_is_damaged_or_hostile_is_left_out_with_one_sentence(code):
    values, sentence = decode_place(code)
    assert values == {} and sentence.endswith("The controls of this page are at their defaults.")


def test_a_place_that_no_link_can_hold_is_left_out_of_it():
    generator = random.Random(0)
    assert encode_place({f"name_{i}": str(generator.random()) for i in range(500)}) == ""
