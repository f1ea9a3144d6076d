"""`search`: many trials of one Config, on a grid, at random, or chosen by what others have scored."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playground.cli.arguments import Arguments, UsageError
from playground.cli.command import Command, Outcome
from playground.cli.output import number, text_table

if TYPE_CHECKING:
    from playground.jobs.search.job import SearchJob

REQUIRED, METHOD = "space", "method"
BOTH = "both"  # grid and random
OTHERS = ("trials", "repeats", "cut_above")
ENOUGH_FOR_WORKERS = 30_000  # updates of networks; fewer are done before workers have started


def run(arguments: Arguments) -> Outcome:
    """Train every trial; those that diverge are results too, and so is what there is at Ctrl-C."""
    from playground.cli.given import given_values, name_unused
    from playground.config import Config
    from playground.fields import SPECS
    from playground.jobs.search.job import SearchJob
    from playground.train.search.methods import USUAL
    from playground.train.search.space import EXAMPLE, parse_space

    given = given_values(arguments, own=(REQUIRED, METHOD, *OTHERS))
    if REQUIRED not in given:
        raise UsageError(f"{REQUIRED}: needs a value, such as {REQUIRED}={EXAMPLE}, but none came.")
    space = parse_space(given[REQUIRED])
    config = Config.parse({name: value for name, value in given.items() if name in SPECS})
    methods = _methods(given[METHOD]) if METHOD in given else USUAL
    job = SearchJob.parse(config, space, {**given, "methods": methods})
    name_unused(config, arguments, given, _unused(job))
    _say_size(job)

    from playground.cli.run_job import run_job

    last = run_job(job, on_engine=job.num_updates >= ENOUGH_FOR_WORKERS, can_stop=True)
    if last.message:
        print(last.message, file=sys.stderr)

    from playground.jobs.search.result import search_result
    from playground.train.ending import STOPPED

    result = search_result(job, last)
    return Outcome(result, summary(job, result), was_interrupted=last.status == STOPPED)


def _methods(text: str) -> tuple[str, ...]:
    from playground.jobs.search.settings import SEARCH_SPECS
    from playground.train.search.methods import USUAL, checked_methods

    return USUAL if text == BOTH else checked_methods(METHOD, SEARCH_SPECS["methods"], text)


def _unused(job: "SearchJob") -> dict[str, str]:
    """Fields without effect in every trial, each with the reason.

    Raises:
        ConfigError: where no trial of the first repeat can be trained.
    """
    from playground.parsing import ConfigError
    from playground.rules import has_folds, unused_fields
    from playground.train.search.methods import USUAL
    from playground.train.search.plan import plan_known
    from playground.train.search.trials import checked_configs

    known = plan_known(job.plan(0)) or replace(job, methods=USUAL).plan(0)
    checked = list(checked_configs(known, job.config))
    reasons = [unused_fields(config) for config in checked if not isinstance(config, ConfigError)]
    if not reasons:
        raise next(config for config in checked if isinstance(config, ConfigError))
    common = {name: reason for name, reason in reasons[0].items() if all(name in other for other in reasons)}
    fields = [axis.field for axis in job.space]
    for name in fields:
        if name in common:
            print(f"{name}: searched, but without effect. {common.pop(name)}", file=sys.stderr)
    return {
        **common,
        "num_seeds": "Each trial is one run; repeats=K makes several.",
        **({"fold": "Each trial is trained once for each fold."} if has_folds(job.config) else {}),
        **dict.fromkeys(fields, "The search sets it."),
    }


def _say_size(job: "SearchJob") -> None:
    """Name the size of a grid that does not use all trials."""
    from playground.jobs.search.remarks import levels_text

    if job.levels and (size := job.counts["grid"]) != job.trials:
        others = job.methods[1:]
        also = ", and random gets as many" if others == ("random",) else ", and the others as many epochs"
        print(
            f"trials: a grid of {levels_text(job)} takes {size} of the {job.trials}{also if others else ''}.",
            file=sys.stderr,
        )


def summary(job: "SearchJob", result: dict[str, Any]) -> str:
    """The best trial of each method, the borders and the speed."""
    from playground.jobs.search.remarks import border_note
    from playground.train.search.border import NONE

    fields = [axis.field for axis in job.space]
    rows = []
    for method, best in result["best"].items():
        trials = [trial for trial in result["trials"] if trial["method"] == method]
        if trials:
            without = sum(trial["val_loss"] is None for trial in trials)
            scores = [None] * 2 if best is None else [best["val_loss"], best["val_accuracy"]]
            values = [None] * len(fields) if best is None else [best["params"].get(name) for name in fields]
            rows.append([method, len(trials), without, *scores, *values])
    lines = [text_table(["best", "trials", "no score", "val_loss", "val_accuracy", *fields], rows)]
    lines += [border_note(name, end) for name, end in result["border"].items() if end != NONE]
    lines += result["remarks"]
    speed = f"{number(result['trials_per_second'])} trials/s"
    return "\n".join([*lines, "", f"{len(result['trials'])} trials, {result['seconds']:.1f} s, {speed}"])


def details() -> str:
    from playground.cli.field_help import field_lines, fields_help
    from playground.jobs.search.job import SearchJob
    from playground.jobs.search.settings import SEARCH_SPECS
    from playground.train.search.methods import USUAL
    from playground.train.search.space import EXAMPLE, MOST_AXES

    lines = [
        "",
        f"  {REQUIRED}={EXAMPLE}",
        f"      1 to {MOST_AXES} fields, each a range (:log for an even search of its logarithm) or a choice.",
        "      momentum@optimizer=adam|momentum:0.5..0.95 is tried only with these optimizers.",
    ]
    methods = SEARCH_SPECS["methods"]
    about_both = f"{methods.help} {BOTH} is {','.join(USUAL)}."
    lines += field_lines(METHOD, replace(methods, help=about_both), BOTH)
    lines += [line for name in OTHERS for line in field_lines(name, SEARCH_SPECS[name], getattr(SearchJob, name))]
    return "\n".join([*lines, fields_help()])


COMMAND = Command(
    name="search",
    usage="[KEY=VALUE ...] space=FIELD:LOW..HIGH[:log],FIELD:NAME|NAME [method=both] [trials=25] [repeats=1] "
    "[cut_above=3] [--json FILE]",
    about="Looks for good values on a grid and at random, such as: search dataset=digits "
    "space=learning_rate:1e-4..1:log,weight_decay:1e-6..1e-1:log. Ctrl-C ends it with the trials so far.",
    run=run,
    details=details,
)
