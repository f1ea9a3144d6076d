"""`signal` on the command line."""

import json

from playground.cli.main import main


def signal(capsys, *argv):
    assert main(["signal", *argv, "--json", "-"]) == 0
    output = capsys.readouterr()
    return json.loads(output.out), output.err


def test_a_row_for_each_hidden_layer(capsys):
    result, errors = signal(capsys, "samples=50", "width=20", "depth=3", "activation=relu")
    assert [layer["name"] for layer in result["layers"]] == ["hidden 1", "hidden 2", "hidden 3"]
    assert list(result["layers"][0]) == ["name", "mean", "std", "saturated", "dead", "grad_norm"]
    assert errors == ""


def test_a_person_reads_a_table(capsys):
    assert main(["signal", "samples=50", "width=20", "depth=3"]) == 0
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[-3:]] == [
        ["hidden", "1"],
        ["hidden", "2"],
        ["hidden", "3"],
    ]


def test_what_only_training_reads_is_named(capsys):
    tiny = ["samples=50", "width=20", "depth=2"]
    _, errors = signal(capsys, *tiny, "learning_rate=0.1", "hidden_sizes=3", "noise=0.3")
    assert sorted(line.split(":")[0] for line in errors.splitlines()) == ["hidden_sizes", "learning_rate", "noise"]
    _, errors = signal(capsys, *tiny, "input=data", "noise=0.3", "loss=hinge", "seed=2")
    assert errors == ""
