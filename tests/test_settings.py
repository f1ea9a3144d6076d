"""The settings that the measurements depend on, and the files that must agree with each other."""

import tomllib

import pytest
from streamlit import config

from playground.charts import theme

SETTINGS = {
    ("global", "minCachedMessageSize"): 5_000_000,
    ("runner", "postScriptGC"): False,
    ("runner", "magicEnabled"): False,
    ("server", "headless"): True,
    ("server", "enableCORS"): True,
    ("server", "enableXsrfProtection"): True,
    ("server", "enableAgentApi"): False,
    ("server", "fileWatcherType"): "none",
    ("server", "maxMessageSize"): 5,
    ("server", "maxUploadSize"): 2,
    ("server", "maxWidgetStateSize"): 1,
    ("server", "disconnectedSessionTTL"): 120,
    ("logger", "enableRich"): False,
    ("client", "toolbarMode"): "minimal",
    ("client", "showErrorDetails"): "none",
    ("client", "showErrorLinks"): False,
    ("browser", "gatherUsageStats"): False,
}


@pytest.fixture(scope="module")
def settings(root) -> dict:
    return tomllib.loads((root / ".streamlit" / "config.toml").read_text())


@pytest.mark.parametrize(("section", "name"), SETTINGS)
def test_setting_holds(settings, section, name):
    assert settings[section][name] == SETTINGS[section, name]


def _names(table: dict, prefix: str = "") -> list[str]:
    return [
        name
        for key, value in table.items()
        for name in (_names(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + key])
    ]


def test_streamlit_knows_every_setting(settings):
    assert set(_names(settings)) <= set(config._config_options_template)


def test_no_font_comes_from_the_network(settings):
    assert "http" not in str(settings)


@pytest.mark.parametrize(("mode", "page"), [("light", theme.LIGHT_PAGE), ("dark", theme.DARK_PAGE)])
def test_pages_and_charts_share_their_colours(settings, mode, page):
    assert settings["theme"][mode]["backgroundColor"] == page
    assert settings["theme"][mode]["chartCategoricalColors"] == list(theme.CLASS_COLOURS)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-ray.txt"])
def test_every_requirement_is_pinned(root, name):
    lines = [line for line in (root / name).read_text().splitlines() if line and not line.startswith("-r ")]
    assert not [line for line in lines if line.count("==") != 1]


def test_torch_is_the_release_that_has_a_small_build(root):
    assert "torch==2.13.0" in (root / "requirements.txt").read_text().splitlines()
