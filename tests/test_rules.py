"""The rules of the architecture; each test names the files that break one, and where."""

import ast
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from playground.catalog import TABLES
from tests.aids.sources import ROOT, imports, nodes, source_files, strings

# Imports go down, or stay on a floor without going in circles.
FLOORS = {
    "app": 5,
    "pages": 5,
    "playground.__main__": 5,
    "playground.bench": 5,
    "playground.cli": 5,
    "playground.ui": 5,
    "playground.charts": 4,
    "playground.jobs": 4,
    "playground.metrics": 4,
    "playground.engine": 4,
    "playground.data": 3,
    "playground.nn": 3,
    "playground.train": 3,
    "playground.seeds": 3,
    "playground.checked": 2,
    "playground.config": 2,
    "playground.field": 2,
    "playground.link": 2,
    "playground.objective": 2,
    "playground.parsing": 2,
    "playground.presets": 2,
    "playground.rules": 2,
    "playground.settings": 2,
    "playground.size": 2,
    "playground.thinning": 2,
    "playground.catalog": 1,
    "playground.registry": 0,
    "playground.arithmetic": 0,
}

# Who may not import what, functions included.
FORBIDDEN = {
    "playground.bench": {"streamlit", "altair"},
    "playground.cli": {"streamlit", "altair"},
    "playground.charts": {"streamlit", "torch"},
    "playground.jobs": {"streamlit", "altair"},
    "playground.metrics": {"streamlit", "altair", "torch"},
    "playground.engine": {"streamlit", "altair"},
    "playground.data": {"streamlit", "altair"},
    "playground.nn": {"streamlit", "altair"},
    "playground.train": {"streamlit", "altair"},
    "playground.seeds": {"streamlit", "altair"},
    "playground.checked": {"streamlit", "altair", "torch"},
    "playground.config": {"streamlit", "altair", "torch"},
    "playground.field": {"streamlit", "altair", "torch"},
    "playground.link": {"streamlit", "altair", "torch"},
    "playground.objective": {"streamlit", "altair", "torch"},
    "playground.parsing": {"streamlit", "altair", "torch"},
    "playground.presets": {"streamlit", "altair", "torch"},
    "playground.rules": {"streamlit", "altair", "torch"},
    "playground.settings": {"streamlit", "altair", "torch"},
    "playground.size": {"streamlit", "altair", "torch"},
    "playground.thinning": {"streamlit", "altair", "torch"},
    "playground.catalog": {"streamlit", "altair", "torch"},
    "playground.registry": {"streamlit", "altair", "torch"},
    "playground.arithmetic": {"streamlit", "altair", "torch"},
    "playground.ui": {"torch"},
    "pages": {"torch"},
    "app": {"torch"},
}

MAX_LINES, MAX_PAGE_LINES = 200, 80
RUNNERS = {"eval", "exec", "compile", "__import__", "os.system", "torch.load", "torch.hub.load"}
RUN_WHAT_THEY_LOAD = ("pickle", "cloudpickle", "dill", "marshal", "shelve", "joblib", "yaml", "jinja2")
UNSAFE_IN_SCRIPTS = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "import(")
TABLE_FILES = ("playground/catalog/", "playground/presets.py")  # data, as long as it needs to be


FILES = source_files()
PAGES = [path for path in FILES if path.parent.name == "pages"]
CODE = [path for path in FILES if not path.as_posix().startswith(TABLE_FILES)]


def home(module: str) -> str | None:
    """The entry of FLOORS that a dotted name belongs to; None for other projects' modules."""
    return next((name for name in FLOORS if module == name or module.startswith(f"{name}.")), None)


def home_of_file(path: Path) -> str | None:
    return home(".".join(path.with_suffix("").parts).removesuffix(".__init__"))


def is_imported(names: Collection[str], package: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for name in names)


def broken(rule: Callable[[Path], Collection[object]], paths: Iterable[Path]) -> dict[str, Collection[object]]:
    """What the rule finds wrong, file by file; only files in which it finds something."""
    return {str(path): wrong for path in paths if (wrong := rule(path))}


def test_every_file_has_a_floor():
    homeless = [path for path in FILES if not home_of_file(path) and path != Path("playground/__init__.py")]
    assert not homeless, "name their floor in FLOORS"


def imported_from_above(path: Path) -> set[str]:
    here = FLOORS.get(home_of_file(path), 0)
    return {name for name in imports(path) if (other := home(name)) and FLOORS[other] > here}


def test_imports_go_down_only():
    assert not broken(imported_from_above, FILES)


