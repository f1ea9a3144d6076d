"""The settings that the environment may give, and what the README says of them."""

import re

import pytest

from playground.settings import SETTINGS, given, variable

NUMBERS = [name for name, setting in SETTINGS.items() if not setting.is_text]
ACCESS_CODE = variable("access_code")


@pytest.mark.parametrize("name", NUMBERS)
def test_each_variable_gives_its_setting(name):
    setting = SETTINGS[name]
    for number in (setting.low, setting.high):
        assert given({variable(name): f" {number} "}) == {name: number}
    assert given({variable(name): ""}) == {}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["two", "-1", "1.5", "1e3", "9999999999", "9" * 5000, "٣"])
def test_a_bad_number_is_refused_with_its_rule(name, text):
    with pytest.raises(ValueError, match=rf"{variable(name)} must be a whole number from \d+ to \d+, got '"):
        given({variable(name): text})


@pytest.mark.parametrize("name", [name for name in NUMBERS if SETTINGS[name].low > 0])
def test_zero_is_refused_where_it_would_stop_everything(name):
    with pytest.raises(ValueError, match="got '0'"):
        given({variable(name): "0"})


@pytest.mark.parametrize("text", ["short", "x" * 65, "new\nline"])
def test_a_bad_code_is_refused_and_not_repeated(text):
    with pytest.raises(ValueError, match=f"{ACCESS_CODE} must be a text of 6 to 64 characters") as caught:
        given({ACCESS_CODE: text})
    assert text not in str(caught.value)


def test_a_code_may_have_any_letters():
    assert given({ACCESS_CODE: " Kreide und Käse "}) == {"access_code": "Kreide und Käse"}


def readme_line(name: str) -> str:
    setting = SETTINGS[name]
    default = setting.otherwise or f"{setting.default:,}"
    bounds = f"{setting.low:,} to {setting.high:,}{' characters' if setting.is_text else ''}"
    return f"| `{variable(name)}` | {setting.label} | {bounds} | {default} |"


@pytest.mark.parametrize("name", SETTINGS)
def test_the_readme_documents_each_setting(root, name):
    assert readme_line(name) in (root / "README.md").read_text(encoding="utf-8").splitlines()


def test_the_readme_documents_no_other(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(PLAYGROUND_\w+)` \|", text, flags=re.MULTILINE))
    assert documented <= {*map(variable, SETTINGS), "PLAYGROUND_ENGINE"}
