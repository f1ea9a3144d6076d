"""Surfaces: functions of two coordinates on which the path of an optimizer can be seen whole."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from playground.registry import Row, Table

Numbers = Mapping[str, float]
LOGARITHMIC, SYMMETRIC, EVEN = "logarithmic", "symmetric", "even"
USUAL_OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")  # four characters, which a surface is looked at with first


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A number that belongs to a surface.

    Args:
        name: also on the command line.
        default: a whole number where only whole numbers make sense.
        help: one sentence with a usual range.
        log_scale: whether usual values go in factors of ten.
    """

    name: str
    label: str
    help: str
    default: float
    low: float
    high: float
    step: float = 1
    unit: str = ""
    log_scale: bool = False


@dataclass(frozen=True, kw_only=True)
class Surface(Row):
    """One function f(x, y); its target takes x, y and the parameters it names.

    Args:
        minima: global ones; empty where the function falls without end.
        lowest: value there; None without a minimum.
        start: where paths begin unless a person says otherwise.
        bounds: what is drawn at least: lowest and highest x, lowest and highest y.
        parameters: its own.
        learning_rate: at which the usual optimizers (`USUAL_OPTIMIZERS`) stay in the picture and show something.
        steps: that it takes to see it.
        sees: what there is to see with these, one sentence; a test holds it.
        shown: parameters for it that are not the defaults.
        spacing: of contour levels: logarithmic above `lowest`, symmetric about 0 (logarithmic both ways), or even.
        curvatures: parameters -> eigenvalues of the Hessian along the first and the second axis, where it is the same
            everywhere; the axes are x and y turned counterclockwise by `angle`.
        slope: parameters -> length of the gradient, where it is the same everywhere.
        angle: parameters -> radians.
    """

    minima: tuple[tuple[float, float], ...] = ()
    lowest: float | None = 0.0
    start: tuple[float, float]
    bounds: tuple[float, float, float, float]
    parameters: tuple[Parameter, ...] = ()
    learning_rate: float
    steps: int = 100
    sees: str
    shown: Mapping[str, float] = field(default_factory=dict)
    spacing: str = LOGARITHMIC
    curvatures: Callable[[Numbers], tuple[float, float]] | None = None
    slope: Callable[[Numbers], float] | None = None
    angle: Callable[[Numbers], float] = lambda numbers: 0.0


KAPPA = Parameter(
    name="kappa",
    label="Condition number",
    help="How many times steeper the surface curves across the ravine than along it; 1 is round, 100 is narrow.",
    default=100.0,
    low=1,
    high=1e6,
    log_scale=True,
)
ANGLE = Parameter(
    name="angle",
    label="Turned by",
    help="Turns the ravine counterclockwise; away from 0, methods that scale each coordinate lose their advantage.",
    default=0.0,
    low=-360,
    high=360,
    step=15,
    unit="degrees",
)
NOISE = Parameter(
    name="noise",
    label="Gradient noise",
    help="Standard deviation of what a minibatch adds to each coordinate of the gradient; 0.1 to 2 is usual.",
    default=0.5,
    low=0,
    high=1000,
    step=0.1,
)
SEED = Parameter(
    name="seed",
    label="Seed of the noise",
    help="Equal seeds draw equal minibatches, the same ones for every optimizer.",
    default=0,
    low=0,
    high=2**31 - 1,
)
SLOPE = Parameter(
    name="slope",
    label="Slope",
    help="Length of the gradient, the same everywhere; Adam's steps do not depend on it.",
    default=1.0,
    low=1e-12,
    high=1e12,
    log_scale=True,
)


def _ravine(numbers: Numbers) -> tuple[float, float]:
    return 1.0, numbers[KAPPA.name]


def _turned(numbers: Numbers) -> float:
    return math.radians(numbers[ANGLE.name])


