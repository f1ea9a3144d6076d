"""Which mistakes `make mutants` makes, and which tests it asks."""

from pathlib import Path

import pytest

pytest.importorskip("mutmut")

from tests.mutants.__main__ import rings
from tests.mutants.mutants import mutants

CODE = '''"""A module."""
import math

def area(radius: float = 1.0, *, width=3) -> float:
    """Of a circle."""
    log.info("called %s", 7)
    return draw(math.pi * radius**2, help="of a circle", width=5)
'''


def test_mistakes_are_made_where_they_matter_and_each_is_one(tmp_path):
    file = tmp_path / "area.py"
    file.write_text(CODE)
    made = {line: [make() for make in makers] for line, makers in mutants(file).items()}
    assert made.keys() == {4, 7}
    assert CODE.replace("pi * radius", "pi / radius") in made[7] and CODE.replace("radius**2", "radius**3") in made[7]
    assert all(text != CODE and "of a circle" in text and "width=5" in text for text in made[7])


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("train/batches.py", "train/test_batches.py"),
        ("charts/landscape/words.py", "charts/landscape/test_picture.py"),
        ("rules/sizes.py", "test_rules_of_config.py"),
        ("ui/search/stages.py", "ui/search/test_page.py"),
    ],
)
def test_the_tests_of_the_same_place_are_asked_first(root, monkeypatch, path, nearest):
    monkeypatch.chdir(root)
    first = rings(Path("playground", path))[0]
    assert f"tests/{nearest}" in first and not any("browser" in file for file in first)
