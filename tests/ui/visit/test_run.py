"""From the buttons to the engine: what is asked of it, and what stays when it forgets."""

import secrets
from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st

from playground.config import Config
from playground.engine import Command, EngineFull, UnknownJob, View
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.ui.visit import run, session
from playground.ui.visit.owner import COOKIE


class Engine:
    """Keeps what it is asked, and shows what the test says."""

    def __init__(self):
        self.views, self.configs, self.owners = {}, {}, {}
        self.asked, self.freed, self.is_full = [], [], False

    def submit(self, job, *, owner, starts_paused=False):
        if self.is_full:
            raise EngineFull("All places are taken.")
        job_id = f"job {len(self.configs) + 1}"
        self.configs[job_id], self.owners[job_id] = job.config, owner
        self.show(job_id, "paused" if starts_paused else "running", config=job.config)
        return job_id

    def show(self, job_id, status, **values):
        self.views[job_id] = View(status, "", None, TrainingSnapshot(**values), 1, self.owners[job_id])

    def view(self, job_id):
        if job_id not in self.views:
            raise UnknownJob("No longer kept.")
        return self.views[job_id]

    def command(self, job_id, command):
        self.view(job_id)
        self.asked.append((job_id, command))

    def free(self, job_id):
        self.freed.append(job_id)
        self.views.pop(job_id, None)


@pytest.fixture
def engine(monkeypatch):
    engine = Engine()
    monkeypatch.setattr(run, "current_engine", lambda: engine)
    monkeypatch.setattr(run, "FIRST_LOOK_SECONDS", 0)
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {})
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies={COOKIE: secrets.token_urlsafe()}))
    session.take_config(Config())
    run.open_run()
    return engine


def change(engine, **fields):
    session.take_config(session.current_config().replace(**fields))
    for name in fields:
        run.follow_change(name)


def test_a_visit_shows_a_preview_that_is_not_in_the_link(engine):
    assert run.view().status == "paused"
    assert (run.is_preview(), run.token()) == (True, "")


def test_train_goes_on_where_the_preview_stands(engine):
    run.train()
    assert engine.asked == [("job 1", Command.resume())]
    assert (run.is_preview(), run.token()) == (False, "job 1")


@pytest.mark.parametrize("status", ["lost", "failed", "gone"])
def test_train_starts_anew_where_the_preview_has_come_to_grief(engine, status):
    engine.show("job 1", status, config=Config())
    if status == "gone":
        engine.free("job 1")
    run.train()
    assert (engine.asked, run.is_preview(), run.token()) == ([], False, "job 2")


def test_train_again_frees_a_run_that_has_ended(engine):
    run.train()
    engine.show("job 1", "finished")
    run.train()
    assert (engine.freed, run.token()) == (["job 1"], "job 2")


@pytest.mark.parametrize("status", ["running", "queued", "paused"])
@pytest.mark.parametrize("first", [Command.one_step(), Command.one_epoch(), Command.resume()], ids=lambda it: it.name)
def test_train_goes_on_with_a_run_that_is_under_way_and_never_throws_it_away(engine, first, status):
    run.obey(first)
    engine.show("job 1", status)
    session.take_config(session.current_config().replace(noise=0.5))  # which waits for the next run
    run.train()
    assert (engine.asked, engine.freed) == ([("job 1", first), ("job 1", Command.resume())], [])
    assert run.token() == "job 1"


def test_reset_is_what_goes_back_to_step_0(engine):
    run.train()
    run.preview()
    assert (engine.freed, run.is_preview()) == (["job 1"], True)


def test_a_change_draws_the_preview_again(engine):
    change(engine, noise=0.5)
    assert (engine.freed, engine.configs["job 2"].noise) == (["job 1"], 0.5)
    assert run.is_preview()


def test_a_live_field_goes_into_the_run(engine):
    run.train()
    change(engine, learning_rate=0.5)
    assert engine.asked[1:] == [("job 1", Command.change({"learning_rate": 0.5}))]
    assert run.current_run().config == session.current_config()


def test_another_field_waits_for_the_next_run(engine):
    run.train()
    change(engine, noise=0.5)
    assert len(engine.asked) == 1
    assert run.current_run().config == Config()


def test_a_live_value_that_does_not_fit_the_run_is_not_sent(engine):
    change(engine, normalization="batch")
    run.train()
    change(engine, normalization="none")
    change(engine, batch_size=1)
    assert engine.asked == [("job 2", Command.resume())]


def test_an_ended_run_takes_no_change(engine):
    run.train()
    engine.show("job 1", "finished")
    change(engine, learning_rate=0.5)
    assert len(engine.asked) == 1


