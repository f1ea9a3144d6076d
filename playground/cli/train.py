"""`train`: one run, or the same settings from several seeds."""

from typing import TYPE_CHECKING, Any

from playground.cli.arguments import Arguments, UsageError, quoted
from playground.cli.command import Command, Outcome
from playground.cli.output import number, text_table

if TYPE_CHECKING:
    from playground.config import Config
    from playground.jobs.training.seed_scores import SeedScores

SPLITS = ("train", "val", "test")
AGAINST = "--against"
MAX_RESULT = 100_000_000  # bytes; a result of many seeds and epochs is long


def run(arguments: Arguments) -> Outcome:
    """Train to the end; a run that diverges is a result too."""
    from playground.cli.given import given_values, name_unused
    from playground.config import Config

    values = given_values(arguments)
    config = Config.parse(values)
    earlier = _earlier(arguments.options[AGAINST], config) if AGAINST in arguments.options else None
    name_unused(config, arguments, values)

    from playground.cli.run_job import run_job
    from playground.jobs.training.job import TrainJob

    result = run_job(TrainJob(config, earlier)).result
    return Outcome(result, summary(result))


def _earlier(path: str, config: "Config") -> "SeedScores":
    """The run of several seeds in a file, which one of this Config can be compared with.

    Raises:
        UsageError: if there is none.
    """
    from playground.cli.given import json_file
    from playground.jobs.training.seed_scores import SeedScores, why_not_comparable

    try:
        earlier = SeedScores.of_result(json_file(path, AGAINST, MAX_RESULT))
    except UsageError:
        raise
    except ValueError as error:
        raise UsageError(f"{AGAINST}: {quoted(path)} must be what `train --json` wrote, but {error}.") from None
    if reason := why_not_comparable(earlier, config):
        raise UsageError(f"{AGAINST}: {reason}")
    return earlier


def summary(result: dict[str, Any]) -> str:
    """The final numbers, the best epoch, what has to be known to read them, and the speed."""
    from playground.jobs.training.remarks import SeenRun, remarks

    lines = [f"{result['status']}  {result['message']}".rstrip(), ""]
    if "runs" in result:
        lines += _of_seeds(result)
        lines += ["", result["against"]["sentence"]] if "against" in result else []
    else:
        best = result["best"]
        accuracy = "" if best["val_accuracy"] is None else f", accuracy {number(best['val_accuracy'])}"
        lines += [
            _scores(result["final"]),
            "",
            f"best epoch {best['epoch']}: validation loss {number(best['val_loss'])}{accuracy}",
        ]
    lines += _kept(result) + _balance(result)
    for remark in remarks(SeenRun.of_result(result)):
        lines += ["", remark]
    speed = f"{result['seconds']:.1f} s, {result['steps_per_second']:.0f} steps/s"
    return "\n".join([*lines, f"{result['num_parameters']} parameters, {speed}"])


def _of_seeds(result: dict[str, Any]) -> list[str]:
    from playground.jobs.training.survivors import survivors

    number_of_runs, kept = len(result["runs"]), len(survivors([run["status"] for run in result["runs"]]))
    if not kept:
        return []
    which = "" if kept == number_of_runs else f"{kept} of "
    spread = "mean and standard deviation" if kept > 1 else "without a spread"
    return [f"{which}{number_of_runs} runs, {spread}", _scores(result["mean"], result["std"])]


def _kept(result: dict[str, Any]) -> list[str]:
    """Which weights the final numbers are of, where they are not the last ones."""
    epochs = [run["kept_epoch"] for run in result.get("runs", [result])]
    if epochs[0] is None:
        return []
    whose = f"epoch {epochs[0]}, the best" if len(epochs) == 1 else "each run's best epoch"
    return [f"final numbers: weights of {whose}"]


def _balance(result: dict[str, Any]) -> list[str]:
    from playground.config import Config
    from playground.jobs.training.class_balance import balance_sentence, is_told

    if "runs" in result or not is_told(Config.parse(result["config"])):
        return []
    return [balance_sentence(result["class_accuracies"]["test"], "test")]


def _scores(values: dict[str, float | None], spread: dict[str, float | None] | None = None) -> str:
    kinds = [kind for kind in ("loss", "accuracy") if values[f"train_{kind}"] is not None]

    def cell(name: str) -> str:
        return number(values[name]) if spread is None else f"{number(values[name])} ± {number(spread[name])}"

    return text_table(["", *kinds], [[split, *(cell(f"{split}_{kind}") for kind in kinds)] for split in SPLITS])


def details() -> str:
    from playground.cli.field_help import fields_help

    return fields_help()


COMMAND = Command(
    name="train",
    usage="[KEY=VALUE ...] [--json FILE] [--config FILE.json] [--link URL] [--against FILE.json]",
    about="Trains a network, such as: train dataset=digits hidden_sizes=64,64. num_seeds=K gives mean and spread.",
    run=run,
    details=details,
    options={AGAINST: "say whether this differs by more than seed noise from an earlier result; both need num_seeds."},
)
