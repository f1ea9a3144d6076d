"""The charts of the lesson on augmentation, as `tests.charts.specs.CHARTS` lists the others."""

from playground.charts.augmentation import gallery

AUGMENTATION_CHARTS = {
    "strengths": (gallery.strength_chart, {}, "strengths", gallery.strength_alt()),
    "targets": (gallery.target_chart, {}, "targets", gallery.target_alt()),
    "shifted images": (gallery.shifted_chart, {}, "shifted", gallery.shifted_alt()),
}
