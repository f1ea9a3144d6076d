"""Makes mistakes in the code, one at a time, and tells which of them the tests catch.

    python -m tests.mutants --base HEAD~1           one mistake on each line that changed since a revision
    python -m tests.mutants --sample 100 --seed 1   one on each of 100 lines, as many in each folder of playground/

The mistakes are made in a copy. Each is tried with the tests of its module, then with the others of its folder and
lesson; never with a browser or a server. A survivor is not yet a fault: some mistakes change nothing that anybody
sees. The share says something only where all tests pass without a mistake.
"""

import argparse
import difflib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice, zip_longest
from pathlib import Path
from shutil import copy2

from tests.mutants.mutants import Mutants, mutants

Line = tuple[Path, int]
LIMIT = 120  # seconds for each run of tests
FEW = 5  # test files of one module
NO_TESTS = 5  # pytest's exit status
NICENESS = 15
FAR = ("browser", "server", "load", "faults", "mutants")  # folders of tests that mirror no module
CAUGHT, SURVIVED, OUT_OF_TIME = "caught", "survived", "out of time"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--base", default="HEAD~1", help="revision since which lines have changed")
    parser.add_argument("--sample", type=int, default=0, help="so many lines from all folders instead")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.nice(NICENESS)
    draw = random.Random(given.seed)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        copy = copied_tree(Path(folder))
        for path, text in drawn(given, draw):
            fate, seconds = fate_of(copy, path, text)
            counts[group_of(path)][fate] += 1
            print(f"\n{fate} after {seconds:.0f} s\n{difference(path, text)}", flush=True)
    for group, fates in sorted(counts.items()):
        print(f"{group}: {share(fates)}")
    print(f"all: {share(sum(counts.values(), Counter()))}")


def share(fates: Counter[str]) -> str:
    """Of those whose tests came to an end."""
    ended = fates[CAUGHT] + fates[SURVIVED]
    late = f", {fates[OUT_OF_TIME]} out of time" if fates[OUT_OF_TIME] else ""
    return f"{fates[CAUGHT]} of {ended} caught ({fates[CAUGHT] / max(ended, 1):.0%}){late}"


def git(*arguments: str) -> list[str]:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True).stdout.splitlines()


def copied_tree(folder: Path) -> Path:
    for name in git("ls-files", "--cached", "--others", "--exclude-standard"):
        if Path(name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy2(name, folder / name)
    return folder


def group_of(path: Path) -> str:
    """The folder of playground/, or "root" for the files beside the folders."""
    return path.parts[1] if path.parts[2:] else "root"


def drawn(given: argparse.Namespace, draw: random.Random) -> Iterator[tuple[Path, str]]:
    """Files with one mistake each."""
    places = cache(mutants)
    lines = spread(draw, places) if given.sample else changed(given.base)
    found = ((path, makers) for path, line in lines if path.exists() and (makers := places(path).get(line)))
    for path, makers in islice(found, given.sample or None):
        yield path, draw.choice(makers)()


def spread(draw: random.Random, places: Callable[[Path], Mutants]) -> Iterator[Line]:
    """Lines at random that a mistake can be made on, from each group in turn."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for path in sorted(Path("playground").rglob("*.py")):
        length = len(path.read_text(encoding="utf-8").splitlines())
        groups[group_of(path)] += [(path, line) for line in range(1, length + 1)]
    for lines in groups.values():
        draw.shuffle(lines)
    fit = [((path, line) for path, line in lines if places(path).get(line)) for lines in groups.values()]
    for turn in zip_longest(*fit):
        yield from filter(None, turn)


def changed(base: str) -> Iterator[Line]:
    """Lines that are new or other than at this revision."""
    path = Path()
    for text in git("diff", "--unified=0", "--no-color", base, "--", "playground"):
        if text.startswith("+++ "):
            path = Path(text[4:].removeprefix("b/"))
        elif hunk := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", text):
            yield from ((path, int(hunk[1]) + after) for after in range(int(hunk[2] or 1)))


def rings(path: Path) -> list[list[str]]:
    """Test files of a module, the nearest first: of its name, or that name it; then those of its folder and lesson."""
    mirror = Path("tests", *path.parts[1:]).with_name(f"test_{path.name}")
    files = [file for file in sorted(Path("tests").rglob("test_*.py")) if file.parts[1] not in FAR]
    naming = [file for file in files if file == mirror or named(path, file)]
    naming = naming or [file for file in files if named(path.parent, file)]
    folder = next(folder for folder in mirror.parents if any(file.parent == folder for file in files))
    near = sorted(naming, key=lambda file: (file != mirror, file.parent != folder))[:FEW]
    lesson = path.parts[2] if path.parts[3:] else path.stem.removesuffix("_lesson")
    others = [file for file in files if file.parent == folder != Path("tests") or lesson in file.parts[2:-1]]
    beside = sorted((file for file in others if file not in near), key=lambda file: file.parent != folder)
    return [[str(file) for file in ring] for ring in (near, beside) if ring]


def named(path: Path, file: Path) -> bool:
    """Whether a file of tests names this module, or this package."""
    package, name = ".".join(path.parts[:-1]), path.stem
    pattern = rf"\b{re.escape(package)}\.{name}\b|from {re.escape(package)} import .*\b{name}\b"
    return re.search(pattern, file.read_text(encoding="utf-8")) is not None


def fate_of(copy: Path, path: Path, text: str) -> tuple[str, float]:
    """What becomes of a mistake, and in how many seconds."""
    (copy / path).write_text(text, encoding="utf-8")
    started = time.monotonic()
    fates = (fate_by(copy, files) for files in rings(path))
    fate = next((fate for fate in fates if fate != SURVIVED), SURVIVED)
    copy2(path, copy / path)
    return fate, time.monotonic() - started


def fate_by(copy: Path, files: list[str]) -> str:
    """What these tests make of it."""
    command = [sys.executable, "-m", "pytest", "--exitfirst", "--quiet", "-p", "no:cacheprovider", *files]
    fresh = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # bytecode is told from another's by the second alone
    with subprocess.Popen(command, cwd=copy, env=fresh, stdout=subprocess.DEVNULL, start_new_session=True) as tests:
        try:
            return SURVIVED if tests.wait(LIMIT) in (0, NO_TESTS) else CAUGHT
        except subprocess.TimeoutExpired:
            return OUT_OF_TIME
        finally:
            if tests.poll() is None:
                os.killpg(tests.pid, signal.SIGKILL)


def difference(path: Path, text: str) -> str:
    before, after = path.read_text(encoding="utf-8").splitlines(), text.splitlines()
    return "\n".join(difflib.unified_diff(before, after, str(path), str(path), n=0, lineterm=""))


if __name__ == "__main__":
    main()
