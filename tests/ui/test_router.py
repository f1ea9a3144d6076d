"""The router: its table, and that each page of it opens."""

import pytest
from streamlit.testing.v1 import AppTest

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
