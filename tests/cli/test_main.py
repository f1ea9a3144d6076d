"""Exit statuses, messages and help."""

import json

import pytest

from playground.catalog import TABLES
from playground.cli.main import COMMANDS, main
from playground.fields import SPECS
from playground.link import encode
from tests.aids.training import tiny

TINY = ["num_samples=40", "num_epochs=2", "device=cpu"]


def strict_json(text):
    def refuse(word):
        raise ValueError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["train", "activation=elo"], ["activation: ", "'elo'", "'elu'", "relu"]),
        (["train", "hidden_sizes=-3"], ["hidden_sizes: ", "'-3'", "from 1 to 1000"]),
        (["train", "learning_rate=abc"], ["learning_rate: ", "'abc'", "from 1e-8 to 1e7"]),
        (["train", "learning_rate=nan"], ["learning_rate: ", "'nan'"]),
        (["train", "foo=1"], ["foo: ", "no such field", "dataset"]),
        (["train", "foo\nbar=1"], ["foo bar: ", "no such field"]),
        (["train", "=1"], ["no such field"]),
        (["train", "num_epoch=1"], ["num_epoch: ", "Did you mean 'num_epochs'?"]),
        (["train", "spiral"], ["'spiral'", "KEY=VALUE"]),
        (["train", "--lr", "1"], ["'--lr'", "no such option"]),
        (["train", "dataset=diabetes", "loss=hinge"], ["loss: ", "Use mse or huber"]),
        (["train", "--link", "!!!"], ["--link: ", "damaged"]),
        (["train", "--config", "no/such/file.json"], ["--config: ", "no/such/file.json"]),
        (["train", "--json", "no/such/folder/out.json"], ["--json: ", "no/such/folder/out.json"]),
        (["search", "space=lr:1e-4..1:log"], ["lr: ", "no such field", "learning_rate"]),
        (["signal", "depth=0"], ["depth: ", "'0'", "from 1 to 50"]),
        (["signal", "input=noise"], ["input: ", "'noise'", "normal, data"]),
        (["signal", "sampels=10"], ["sampels: ", "Did you mean 'samples'?"]),
        (["list", "activation"], ["table: ", "'activation'", "Did you mean 'activations'?"]),
        (["list", "losses", "losses"], ["table: ", "one at most"]),
        (["list", "seed=1"], ["seed: ", "no settings"]),
        (["bench", "seed=1"], ["seed: ", "no settings"]),
        (["trian"], ["command: ", "'trian'", "Did you mean 'train'?"]),
        (["--version"], ["command: ", "'--version'"]),
    ],
)
def test_bad_input_ends_with_two_and_one_clear_line(capsys, argv, words):
    assert main(argv) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.endswith("\n") and len(output.err.splitlines()) == 1
    assert not [word for word in words if word not in output.err]


def test_an_interruption_ends_with_130_and_one_line(capsys, monkeypatch):
    def interrupt(job):
        raise KeyboardInterrupt

    monkeypatch.setattr("playground.cli.run_job.run_job", interrupt)
    assert main(["train", *TINY]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_an_error_of_the_program_is_not_taken_for_bad_input(monkeypatch):
    def fail(job):
        raise ValueError("a fault of our own")

    monkeypatch.setattr("playground.cli.run_job.run_job", fail)
    with pytest.raises(ValueError, match="of our own"):
        main(["train", *TINY])


def test_json_goes_to_a_file_or_to_standard_output(capsys, tmp_path):
    assert main(["list", "losses", "--json", str(tmp_path / "out.json")]) == 0
    assert capsys.readouterr().out == ""
    assert main(["list", "losses", "--json", "-"]) == 0
    assert strict_json(capsys.readouterr().out) == strict_json((tmp_path / "out.json").read_text())


def test_a_link_of_the_app_trains(capsys):
    assert main(["train", "--link", f"http://localhost:8501/train?c={encode(tiny(seed=3))}", "--json", "-"]) == 0
    assert strict_json(capsys.readouterr().out)["config"] == tiny(seed=3).model_dump(mode="json")


def test_the_help_names_every_command(capsys):
    for argv in ([], ["--help"], ["-h"]):
        assert main(argv) == 0
        output = capsys.readouterr().out
        assert not [command for command in COMMANDS.values() if command.about not in output]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(capsys, name):
    assert main([name, "--help"]) == 0
    assert COMMANDS[name].about in capsys.readouterr().out


@pytest.mark.parametrize("name", ["train", "signal", "search"])
def test_the_help_of_a_run_shows_every_field_with_its_bounds(capsys, name):
    assert main([name, "--help"]) == 0
    output = " ".join(capsys.readouterr().out.split())
    assert not [field for field in SPECS if f" {field}=" not in output]
    assert not [field for field, spec in SPECS.items() if spec.rule not in output]


def test_the_help_of_list_names_the_tables(capsys):
    main(["list", "--help"])
    assert ", ".join(TABLES) in capsys.readouterr().out
