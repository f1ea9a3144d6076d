"""The reference page: every row is there, and both controls narrow what is shown."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.catalog import TABLES
from playground.ui.router import FOLDER


@pytest.fixture
def reference() -> AppTest:
    return AppTest.from_file(str(FOLDER / "reference.py"), default_timeout=30).run()


def shown(reference: AppTest) -> str:
    assert not reference.exception
    return "\n".join([element.value for element in (*reference.markdown, *reference.caption)])


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_row_is_shown_whole(reference, table):
    text = shown(reference)
    for row in table.values():
        assert f"**{row.label}** `{row.name}`" in text
        assert {row.formula, row.about, row.source} <= set(text.replace("$", "").splitlines()) | {""}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_chooser_leaves_one_table(reference, table):
    reference.selectbox[0].select(table.name).run()
    assert [header.value for header in reference.header] == [table.title]


@pytest.mark.parametrize("row", [row for table in TABLES.values() for row in table.values()], ids=lambda row: row.name)
def test_search_finds_a_row_by_its_label(reference, row):
    reference.text_input[0].input(row.label.upper()).run()
    assert f"`{row.name}`" in shown(reference)


def test_search_narrows_by_every_word(reference):
    reference.text_input[0].input("sigmoid saturates").run()
    every_row = [row for table in TABLES.values() for row in table.values()]
    assert sum(f"`{row.name}`" in shown(reference) for row in every_row) < len(every_row)


def test_search_without_a_hit_says_what_to_try(reference):
    reference.text_input[0].input("zebra").run()
    assert not reference.header
    assert "zebra" in reference.info[0].value
