"""Jobs of the command line on an engine."""

import pytest

from playground.cli.arguments import UsageError
from playground.cli.main import main
from playground.cli.on_engine import last_snapshot
from playground.cli.run_job import run_job
from playground.engine import View
from playground.jobs.job import Snapshot
from playground.jobs.search.job import SearchJob
from playground.train.search.space import parse_space
from tests.aids.training import tiny


def test_a_search_gives_the_same_on_an_engine(monkeypatch, capsys):
    monkeypatch.setenv("PLAYGROUND_WORKERS", "2")
    job = SearchJob(tiny(), parse_space("learning_rate:1e-3..1:log,weight_decay:1e-6..1e-2:log"), trials=4)
    snapshot = run_job(job, on_engine=True)
    assert snapshot.trials == run_job(job).trials
    assert (snapshot.status, snapshot.fraction) == ("finished", 1.0)
    assert capsys.readouterr().err == ""


def test_an_unknown_engine_is_bad_input(monkeypatch, capsys):
    monkeypatch.setenv("PLAYGROUND_ENGINE", "rya")
    assert main(["train", "num_epochs=1"]) == 2
    assert capsys.readouterr().err == (
        "PLAYGROUND_ENGINE: unknown engine 'rya'. Did you mean 'ray'? Known: local, ray.\n"
    )


@pytest.mark.parametrize("status", ["finished", "diverged", "refused"])
def test_how_a_job_says_that_it_ended_is_its_result(status):
    snapshot = Snapshot(status, "Why.")
    assert last_snapshot(View(status, "Why.", None, snapshot, 1)) is snapshot


def test_a_divided_job_may_be_refused_though_each_part_has_finished():
    snapshot = Snapshot("refused", "Why.")
    assert last_snapshot(View("finished", "Why.", None, snapshot, 1)) is snapshot


@pytest.mark.parametrize(
    ("status", "error"), [("refused", UsageError), ("failed", RuntimeError), ("lost", RuntimeError)]
)
@pytest.mark.parametrize("snapshot", [None, Snapshot("running")])
def test_what_ended_a_job_from_outside_is_an_error(status, error, snapshot):
    with pytest.raises(error, match=r"^Why\.$"):
        last_snapshot(View(status, "Why.", None, snapshot, 1))


@pytest.mark.parametrize("snapshot", [None, Snapshot("running")])
def test_a_job_that_was_stopped_before_all_of_it_had_begun_has_no_result(snapshot):
    with pytest.raises(KeyboardInterrupt):
        last_snapshot(View("stopped", "", None, snapshot, 1))
