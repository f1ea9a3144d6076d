"""LessonsContract: no lesson is imported but by itself, on whichever floor; `make lint` has import-linter hold it."""

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

SHARED = "what lessons share"


class LessonsContract(Contract):
    """A lesson is a folder of one name on several floors; only imports of one file by another count.

    Args:
        floors: packages that hold the lessons' folders.
        shared: packages on these floors that are no lessons, but stand below them.
        grounds: lessons on which others stand, as "lesson: others that may import it" or "lesson: *".
    """

    type_name = "lessons"

    floors = fields.ListField(subfield=fields.StringField())
    shared = fields.ListField(subfield=fields.StringField())
    grounds = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """The imports of a lesson by another, or by what lessons share, that no ground allows."""
        allowed = [self._allowed(ground) for ground in self.grounds]
        wrong = [
            f"{importer} -> {imported}"
            for importer, imported, pair in self._between_lessons(graph)
            if not any(pair[1] == ground and (not by or pair[0] in by) for ground, by in allowed)
        ]
        return ContractCheck(kept=not wrong, metadata={"wrong": sorted(wrong)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["wrong"]:
            output.print_error(line)

    def _allowed(self, ground: str) -> tuple[str, set[str]]:
        name, _, by = ground.partition(":")
        return name.strip(), {lesson.strip() for lesson in by.split(",")} - {"*"}

    def _between_lessons(self, graph: ImportGraph) -> Iterator[tuple[str, str, tuple[str, str]]]:
        for importer in graph.modules:
            for imported in graph.find_modules_directly_imported_by(importer):
                pair = self._lesson(importer), self._lesson(imported)
                if all(pair) and pair[0] != pair[1] != SHARED:
                    yield importer, imported, pair

    def _lesson(self, module: str) -> str:
        """The lesson that a module is part of, or SHARED; "" on no floor of lessons."""
        floor = next((floor for floor in self.floors if module.startswith(f"{floor}.")), "")
        folder, is_inside, _ = module.removeprefix(f"{floor}.").partition(".")
        is_lesson = is_inside and f"{floor}.{folder}" not in self.shared
        return (folder if is_lesson else SHARED) if floor else ""
