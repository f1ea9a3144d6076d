"""`list`: the tables and their rows."""

import json

import pytest

from playground.catalog import TABLES
from playground.cli.main import main

FIELDS = ["name", "label", "formula", "about", "source"]


def test_all_tables_with_all_rows(capsys):
    assert main(["list", "--json", "-"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {table: [row["name"] for row in rows] for table, rows in listed.items()} == {
        name: list(table) for name, table in TABLES.items()
    }
    assert all(list(row) == FIELDS and all(row.values()) for rows in listed.values() for row in rows)


@pytest.mark.parametrize("name", TABLES)
def test_one_table(capsys, name):
    assert main(["list", name, "--json", "-"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == [name]


@pytest.mark.parametrize("name", TABLES)
def test_a_person_reads_name_and_meaning(capsys, name):
    assert main(["list", name]) == 0
    output = capsys.readouterr().out
    assert not [row for row in TABLES[name].values() if row.name not in output or row.about not in output]
