"""The rules of the architecture that no contract on imports can say; each test names the files that break one."""

import ast
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from playground.catalog import TABLES
from tests.aids.sources import ROOT, imports, nodes, source_files, strings

MAX_LINES, MAX_PAGE_LINES = 200, 80
RUNNERS = {"eval", "exec", "compile", "__import__", "os.system", "torch.load", "torch.hub.load"}
RUN_WHAT_THEY_LOAD = ("pickle", "cloudpickle", "dill", "marshal", "shelve", "joblib", "yaml", "jinja2")
UNSAFE_IN_SCRIPTS = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "import(")
TABLE_FILES = ("playground/catalog/", "playground/presets.py")  # data, as long as it needs to be


FILES = source_files()
PAGES = [path for path in FILES if path.parent.name == "pages"]
CODE = [path for path in FILES if not path.as_posix().startswith(TABLE_FILES)]


def is_imported(names: Collection[str], package: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for name in names)


def broken(rule: Callable[[Path], Collection[object]], paths: Iterable[Path]) -> dict[str, Collection[object]]:
    """What the rule finds wrong, file by file; only files in which it finds something."""
    return {str(path): wrong for path in paths if (wrong := rule(path))}


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
    is_open = not path.as_posix().startswith("playground/engine/")  # its processes talk to each other alone
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
    others = [path for path in CODE if path.name != "fields.py"]  # which names the defaults
    assert not broken(lambda path: [(line, text) for line, text in strings(path) if text in keys], others)
