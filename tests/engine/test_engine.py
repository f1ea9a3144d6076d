"""The engine with real worker processes."""

import os
import pickle
import time

import pytest
from plain_jobs import AskJob, CountJob, FailingJob, HeavyJob, RefusedJob, UnpicklableJob, VanishingJob
from waiting import wait_until

from playground.engine import Command, Engine, EngineFull, UnknownJob


def status_of(engine, job_id):
    return engine.view(job_id).status


def step_of(engine, job_id):
    snapshot = engine.view(job_id).snapshot
    return 0 if snapshot is None else snapshot.step


def wait_for(engine, job_id, status):
    wait_until(lambda: status_of(engine, job_id) == status)
    return engine.view(job_id)


def run_to_pause(engine, job_id, command):
    """The view once the command is obeyed."""
    engine.command(job_id, command)
    return wait_for(engine, job_id, "paused")


def test_a_job_runs_to_its_end(engine):
    job_id = engine.submit(CountJob(num_steps=50), owner="a")
    view = wait_for(engine, job_id, "finished")
    assert (view.snapshot.step, view.message, view.place) == (50, "", None)


def test_a_job_that_starts_paused_shows_its_first_snapshot_and_takes_no_step(engine):
    job_id = engine.submit(CountJob(), owner="a", starts_paused=True)
    assert wait_for(engine, job_id, "paused").snapshot.step == 0
    assert run_to_pause(engine, job_id, Command.one_step()).snapshot.step == 1


def test_ids_cannot_be_guessed(engine):
    ids = {engine.submit(CountJob(num_steps=1), owner="a") for _ in range(10)}
    assert len(ids) == 10
    assert min(map(len, ids)) >= 22  # 16 bytes


def test_the_version_grows_and_a_snapshot_is_decoded_once(engine):
    job_id = engine.submit(CountJob(), owner="a")
    wait_until(lambda: step_of(engine, job_id) > 0)
    seen = [engine.view(job_id)]
    wait_until(lambda: seen.append(engine.view(job_id)) or seen[-1].version > seen[0].version + 1)
    versions = [view.version for view in seen]
    assert versions == sorted(versions)
    by_version = {}
    assert all(by_version.setdefault(view.version, view.snapshot) is view.snapshot for view in seen)


def test_five_jobs_of_one_worker_share_it_within_a_factor_of_two(engine):
    jobs = [engine.submit(CountJob(), owner=f"session {number}") for number in range(5)]
    for job_id in jobs:
        wait_until(lambda job_id=job_id: step_of(engine, job_id) and engine.view(job_id).snapshot.seconds >= 0.25)
    for job_id in jobs:
        engine.command(job_id, Command.pause())
    seconds = [wait_for(engine, job_id, "paused").snapshot.seconds for job_id in jobs]
    assert max(seconds) <= 2 * min(seconds)


def test_a_long_job_does_not_block_a_short_one(engine):
    long = engine.submit(CountJob(), owner="a")
    short = engine.submit(CountJob(num_steps=20), owner="b")
    wait_for(engine, short, "finished")
    assert status_of(engine, long) == "running"


def test_jobs_go_to_the_worker_with_the_fewest(make_engine):
    engine = make_engine(workers=2)
    heavy = engine.submit(HeavyJob(3600.0), owner="a")  # blocks its worker for longer than anyone waits
    wait_until(lambda: engine.view(heavy).snapshot)
    for _ in range(3):  # each ends before the next comes, so the other worker always has fewer
        wait_for(engine, engine.submit(CountJob(num_steps=5), owner="b"), "finished")


def test_pause_resume_step_epoch_change_and_stop(engine):
    job_id = engine.submit(CountJob(steps_per_epoch=100), owner="a")
    wait_until(lambda: step_of(engine, job_id) > 0)
    paused = run_to_pause(engine, job_id, Command.pause())
    assert paused.status == "paused"
    stepped = run_to_pause(engine, job_id, Command.one_step())
    assert stepped.snapshot.step == paused.snapshot.step + 1
    epoch = run_to_pause(engine, job_id, Command.one_epoch())
    assert epoch.snapshot.step % 100 == 0
    assert 0 < epoch.snapshot.step - stepped.snapshot.step <= 100
    changed = run_to_pause(engine, job_id, Command.change({"stride": 7}))
    assert (changed.status, changed.snapshot.stride, changed.snapshot.step) == ("paused", 7, epoch.snapshot.step)
    engine.command(job_id, Command.resume())
    wait_until(lambda: step_of(engine, job_id) > epoch.snapshot.step)
    engine.command(job_id, Command.stop())
    assert wait_for(engine, job_id, "stopped").snapshot.step > epoch.snapshot.step


def test_a_refused_change_is_said_and_the_job_goes_on(engine):
    job_id = engine.submit(CountJob(), owner="a")
    engine.command(job_id, Command.change({"stride": "x"}))
    wait_until(lambda: engine.view(job_id).message == "stride must be a whole number, got 'x'.")
    step = step_of(engine, job_id)
    wait_until(lambda: step_of(engine, job_id) > step)
    assert status_of(engine, job_id) == "running"