def test_a_floor_has_no_circles():
    graph: dict[str, set[str]] = {}
    for path in FILES:
        if here := home_of_file(path):
            there = {other for name in imports(path, inside_functions=False) if (other := home(name)) and other != here}
            graph.setdefault(here, set()).update(there)
    while leaves := [name for name, there in graph.items() if not there & graph.keys()]:
        for name in leaves:
            del graph[name]
    assert not graph, "these import each other"


def unwanted_libraries(path: Path) -> set[str]:
    return {library for library in FORBIDDEN.get(home_of_file(path), ()) if is_imported(imports(path), library)}


def test_each_floor_knows_only_its_libraries():
    assert not broken(unwanted_libraries, FILES)


def test_the_command_line_starts_without_streamlit():
    path = Path("playground/__main__.py")
    assert not is_imported(imports(path, inside_functions=False), "streamlit")


# What the page server does in its life: load the app and everything the pages use, then serve each page once.
SERVER_LIFE = """
import importlib, pkgutil, sys
import app, playground
from playground.ui.router import ENTRIES, FOLDER, SCRIPT
from streamlit.testing.v1 import AppTest
for floor in ("catalog", "ui", "charts", "engine"):  # jobs as far as these use them; the rest is for workers
    package = importlib.import_module(f"playground.{floor}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
at = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
for entry in ENTRIES:
    assert not at.switch_page(str(FOLDER / entry.file)).run().exception, entry.path
app.stop_engine()
assert "torch" not in sys.modules, "the page server imports torch"
assert "sklearn" not in sys.modules, "the page server imports scikit-learn"
"""


def test_the_page_server_never_imports_torch():
    done = subprocess.run([sys.executable, "-c", SERVER_LIFE], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def too_many_lines(path: Path) -> list[int]:
    number = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    return [number] if number > (MAX_PAGE_LINES if path in PAGES else MAX_LINES) else []


def test_a_file_is_short():
    assert not broken(too_many_lines, CODE)


def unnamed_excepts(path: Path) -> list[int]:
    return [node.lineno for node in nodes(path) if isinstance(node, ast.ExceptHandler) and node.type is None]


def test_no_except_catches_everything_unnamed():
    assert not broken(unnamed_excepts, FILES)


def ways_to_run_text(path: Path) -> set[str]:
    calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
    called = {ast.unparse(call.func) for call in calls if isinstance(call.func, ast.Name | ast.Attribute)}
    is_open = home_of_file(path) != "playground.engine"  # its processes talk to each other alone
    loaders = {name for name in RUN_WHAT_THEY_LOAD if is_open and is_imported(imports(path), name)}
    shells = {given.arg for call in calls for given in call.keywords} & {"shell", "allow_pickle"}
    return called & RUNNERS | loaders | shells


def test_nothing_from_outside_is_run():
    assert not broken(ways_to_run_text, FILES)


def ways_to_html(path: Path) -> list[int]:
    """Lines that make HTML of anything but a constant of the file."""
    calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
    html = [call for call in calls if ast.unparse(call.func) in ("st.html", "st.iframe", "components.html")]
    unsafe = [call for call in calls for given in call.keywords if given.arg == "unsafe_allow_html"]
    return [call.lineno for call in html if not ast.unparse(call.args[0]).isupper()] + [call.lineno for call in unsafe]


def test_no_text_becomes_html():
    assert not broken(ways_to_html, FILES)


def ways_of_scripts(path: Path) -> list[str]:
    text = (ROOT / path).read_text(encoding="utf-8")
    return [word for word in UNSAFE_IN_SCRIPTS if word in text]


def test_no_script_of_a_page_writes_html_or_runs_text():
    scripts = list(ROOT.glob("playground/**/*.js"))
    assert len(scripts) > 3
    assert not broken(ways_of_scripts, scripts)


def uses_of_session_state(path: Path) -> list[int]:
    return [node.lineno for node in nodes(path) if isinstance(node, ast.Attribute) and node.attr == "session_state"]


def test_a_page_keeps_no_state_of_its_own():
    assert not broken(uses_of_session_state, PAGES)


def distinctive_keys() -> set[str]:
    """Names that can mean nothing else but a choice."""
    keys = {name for table in TABLES.values() for name in table}
    return {name for name in keys if "_" in name} | {"maxout", "adadelta", "lsuv", "spiral3", "nesterov"}


def test_a_choice_is_written_in_its_row_alone():
    keys = distinctive_keys()
    others = [path for path in CODE if path.name != "config.py"]  # which names the defaults
    assert not broken(lambda path: [(line, text) for line, text in strings(path) if text in keys], others)
