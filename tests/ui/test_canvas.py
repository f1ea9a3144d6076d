import pytest

from playground.ui.serving.scripts import FOLDER, smaller

SCRIPTS = sorted(FOLDER.rglob("*.js"))


def test_comment_lines_and_indentation_do_not_travel():
    assert smaller("// why\nif (a) {\n  b(); // c\n\n  // d\n}\n") == "if (a) {\nb(); // c\n}\n"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_line_depends_on_the_line_before_by_a_template_text(script):
    code = script.read_text(encoding="utf-8")
    assert all(line.count("`") % 2 == 0 for line in code.splitlines())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_script_that_travels_twice_a_second_is_small(script):
    assert len(smaller(script.read_text(encoding="utf-8"))) < 12_000
