"""The project's own source files, read as syntax trees, for the tests of the rules."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def source_files() -> tuple[Path, ...]:
    """`app.py`, and all of `pages/` and `playground/`, relative to the repository."""
    found = [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("playground/**/*.py")]
    return tuple(sorted(path.relative_to(ROOT) for path in found))


def _is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def _below(node: ast.AST, inside_functions: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if _is_for_types_only(child):
            continue
        if not inside_functions and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        yield child
        yield from _below(child, inside_functions)


@cache
def nodes(path: Path, *, inside_functions: bool = True) -> tuple[ast.AST, ...]:
    """Every node of a file, except what only a type checker reads."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))
    return tuple(_below(tree, inside_functions))


@cache
def imports(path: Path, *, inside_functions: bool = True) -> frozenset[str]:
    """Dotted names that the file imports; `from a import b` gives a and a.b."""
    found = set()
    for node in nodes(path, inside_functions=inside_functions):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the full name"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string literal, docstrings included."""
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
