"""The progress bar."""

from playground.cli.progress import bar, duration
from playground.cli.run_job import run_job
from playground.jobs.training.job import TrainJob
from tests.aids.training import tiny


def test_the_bar_shows_the_share_and_the_time_left():
    assert bar(0.5, 200.0) == f"[{'#' * 15}{'.' * 15}]  50%  3 min 20 s left"
    assert bar(0.0, None) == f"[{'.' * 30}]   0%"


def test_a_duration_is_short():
    assert [duration(seconds) for seconds in (0.4, 59, 61)] == ["0 s", "59 s", "1 min 1 s"]


def test_a_job_runs_to_its_end_in_silence_when_nobody_watches(capsys):
    snapshot = run_job(TrainJob(tiny()))
    assert (snapshot.status, snapshot.fraction) == ("finished", 1.0)
    assert capsys.readouterr().err == ""
