import pytest

from playground.engine.limits import VARIABLES, Limits, usable_cores


def test_defaults_let_thirty_sessions_run_two_jobs_each():
    limits = Limits.from_environment({})
    assert limits.num_workers == usable_cores()
    assert limits.jobs_per_session == 4
    assert limits.max_jobs >= 30 * limits.jobs_per_session


@pytest.mark.parametrize("variable", VARIABLES)
def test_each_variable_sets_its_field(variable):
    name, lowest, highest = VARIABLES[variable]
    assert getattr(Limits.from_environment({variable: "7"}), name) == 7
    assert getattr(Limits.from_environment({variable: str(lowest)}), name) == lowest
    assert getattr(Limits.from_environment({variable: f" {highest} "}), name) == highest
    assert Limits.from_environment({variable: ""}) == Limits()


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("text", ["two", "-1", "1.5", "1e3", "99999999", "9" * 5000, "٣"])
def test_a_bad_value_is_refused_with_its_rule(variable, text):
    with pytest.raises(ValueError, match=rf"{variable} must be a whole number from \d+ to \d+, got '"):
        Limits.from_environment({variable: text})


@pytest.mark.parametrize("variable", [name for name, (_, lowest, _) in VARIABLES.items() if lowest > 0])
def test_zero_is_refused_where_it_would_stop_everything(variable):
    with pytest.raises(ValueError, match="got '0'"):
        Limits.from_environment({variable: "0"})
