"""`train`: results, and every row of every table on one command."""

import json

import pytest
from scipy import stats

from playground.catalog import TABLES
from playground.cli.main import main
from playground.cli.train import SPLITS
from playground.fields import SPECS
from playground.jobs.paths.settings import PATH_SPECS
from playground.jobs.repeated_search.job import SURFACE_SPECS
from playground.jobs.search.settings import SEARCH_SPECS
from playground.train.history import COLUMNS

TINY = ["num_samples=60", "num_epochs=2", "batch_size=10", "hidden_sizes=4,4", "device=cpu"]

# What a row needs around it.
SURROUNDINGS = {
    "architectures": ["dataset=digits", "conv_channels=2"],
    "poolings": ["dataset=digits", "architecture=conv", "conv_channels=2"],
    "augmentations": ["dataset=digits"],
}


def train(capsys, *argv, status=0):
    assert main(["train", *argv, "--json", "-"]) == status
    return json.loads(capsys.readouterr().out)


CHOICES = [(name, row) for name, spec in SPECS.items() if spec.table is not None for row in spec.table]


@pytest.mark.parametrize(("field", "row"), CHOICES, ids=lambda part: part)
def test_every_row_trains_on_one_command(capsys, field, row):
    around = SURROUNDINGS.get(SPECS[field].table.name, [])
    result = train(capsys, *TINY, *around, f"{field}={row}")
    assert result["status"] == "finished"
    assert row in (result["config"][field], *result["config"][field])
    assert result["history"]["train_loss"][-1] is not None


def test_every_table_has_a_field_that_chooses_from_it():
    specs = [spec for specs in (SPECS, PATH_SPECS, SEARCH_SPECS, SURFACE_SPECS) for spec in specs.values()]
    assert {spec.table.name for spec in specs if spec.table is not None} == set(TABLES)


def test_the_result_has_the_promised_shape(capsys):
    result = train(capsys, *TINY)
    assert {"config", "status", "num_parameters", "history", "final", "best", "layers", "seconds"} <= set(result)
    assert result["steps_per_second"] > 0
    assert set(result["config"]) == set(SPECS)
    assert list(result["history"]) == list(COLUMNS)
    assert {len(column) for column in result["history"].values()} == {3}  # before the first update, and two epochs
    assert result["history"]["step"] == [0, 3, 6]
    assert result["history"]["epoch"] == [0, 1, 2]
    assert set(result["final"]) == {f"{split}_{kind}" for split in SPLITS for kind in ("loss", "accuracy")}
    assert set(result["best"]) == {"epoch", "val_loss", "val_accuracy"}
    assert [layer["name"] for layer in result["layers"]] == ["hidden 1", "hidden 2", "output"]
    assert set(result["layers"][0]) == {"name", "mean", "std", "dead", "saturated", "grad_norm", "update_ratio"}
    assert result["num_parameters"] == (2 * 4 + 4) + (4 * 4 + 4) + (4 * 2 + 2)


def test_regression_has_no_accuracy(capsys):
    result = train(capsys, *TINY, "dataset=plane")
    assert set(result["history"]["val_accuracy"]) == {None}
    assert result["final"]["val_accuracy"] is None


def test_seeds_give_runs_with_mean_and_spread(capsys):
    result = train(capsys, *TINY, "num_seeds=3", "seed=5")
    losses = [run["final"]["val_loss"] for run in result["runs"]]
    assert [run["config"]["seed"] for run in result["runs"]] == [5, 6, 7]
    assert result["mean"]["val_loss"] == pytest.approx(sum(losses) / 3)
    assert result["std"]["val_loss"] == pytest.approx((sum((x - sum(losses) / 3) ** 2 for x in losses) / 2) ** 0.5)


SEVERAL = [*TINY, "num_seeds=3"]


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """File with the result of several seeds."""
    path = tmp_path_factory.mktemp("earlier") / "run.json"
    assert main(["train", *SEVERAL, "--json", str(path)]) == 0
    return path