def test_a_full_engine_is_one_sentence_and_the_charts_stay(engine):
    run.train()
    engine.show("job 1", "finished")
    run.view()
    engine.is_full = True
    run.train()
    assert (run.problem(), run.current_run(), run.view()) == ("All places are taken.", None, run.GONE)
    assert run.latest_snapshot() is not None
    run.open_run()
    assert run.current_run() is None, "a page that looks again must not ask again"
    engine.is_full = False
    run.train()
    assert (run.problem(), run.token()) == ("", "job 2")


def test_an_ended_run_that_the_engine_forgot_stays_as_it_was(engine):
    run.train()
    engine.show("job 1", "finished", step=7)
    seen = run.view()
    engine.free("job 1")
    assert run.view() == seen


def test_an_open_run_that_the_engine_forgot_says_so_and_keeps_its_charts(engine):
    run.train()
    engine.show("job 1", "running", step=7)
    run.view()
    engine.free("job 1")
    seen = run.view()
    assert (seen.status, seen.message, seen.snapshot.step) == ("gone", "No longer kept.", 7)


def test_a_preview_that_the_engine_forgot_is_made_again(engine):
    run.view()
    engine.free("job 1")
    run.open_run()
    assert (run.view().status, run.is_preview()) == ("paused", True)


def test_back_draws_the_preview_again(engine):
    session.take_config(Config.parse({"noise": 0.5}))
    run.open_run()
    assert engine.configs["job 2"].noise == 0.5


def test_a_reload_finds_the_run_with_the_config_it_has(engine):
    run.train()
    trained = Config.parse({"dataset": "digits"})
    engine.show("job 1", "running", config=trained)
    st.session_state.clear()
    session.take_config(Config.parse({"dataset": "diabetes"}))
    st.query_params["run"] = "job 1"
    run.open_run()
    assert (run.token(), run.current_run().config) == ("job 1", trained)


def test_a_found_run_is_not_taken_from_the_page_that_shows_it_too(engine):
    st.session_state["run"] = replace(run.current_run(), is_preview=False, is_found=True)
    engine.show("job 1", "finished")
    run.train()
    assert (engine.freed, run.token()) == ([], "job 2")


def open_link(job_id, *, is_another=False):
    """Open the link of a run in a new session, of this browser or of another one."""
    if is_another:
        st.context.cookies[COOKIE] = secrets.token_urlsafe()
    st.session_state.clear()
    session.take_config(Config())
    st.query_params["run"] = job_id
    run.open_run()


def test_an_unknown_token_opens_a_preview_and_says_so_until_the_next_run(engine):
    open_link("job 99")
    assert (run.is_preview(), run.missed()) == (True, "No longer kept.")
    change(engine, noise=0.5)
    assert (run.is_preview(), run.missed()) == (True, "")
    open_link("job 99")
    run.train()
    assert (run.is_preview(), run.missed()) == (False, "")


def test_a_link_without_a_run_misses_none(engine):
    assert run.missed() == ""


def test_who_has_only_the_link_may_look_and_not_steer(engine):
    run.train()
    open_link("job 1", is_another=True)
    num_asked = len(engine.asked)
    assert not run.is_steered_here(run.view())
    for command in (Command.pause(), Command.resume(), Command.one_step(), Command.one_epoch(), Command.stop()):
        assert not run.obey(command)
    change(engine, learning_rate=0.5)
    assert (len(engine.asked), engine.freed, run.current_run().is_found) == (num_asked, [], True)
    run.train()
    assert (run.token(), engine.views["job 1"].status) == ("job 2", "paused")


def test_the_same_browser_steers_its_run_after_a_reload(engine):
    run.train()
    open_link("job 1")
    run.obey(Command.stop())
    assert engine.asked[-1] == ("job 1", Command.stop())


@pytest.mark.parametrize(("seed", "num_seeds", "expected"), [(3, 1, 4), (run.MAX_SEED, 1, 0), (run.MAX_SEED - 1, 2, 0)])
def test_new_seed_is_the_next_one_that_is_allowed(engine, seed, num_seeds, expected):
    session.take_config(Config(seed=seed, num_seeds=num_seeds))
    run.new_seed()
    assert session.current_config().seed == expected
    assert run.is_preview()


@pytest.mark.parametrize("command", [Command.one_step(), Command.one_epoch(), Command.stop()])
def test_a_button_is_a_command(engine, command):
    assert run.obey(command)
    assert engine.asked == [("job 1", command)]
    assert not run.is_preview()