SURFACES = Table(
    "surfaces",
    "Surface",
    "Functions of two coordinates on which the path of an optimizer can be seen whole.",
    (
        Surface(
            name="quadratic",
            label="Quadratic ravine",
            formula=r"\tfrac12 (x^2 + \kappa y^2)",
            about="Every smooth minimum looks like this from near; the steep direction limits the learning rate and "
            "the flat one sets the time.",
            source="Goh, Why momentum really works, Distill, 2017",
            target="playground.train.paths.surfaces.quadratic",
            minima=((0, 0),),
            start=(1, 1),
            bounds=(-1.5, 1.5, -1.5, 1.5),
            parameters=(KAPPA, ANGLE),
            learning_rate=0.09,
            sees="SGD jumps from side to side of the ravine at every step, momentum swings wider and for longer, and "
            "Adam walks straight to the star.",
            shown={KAPPA.name: 20.0},
            curvatures=_ravine,
            angle=_turned,
        ),
        Surface(
            name="noisy_quadratic",
            label="Noisy quadratic",
            formula=r"\tfrac12 (x^2 + \kappa y^2),\quad g = \nabla f + \sigma \xi,\ \xi \sim N(0, I)",
            about="The ravine seen through minibatches: a constant learning rate ends in a ball of noise that "
            "averaging or a smaller rate shrinks.",
            source="Schaul et al., No more pesky learning rates, 2013, arXiv:1206.1106",
            target="playground.train.paths.surfaces.quadratic",
            minima=((0, 0),),
            start=(1, 1),
            bounds=(-1.5, 1.5, -1.5, 1.5),
            parameters=(
                replace(KAPPA, default=10.0),
                ANGLE,
                NOISE,
                SEED,
            ),
            learning_rate=0.09,
            steps=300,
            sees="No path comes to rest, however long it walks. Take a third of the rate, and SGD stays nearer to the "
            "star.",
            curvatures=_ravine,
            angle=_turned,
        ),
        Surface(
            name="plane",
            label="Plane",
            formula=r"a x",
            about="A constant gradient, so that a step shows nothing but the optimizer's own way of measuring it.",
            source="Duchi et al., Adaptive subgradient methods, 2011",
            target="playground.train.paths.surfaces.plane",
            lowest=None,
            start=(0, 0),
            bounds=(-12, 3, -7.5, 7.5),
            parameters=(SLOPE,),
            learning_rate=0.01,
            sees="Nothing changes on the way, and yet momentum's steps grow to ten times SGD's; Adam's stay as long as "
            "the rate.",
            spacing=EVEN,
            slope=lambda numbers: numbers[SLOPE.name],
        ),
        Surface(
            name="saddle",
            label="Saddle",
            formula=r"x^2 - y^2",
            about="Down to the ridge in x, then away from it in y, where the gradient is tiny at first.",
            source="Dauphin et al., Identifying and attacking the saddle point problem, 2014, arXiv:1406.2572",
            target="playground.train.paths.surfaces.saddle",
            lowest=None,
            start=(1, 1e-3),
            bounds=(-1.5, 1.5, -1.5, 1.5),
            learning_rate=0.005,
            steps=90,
            sees="Along the ridge the gradient is tiny: SGD does not leave it, momentum leaves it late, and RMSProp "
            "and Adam, which scale the gradient up, leave it at once.",
            spacing=SYMMETRIC,
            curvatures=lambda numbers: (2.0, -2.0),
        ),
        Surface(
            name="rosenbrock",
            label="Rosenbrock's banana",
            formula=r"(1 - x)^2 + 100 (y - x^2)^2",
            about="A bent valley that is easy to find and slow to follow.",
            source="Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
            target="playground.train.paths.surfaces.rosenbrock",
            minima=((1, 1),),
            start=(-1.2, 1),
            bounds=(-2, 2, -1, 3),
            learning_rate=0.0015,
            steps=1000,
            sees="All four are soon in the bent valley; only momentum follows it to the star.",
        ),
        Surface(
            name="beale",
            label="Beale",
            formula=r"(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
            about="A flat valley between walls that grow with the sixth power of y.",
            source="Beale, On an iterative method for finding a local minimum of a function, 1958",
            target="playground.train.paths.surfaces.beale",
            minima=((3, 0.5),),
            start=(1, 1.5),
            bounds=(-1, 4.5, -2.75, 2.75),
            learning_rate=0.003,
            steps=1000,
            sees="Momentum runs through the flat valley to the star; SGD slows down in it, and Adam, whose steps are "
            "hardly longer than the rate, is far behind.",
        ),
        Surface(
            name="himmelblau",
            label="Himmelblau",
            formula=r"(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
            about="Four minima of equal depth: where a path ends depends on the optimizer and its learning rate.",
            source="Himmelblau, Applied nonlinear programming, 1972",
            target="playground.train.paths.surfaces.himmelblau",
            minima=(
                (3, 2),
                (-2.805118086952745, 3.131312518250573),
                (-3.779310253377747, -3.283185991286170),
                (3.584428340330492, -1.848126526964404),
            ),
            start=(0, 0),
            bounds=(-5, 5, -5, 5),
            learning_rate=0.01,
            steps=300,
            sees="One start, two ends: momentum overshoots and comes to rest at another star than the other three.",
        ),
        Surface(
            name="rastrigin",
            label="Rastrigin",
            formula=r"20 + x^2 - 10 \cos 2\pi x + y^2 - 10 \cos 2\pi y",
            about="A bowl full of local minima, one near every pair of whole numbers, in which small steps are caught.",
            source="Rastrigin, Systems of extremal control, 1974",
            target="playground.train.paths.surfaces.rastrigin",
            minima=((0, 0),),
            start=(2.4, 1.7),
            bounds=(-4.2, 4.2, -4.2, 4.2),
            learning_rate=0.003,
            steps=150,
            sees="All four are caught in the same hollow near the start; the star, in the middle, is far away.",
        ),
        Surface(
            name="plateau",
            label="Plateau",
            formula=r"1 - e^{-(x^2 + y^2) / 2}",
            about="Almost level away from the hole: plain gradient descent hardly moves, scaled gradients walk on.",
            source="Goodfellow, Bengio and Courville, Deep learning, section 8.2, 2016",
            target="playground.train.paths.surfaces.plateau",
            minima=((0, 0),),
            start=(2.5, 2),
            bounds=(-4, 4, -4, 4),
            learning_rate=0.05,
            sees="SGD hardly moves, because its steps are as small as the slope; the other three reach the star.",
        ),
        Surface(
            name="narrow_valley",
            label="Narrow valley",
            formula=r"\tfrac1{20} x^2 + 5 (y - \sin x)^2",
            about="A winding valley with a gentle slope: momentum overshoots at the bends, small steps take for ever.",
            source="Sutton, Two problems with backpropagation and other steepest-descent learning procedures, 1986",
            target="playground.train.paths.surfaces.narrow_valley",
            minima=((0, 0),),
            start=(-2.5, 1),
            bounds=(-5, 5, -5, 5),
            learning_rate=0.05,
            steps=200,
            sees="Momentum swings from wall to wall and is the only one at the star in the end; Adam has gone the "
            "wrong way first, down the wall.",
            aliases=("valley",),
        ),
    ),
)
