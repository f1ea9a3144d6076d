"""What lessons share: a control keeps its value, a part is chosen, what cannot run is said."""

from streamlit.testing.v1 import AppTest

from playground.fields import SPECS
from playground.ui.words import plain
from tests.ui.form_fields import field


def lesson():
    import streamlit as st

    from playground.config import Config
    from playground.ui.lesson import choose_part, control_row, lesson_control, refusals, show_numbers, show_source

    part = choose_part({"a": "First", "b": "Second"}, key="part")
    with control_row():
        num_samples = lesson_control("page", "num_samples", 100, low=50, high=200)
        scale = lesson_control("page", "init_scale", 1.0, reason="A test says so.")
        name = lesson_control("page", "normalization", "none")
    batch_size = lesson_control("page", "batch_size", 10)
    with refusals():
        config = Config.parse({"normalization": name, "batch_size": batch_size, "init_scale": scale})
    show_numbers([part, str(num_samples), config.normalization])
    show_source("A book", "a page")
    st.text("the end")


def opened():
    at = AppTest.from_function(lesson).run()
    assert not at.exception
    return at


def test_a_control_says_what_its_spec_says_and_its_value_comes_back():
    at = opened()
    slider = at.slider(key="page_num_samples")
    assert (slider.label, slider.help) == (SPECS["num_samples"].label, SPECS["num_samples"].help)
    assert (slider.min, slider.max, slider.step) == (50, 200, SPECS["num_samples"].step)
    at.slider(key="page_num_samples").set_value(150).run()
    assert "- 150" in at.markdown[0].value


def test_a_control_without_effect_is_greyed_out_with_the_reason():
    scale = field(opened(), "page_init_scale")
    assert scale.disabled and "A test says so." in scale.help


def test_the_first_part_is_looked_at_first():
    at = opened()
    assert "- a" in at.markdown[0].value
    at.segmented_control(key="part").set_value("b").run()
    assert "- b" in at.markdown[0].value


def test_what_cannot_run_is_one_sentence_and_ends_the_page():
    at = opened()
    at.selectbox(key="page_normalization").set_value("batch")
    field(at, "page_batch_size").set_value(1).run()
    assert [warning.value for warning in at.warning] == [
        plain("batch_size: batch normalization needs at least 2 samples in a batch, but 1 came.")
    ]
    assert not at.text and not at.exception


def test_sources_stand_in_one_line():
    assert opened().caption[0].value == "Source: A book; a page"