def test_two_settings_are_compared_with_the_noise_of_their_seeds(capsys, earlier):
    result = train(capsys, *SEVERAL, "dropout=0.5", "--against", str(earlier))
    scores = [[run["final"]["val_accuracy"] for run in r["runs"]] for r in (result, json.loads(earlier.read_text()))]
    assert result["against"]["p_value"] == pytest.approx(stats.ttest_ind(*scores, equal_var=False).pvalue)
    assert main(["train", *SEVERAL, "dropout=0.5", "--against", str(earlier)]) == 0
    assert result["against"]["sentence"] in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("argv", "text", "message"),
    [
        (SEVERAL, None, "--against: cannot read '"),
        (SEVERAL, "{", "is not JSON"),
        (SEVERAL, "[1]", "must be what `train --json` wrote, but it is not a result of train."),
        (SEVERAL, '{"config": {}}', "must be what `train --json` wrote, but it is not a result of train."),
        (SEVERAL, '{"config": {"no_such": 1}}', "must be what `train --json` wrote, but no_such"),
        ([*SEVERAL, "dataset=digits"], "", "--against: The data sets must be the same"),
        (TINY, "", "--against: This run must be of several seeds"),
        (SEVERAL, "", "--against: The settings must differ"),
    ],
    ids=lambda part: str(part)[-40:],
)
def test_a_file_that_cannot_be_compared_with_is_refused_in_one_line(capsys, tmp_path, earlier, argv, text, message):
    path = tmp_path / "bad.json" if text != "" else earlier
    if text:
        path.write_text(text)
    assert main(["train", *argv, "--against", str(path)]) == 2
    output = capsys.readouterr()
    assert output.out == "" and output.err.count("\n") == 1 and message in output.err


def test_one_seed_cannot_be_compared_with(capsys, tmp_path):
    path = tmp_path / "one.json"
    assert main(["train", *TINY, "--json", str(path)]) == 0
    assert main(["train", *SEVERAL, "dropout=0.5", "--against", str(path)]) == 2
    assert "--against: The earlier run must be of several seeds" in capsys.readouterr().err


def test_equal_settings_give_equal_results(capsys):
    first, second = (train(capsys, *TINY, "dropout=0.2") for _ in range(2))
    for key in ("history", "final", "best", "layers"):
        assert json.dumps(first[key]) == json.dumps(second[key])


def test_a_run_that_diverges_is_a_result(capsys):
    result = train(capsys, "learning_rate=1e6")
    assert result["status"] == "diverged"
    assert "step" in result["message"]


def test_a_run_that_stops_early_says_so(capsys):
    result = train(capsys, "num_samples=60", "num_epochs=200", "optimizer=sgd", "learning_rate=1", "early_stopping=1")
    assert result["status"] == "stopped"
    assert len(result["history"]["epoch"]) < 200


@pytest.mark.parametrize(("extra", "line"), [
    (["keep_best=true"], "final numbers: weights of epoch "),
    (["keep_best=true", "num_seeds=2"], "final numbers: weights of each run's best epoch"),
    (["imbalance=2"], "Balanced test accuracy, where each class counts the same: "),
    (["dataset=diabetes", "imbalance=2"], ""),
], ids=str)  # fmt: skip
def test_a_summary_says_what_its_numbers_are_of(capsys, extra, line):
    assert main(["train", *TINY, *extra]) == 0
    output = capsys.readouterr().out
    assert line in output
    assert ("weights of" in output, "Balanced" in output) == ("weights" in line, "Balanced" in line)


def test_fields_without_effect_are_named_and_it_still_trains(capsys):
    assert main(["train", *TINY, "optimizer=sgd", "momentum=0.5", "beta2=0.5", "--json", "-"]) == 0
    output = capsys.readouterr()
    assert [line.split(":")[0] for line in output.err.splitlines()] == ["momentum", "beta2"]
    assert json.loads(output.out)["status"] == "finished"


@pytest.mark.parametrize("extra", [[], ["dataset=plane"], ["num_seeds=2"], ["learning_rate=1e6"]], ids=str)
def test_a_person_reads_a_short_summary(capsys, extra):
    assert main(["train", *TINY, *extra]) == 0
    output = capsys.readouterr().out
    assert output.split()[0] in ("finished", "diverged")
    assert "val" in output and "steps/s" in output
    assert len(output.splitlines()) < 12


def test_no_settings_learn_the_spiral(capsys):
    assert train(capsys)["final"]["val_accuracy"] > 0.95


def test_digits_are_learned(capsys):
    assert train(capsys, "dataset=digits", "hidden_sizes=64,64")["final"]["val_accuracy"] >= 0.97


@pytest.mark.parametrize(("dataset", "accuracy"), [("iris", 0.9), ("wine", 0.9), ("breast_cancer", 0.9)])
def test_tables_are_learned(capsys, dataset, accuracy):
    assert train(capsys, f"dataset={dataset}")["final"]["val_accuracy"] >= accuracy


def test_diabetes_is_predicted_better_than_by_the_mean(capsys):
    final = train(capsys, "dataset=diabetes")["final"]
    assert final["val_loss"] < 0.9  # the mean of the targets has 1
