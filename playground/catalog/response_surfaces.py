"""Response surfaces: made scores of a search whose best point and whose number of important axes are known."""

from dataclasses import dataclass

from playground.registry import Row, Table

FIRST_ALONE, ALL_ALIKE = 0.0, 1.0  # weight of the other axes beside the first


@dataclass(frozen=True, kw_only=True)
class ResponseSurface(Row):
    """One surface over the unit cube of D axes, higher is better; its target takes trials, optima, weight and share.

    Args:
        weight: how much the other axes matter beside the first; None where a person chooses.
        first_weight: what is chosen at first.
        is_target: the score is 1 within a target and 0 elsewhere.
    """

    weight: float | None = None
    first_weight: float = 0.5
    is_target: bool = False


_DISTANCE = "playground.train.repeated_search.response.distance_scores"

RESPONSE_SURFACES = Table(
    "response_surfaces",
    "Response surface",
    "Made scores over a space whose best point is known: a search of them is repeated a thousand times in a moment.",
    (
        ResponseSurface(
            name="first_axis",
            label="One axis matters",
            formula=r"s = 1 - |x_1 - c_1|",
            about="Falls from 1 at the optimum along the first axis alone, so that the other axes waste trials.",
            source="Bergstra and Bengio, Random search for hyper-parameter optimization, 2012, figure 1, "
            "https://jmlr.org/papers/v13/bergstra12a.html",
            target=_DISTANCE,
            weight=FIRST_ALONE,
        ),
        ResponseSurface(
            name="weighted_axes",
            label="One axis matters mostly",
            formula=r"s = 1 - \sqrt{(x_1 - c_1)^2 + w^2 \sum_{j > 1} (x_j - c_j)^2}",
            about="The other axes count by a weight that you choose, from 0 for not at all to 1 for as much.",
            source="Bergstra and Bengio, Random search for hyper-parameter optimization, 2012, on low effective "
            "dimension, https://jmlr.org/papers/v13/bergstra12a.html",
            target=_DISTANCE,
        ),
        ResponseSurface(
            name="all_axes",
            label="All axes matter equally",
            formula=r"s = 1 - \sqrt{\sum_j (x_j - c_j)^2}",
            about="Falls alike in every direction, and the advantage of random trials is gone.",
            source="Bergstra and Bengio, Random search for hyper-parameter optimization, 2012, on low effective "
            "dimension, https://jmlr.org/papers/v13/bergstra12a.html",
            target=_DISTANCE,
            weight=ALL_ALIKE,
        ),
        ResponseSurface(
            name="target_box",
            label="Hit a target",
            formula=r"s = 1 \;\text{if}\; |x_j - c_j| \le r_j / 2 \;\text{for all}\; j, \;\text{else}\; 0, "
            r"\quad \prod_j r_j = q",
            about="One box of a given share of the space is good, all else bad; by weight it is a slab across the "
            "other axes (0) or a cube (1).",
            source="Bergstra and Bengio, Random search for hyper-parameter optimization, 2012, on sets of trials that "
            "look for a target, https://jmlr.org/papers/v13/bergstra12a.html",
            target="playground.train.repeated_search.response.target_scores",
            first_weight=FIRST_ALONE,
            is_target=True,
        ),
    ),
)
