"""The page "Augmentation" without a browser, over a real engine with one worker."""

import pytest

from playground.catalog import AUGMENTATIONS
from playground.ui.router import FOLDER
from tests.ui.form_fields import fields
from tests.ui.lesson_page import answered, data_names, go_to, opened_lesson
from tests.ui.regularization.test_page import text


@pytest.fixture(scope="module")
def opened(engine):
    with opened_lesson("augmentation") as at:
        yield at


def choose(at, part, **controls):
    go_to(at, "augmentation_part", part)
    for key, value in controls.items():
        widgets = (*at.slider, *at.selectbox, *fields(at), *at.toggle)
        next(widget for widget in widgets if widget.key == key).set_value(value)
        at.run()
    return answered(at)


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_the_gallery_has_every_augmentation_with_its_strength_and_warning(opened, name):
    at = choose(opened, "Gallery", gallery_name=name, **{f"gallery_{name}_strength": 1.5})
    said = text(at)
    assert f"{AUGMENTATIONS[name].label} at strength 1.5: " in said and "Hardest is the" in said
    warned = [element.value for element in at.warning]
    assert bool(warned) == bool(AUGMENTATIONS[name].warning)
    assert data_names(at) == {"strengths"}


def test_the_seed_draws_other_changes(opened):
    said = [text(choose(opened, "Gallery", gallery_name="rotate", gallery_seed=seed)) for seed in (0, 5)]
    assert said[0] != said[1]


def test_the_gallery_is_carried_to_train(opened):
    at = choose(opened, "Gallery", gallery_name="shear", gallery_shear_strength=0.5)
    at.button(key="try_gallery").click().run()
    config = at.session_state["config"]
    assert (config.augmentation, config.augmentation_strength) == (("shear",), 0.5)
    at.switch_page(str(FOLDER / "augmentation.py")).run()


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({}, "Mixed with the share"),
        ({"batch_mixup_alpha": 0.0}, "Without mixup every image"),
        ({"batch_label_smoothing": 0.0, "batch_mixup_alpha": 0.0}, "the first is 1.000"),
        ({"batch_cutout": False, "batch_seed": 2}, "is the cross-entropy with these target vectors"),
    ],
    ids=str,
)
def test_a_batch(opened, controls, words):
    start = {"batch_mixup_alpha": 1.0, "batch_label_smoothing": 0.1, "batch_seed": 0, "batch_cutout": True}
    at = choose(opened, "Mixup, cutout and smoothing", **{**start, **controls})
    assert words in text(at) and data_names(at) == {"targets"}


SHIFTED = [{"shifted_num_epochs": 1}, {"shifted_augmentation_strength": 2.0}, {"shifted_seed": 1}]


@pytest.mark.parametrize("controls", SHIFTED, ids=str)
def test_what_it_buys(opened, controls):
    at = choose(opened, "What it buys", **{"shifted_num_epochs": 2, **controls})
    assert "points on moved digits" in text(at) and data_names(at) == {"shifted"}
