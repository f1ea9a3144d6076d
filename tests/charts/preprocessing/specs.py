"""The charts of the lesson on preprocessing, as `tests.charts.specs.CHARTS` lists the others."""

from playground.charts.preprocessing import clouds, digit_directions, leak, least_squares

LOOK = {"kind": clouds.BEFORE, "half": 8.0, "axes": ("Input 1", "Input 2")}
PREPROCESSING_CHARTS = {
    "preprocessed cloud": (clouds.cloud_chart, LOOK, "cloud", clouds.cloud_alt(kind=clouds.BEFORE)),
    "covariance": (clouds.covariance_chart, {}, "covariance", clouds.covariance_alt(kind=clouds.AFTER)),
    "descent path": (least_squares.descent_path_chart, {}, "descent_path", least_squares.descent_path_alt()),
    "descent loss": (least_squares.descent_loss_chart, {}, "descent_loss", least_squares.descent_loss_alt()),
    "shares of the variance": (digit_directions.share_chart, {}, "shares", digit_directions.share_alt()),
    "whitened": (digit_directions.whitened_chart, {}, "whitened", digit_directions.whitened_alt()),
    "leak": (leak.leak_chart, {"chance": 0.5}, "leak", leak.leak_alt()),
}
