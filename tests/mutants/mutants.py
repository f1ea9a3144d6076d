"""The mistakes a careless hand could make on a line of code: mutmut makes them, this leaves out what nobody minds."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

Mutants = dict[int, list[Callable[[], str]]]  # line -> each makes the whole file with one mistake on this line

WORDS = ("about", "description", "encoding", "help", "icon", "note", "source")
LOOK = ("color", "fill", "stroke", "opacity", "width", "height", "size", "padding", "font", "dash", "offset", "angle")
CRASHES = ("isinstance", "issubclass", "len", "super", "TypeVar", "Protocol")  # whose argument is never the wrong one
PROSE = m.SimpleString(value=m.MatchIfTrue(lambda text: " " in text.strip("\"'")))
NONE = m.Name("None")


def mutants(path: Path) -> Mutants:
    """Of one file; its docstrings, types, help texts and log messages, and how large and bright things are, stay."""
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
    places = _Places(is_chart="charts" in path.parts)
    wrapper.visit(places)
    return {
        line: [lambda old=old, new=new: wrapper.module.deep_replace(old, new).code for old, new in found]
        for line, found in places.found.items()
        if found
    }


class _Places(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, *, is_chart: bool):
        super().__init__()
        self.found: dict[int, list[tuple[cst.CSTNode, cst.CSTNode]]] = defaultdict(list)
        self._is_chart = is_chart

    def on_visit(self, node: cst.CSTNode) -> bool:
        if self._is_left_alone(node):
            return False
        for kind, changed in mutation_operators:
            if isinstance(node, kind):
                line = self.get_metadata(PositionProvider, node).start.line
                self.found[line] += [(node, new) for new in changed(node) if self._matters(node, new)]
        return True

    def _is_left_alone(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom) or _is_look(node):
            return True
        if m.matches(node, m.SimpleStatementLine(body=[m.Expr(value=m.SimpleString() | m.ConcatenatedString())])):
            return True
        logs = m.Call(func=m.Attribute(value=m.Name("log") | m.Name("logging")))
        return m.matches(node, logs | m.Call(func=m.OneOf(*map(m.Name, CRASHES))))

    def _matters(self, old: cst.CSTNode, new: cst.CSTNode) -> bool:
        """None in place of a value is too loud to say much; prose matters where it stands in a chart."""
        if isinstance(old, cst.Call) and isinstance(new, cst.Call):
            nones = [arg for arg in new.args if arg not in old.args and m.matches(arg.value, NONE)]
            return not nones and not any(_is_look(arg) for arg in old.args if arg not in new.args)
        if m.matches(new, m.Assign(value=NONE) | m.AnnAssign(value=NONE) | m.Lambda(body=NONE)):
            return False
        return not m.matches(old, PROSE) or (self._is_chart and "XX" in new.value)


def _is_look(node: cst.CSTNode) -> bool:
    """Whether this argument says how something looks, or explains it."""
    if not isinstance(node, cst.Arg) or node.keyword is None:
        return False
    name = node.keyword.value.lower()
    return name in WORDS or any(word in name for word in LOOK)
