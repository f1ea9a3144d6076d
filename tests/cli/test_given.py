"""Field values from a file, a link and the command line."""

import json

import pytest

from playground.cli.arguments import UsageError, parse_arguments
from playground.cli.given import config_file, given_values, linked, name_unused
from playground.config import Config
from playground.link import encode
from playground.parsing import ConfigError


def values_of(*argv):
    return given_values(parse_arguments([str(word) for word in argv]))


@pytest.fixture
def config_path(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"seed": 3, "noise": 0.5, "batch_size": 7}))
    return path


def test_the_command_line_overrides_the_link_and_the_link_the_file(config_path):
    link = f"http://localhost/train?c={encode(Config(seed=5, noise=0.2))}"
    config = Config.parse(values_of("--config", config_path, "--link", link, "seed=9"))
    assert (config.batch_size, config.noise, config.seed) == (7, 0.2, 9)


def test_a_link_gives_its_config_back():
    config = Config(dataset="iris", hidden_sizes=(5,), activation="gelu")
    assert Config.parse(linked(encode(config))) == config


@pytest.mark.parametrize("url", ["http://localhost:8501/", "http://localhost:8501/train", "http://localhost/?c="])
def test_a_link_without_settings_is_the_default(url):
    assert linked(url) == {}


def test_a_damaged_link_is_refused():
    with pytest.raises(UsageError, match="--link: The link is damaged"):
        linked("http://localhost/?c=!!!")


def test_a_link_of_something_else_is_refused():
    with pytest.raises(UsageError, match="holds no settings"):
        linked("http://localhost/?q=1")


def test_a_bad_field_of_a_link_is_named():
    import base64
    import zlib

    code = base64.urlsafe_b64encode(zlib.compress(b'{"version": 1, "seed": -1}')).decode()
    with pytest.raises(ConfigError, match="seed: must be a whole number from 0 to 2147483647"):
        linked(code)


def test_what_train_wrote_is_a_config_file(tmp_path):
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"config": Config(seed=4).model_dump(mode="json"), "status": "finished"}))
    assert Config.parse(config_file(str(path))) == Config(seed=4)


@pytest.mark.parametrize(
    "content", [b"{", b"[1]", b"3", b"\xff\xfe\x00", b"", b"[" * 100_000, b"[" + b"1," * 600_000 + b"1]"]
)
def test_a_file_that_is_no_config_is_refused(tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="--config: "):
        config_file(str(path))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(UsageError, match=r"cannot read .*No such file"):
        config_file(str(tmp_path / "missing.json"))
    with pytest.raises(UsageError, match="cannot read"):
        config_file(str(tmp_path))


def test_a_file_with_an_unknown_or_bad_field_is_refused(tmp_path):
    for text, message in [('{"sed": 1}', "sed: there is no such field"), ('{"noise": NaN}', "noise: must be a number")]:
        path = tmp_path / "config.json"
        path.write_text(text)
        with pytest.raises(ConfigError, match=message):
            Config.parse(config_file(str(path)))


def named(capsys, *argv):
    arguments = parse_arguments([str(word) for word in argv])
    values = given_values(arguments)
    name_unused(Config.parse(values), arguments, values)
    return capsys.readouterr().err.splitlines()


def test_a_given_field_without_effect_is_named_with_the_reason(capsys):
    lines = named(capsys, "optimizer=sgd", "momentum=0.9")
    assert lines == ["momentum: given, but without effect. SGD has no momentum."]


def test_a_complete_file_is_not_scolded_for_its_defaults(capsys, tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(Config().model_dump(mode="json")))
    assert named(capsys, "--config", path) == []
    assert named(capsys) == []