@pytest.mark.parametrize(
    ("job", "status", "message"),
    [
        (RefusedJob("X must be positive."), "refused", "X must be positive."),
        (FailingJob(), "failed", "An error in the program ended this run (RuntimeError); the server's log says more."),
        (UnpicklableJob(), "failed", "An error in the program ended this run ("),
        (VanishingJob(), "failed", "An error in the program ended this run (ImportError)"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_job_that_breaks_says_so_in_one_sentence_and_the_worker_goes_on(make_engine, capfd, job, status, message):
    engine = make_engine()
    pids = engine.worker_pids
    view = wait_for(engine, engine.submit(job, owner="a"), status)
    assert view.message.startswith(message)
    assert "\n" not in view.message
    wait_for(engine, engine.submit(CountJob(num_steps=1), owner="a"), "finished")
    assert engine.worker_pids == pids
    assert ("Traceback" in capfd.readouterr().err) == (status == "failed")


def test_a_worker_is_nice_and_single_threaded_and_survives_a_missing_preload(make_engine):
    engine = make_engine(preload=("no_such_module", "wave:no_such_function", "plain_jobs:warm_up"))
    view = wait_for(engine, engine.submit(AskJob(), owner="a"), "finished")
    niceness = min(os.nice(0) + 10, 19) if hasattr(os, "nice") else None
    assert view.message == f"nice {niceness}, threads 1, preloaded True, warm-ups 1"


def test_workers_find_the_project_from_any_folder(make_engine, tmp_path, monkeypatch):
    (tmp_path / "queue.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    engine = make_engine()
    wait_for(engine, engine.submit(CountJob(num_steps=1), owner="a"), "finished")


def test_an_unknown_job_is_said_in_one_sentence(engine):
    job_id = engine.submit(CountJob(), owner="a")
    engine.free(job_id)
    engine.free(job_id)
    for ask in (engine.view, lambda job_id: engine.command(job_id, Command.pause())):
        with pytest.raises(UnknownJob, match="no longer kept"):
            ask(job_id)


def test_a_session_has_so_many_jobs_and_finished_ones_do_not_count(make_engine):
    engine = make_engine(jobs_per_session=2)
    first, _ = (engine.submit(CountJob(), owner="a") for _ in range(2))
    with pytest.raises(EngineFull, match=r"2 unfinished runs.*stop one"):
        engine.submit(CountJob(), owner="a")
    engine.submit(CountJob(), owner="b")
    engine.command(first, Command.stop())
    wait_for(engine, first, "stopped")
    engine.submit(CountJob(), owner="a")


def test_a_full_house_gives_a_place_and_then_refuses(make_engine):
    engine = make_engine(max_jobs=1, queue_length=2)
    first, second, third = (engine.submit(CountJob(), owner=name) for name in "abc")
    assert [engine.view(job_id).place for job_id in (first, second, third)] == [None, 1, 2]
    assert [status_of(engine, job_id) for job_id in (second, third)] == ["queued", "queued"]
    with pytest.raises(EngineFull, match=r"1 runs? may.*2 may wait.*try again"):
        engine.submit(CountJob(), owner="d")
    engine.free(first)
    assert status_of(engine, second) == "running"
    assert engine.view(third).place == 1
    engine.command(second, Command.stop())
    wait_for(engine, third, "running")


def test_commands_to_a_queued_job_are_kept_and_stop_takes_it_out(make_engine):
    engine = make_engine(max_jobs=1)
    first, second, third = (engine.submit(CountJob(), owner=name) for name in "abc")
    engine.command(third, Command.pause())
    engine.command(second, Command.stop())
    assert status_of(engine, second) == "stopped"
    assert engine.view(third).place == 1
    engine.free(first)
    assert wait_for(engine, third, "paused").snapshot.step == 0


def version_now(engine, job_id):
    """Without looking, which would renew the lease."""
    return engine._ledger._submissions[job_id].version


def wait_for_rest(engine, job_id):
    wait_until(lambda: engine._ledger._leases.is_resting(job_id))
    before = [version_now(engine, job_id), time.monotonic()]

    def is_still():
        if version_now(engine, job_id) != before[0]:
            before[:] = version_now(engine, job_id), time.monotonic()
        return time.monotonic() - before[1] > 0.6  # thrice the time between two snapshots

    wait_until(is_still)


def test_an_unseen_job_rests_and_goes_on_when_seen_again(make_engine):
    engine = make_engine(pause_after=0.3, free_after=60.0)
    running = engine.submit(CountJob(), owner="a")
    paused = engine.submit(CountJob(), owner="a")
    engine.command(paused, Command.pause())
    wait_for(engine, paused, "paused")
    wait_for_rest(engine, running)
    view = engine.view(running)
    assert view.status == "running"  # for whoever looks it runs
    wait_until(lambda: step_of(engine, running) > view.snapshot.step)
    assert engine.view(paused).status == "paused"


def test_an_unseen_job_makes_room_and_then_is_freed(make_engine):
    engine = make_engine(pause_after=0.2, free_after=1.0, max_jobs=1)
    unseen, seen = (engine.submit(CountJob(), owner=name) for name in "ab")
    wait_for(engine, seen, "running")
    wait_until(lambda: unseen not in engine._ledger._submissions)
    with pytest.raises(UnknownJob):
        engine.view(unseen)


def test_an_unseen_finished_job_is_freed(make_engine):
    engine = make_engine(pause_after=0.1, free_after=0.3)
    job_id = engine.submit(CountJob(num_steps=1), owner="a")
    wait_until(lambda: job_id not in engine._ledger._submissions)


def test_an_unseen_queued_job_lets_others_pass(make_engine):
    engine = make_engine(pause_after=0.3, free_after=60.0, max_jobs=1)
    first, unseen, seen = (engine.submit(CountJob(), owner=name) for name in "abc")
    wait_until(lambda: engine.view(first) and engine.view(seen) and engine._ledger._leases.is_resting(unseen))
    engine.free(first)
    assert status_of(engine, seen) == "running"
    assert engine.view(unseen).place == 1


def test_a_job_that_cannot_be_pickled_is_the_callers_error(engine):
    with pytest.raises((pickle.PicklingError, AttributeError, TypeError)):
        engine.submit(CountJob(work=lambda seconds: None), owner="a")


def test_stop_twice_or_before_start_is_harmless(engine):
    Engine().stop()
    engine.stop()
    engine.stop()
