"""The contract of our own that `make lint` holds beside import-linter's."""

import pytest
from grimp import ImportGraph

from tests.aids.lessons_contract import LessonsContract

OPTIONS = {
    "floors": ["house.charts", "house.jobs"],
    "shared": ["house.jobs.signal"],
    "grounds": ["training: *", "search: repeated_search"],
}
SEARCH, PATHS, SHARED = "house.jobs.search.run", "house.charts.paths.map", "house.jobs.signal.probe"
TRAINING, REPEATED, THEME = "house.jobs.training.run", "house.charts.repeated_search.best", "house.charts.theme"


@pytest.mark.parametrize(
    ("importer", "imported", "is_kept"),
    [
        (PATHS, SEARCH, False),
        (TRAINING, PATHS, False),
        (SEARCH, REPEATED, False),
        (SHARED, PATHS, False),
        (PATHS, SHARED, True),
        (THEME, PATHS, False),
        (THEME, TRAINING, True),
        (PATHS, TRAINING, True),
        (REPEATED, SEARCH, True),
        (PATHS, THEME, True),
        (PATHS, "house.jobs.paths.run", True),
        (PATHS, "house.train.search.space", True),
    ],
)
def test_a_lesson_is_imported_by_itself_alone_unless_others_stand_on_it(importer, imported, is_kept):
    graph = ImportGraph()
    graph.add_import(importer=importer, imported=imported)
    contract = LessonsContract(name="lessons", session_options={}, contract_options=OPTIONS)
    check = contract.check(graph, verbose=False)
    assert check.kept is is_kept
    assert check.metadata["wrong"] == ([] if is_kept else [f"{importer} -> {imported}"])
