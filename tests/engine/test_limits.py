from playground.engine.limits import Limits, usable_cores
from playground.settings import SETTINGS, variable


def test_defaults_let_thirty_sessions_run_two_jobs_each():
    limits = Limits.from_environment({})
    assert limits.num_workers == usable_cores()
    assert limits.jobs_per_session == 4
    assert limits.max_jobs >= 30 * limits.jobs_per_session


def test_the_environment_sets_what_an_engine_takes_on():
    limits = Limits.from_environment({variable("max_jobs"): "7", variable("access_code"): "chalk and cheese"})
    assert limits == Limits(max_jobs=7)


def test_every_number_among_the_settings_is_a_limit():
    numbers = {name for name, setting in SETTINGS.items() if not setting.is_text}
    assert numbers <= set(vars(Limits()))
    assert all(getattr(Limits(), name) == SETTINGS[name].default for name in numbers)
