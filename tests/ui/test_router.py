"""The router: its table, and that each page of it opens."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.link import PARAMETER
from playground.ui.router import ENTRIES, FOLDER, SCRIPT


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_every_page_opens(entry):
    at = AppTest.from_file(str(SCRIPT), default_timeout=30).run()
    at.switch_page(str(FOLDER / entry.file)).run()
    assert not at.exception
    assert at.title[0].value


def test_every_page_of_the_folder_is_in_the_table():
    assert {path.name for path in FOLDER.glob("*.py")} == {entry.file for entry in ENTRIES}


def test_streamlit_does_not_find_the_pages_by_itself():
    assert not (SCRIPT.parent / "pages").exists()


def test_the_menu_tells_pages_apart():
    assert len({entry.title for entry in ENTRIES}) == len(ENTRIES)
    assert all(entry.help.endswith(".") for entry in ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_a_damaged_link_says_so_once_wherever_it_leads(entry):
    at = AppTest.from_file(str(SCRIPT), default_timeout=30)
    at.query_params[PARAMETER] = "garbage"
    at.switch_page(str(FOLDER / entry.file)).run()
    assert len([one for one in at.warning if "link" in one.value]) == 1
    other = ENTRIES[1] if entry is ENTRIES[0] else ENTRIES[-1]
    if other is not entry:
        at.switch_page(str(FOLDER / other.file)).run()
        assert not at.warning
