"""What the numbers of the lesson on preprocessing say, in sentences."""

from collections.abc import Iterator

from playground.catalog import PREPROCESSING
from playground.catalog.preprocessing_lesson import CORRECTIONS
from playground.jobs.preprocessing.before_after import GOAL, BeforeAfterJob
from playground.jobs.preprocessing.before_after_snapshot import BeforeAfterSnapshot, Descent, Side
from playground.jobs.preprocessing.digit_directions import TINY, DigitDirectionsJob, DigitDirectionsSnapshot
from playground.jobs.preprocessing.leak import LeakJob, LeakSnapshot
from playground.spec import number_text

NOTICED = 0.001  # of the targets' square: less is rounding
ERROR = 0.01  # an example


def before_after_sentences(seen: BeforeAfterSnapshot, job: BeforeAfterJob) -> list[str]:
    """Condition numbers, steps, and what becomes of noise."""
    if not seen.sides:
        return []
    before, after = seen.sides
    return [
        _condition_sentence(before, after),
        *_step_sentences(before.descent, after.descent),
        *_noise_sentences(seen, job),
    ]


def _condition_sentence(before: Side, after: Side) -> str:
    empty = ""
    if after.num_empty or before.num_empty:
        empty = (
            f" Directions without any variance are left out: {before.num_empty} before, {after.num_empty} after, of "
            f"{len(before.variances)}."
        )
    return (
        f"Condition number of the covariance (largest over smallest variance of any direction): "
        f"{figure(before.condition)} before, {figure(after.condition)} after.{empty}"
    )


def _step_sentences(before: Descent, after: Descent) -> Iterator[str]:
    yield (
        f"For the neuron the mean counts too: with its bias, the condition number is {figure(before.condition)} before "
        f"and {figure(after.condition)} after."
    )
    yield (
        f"Steps until {GOAL:g} of the loss is left: {count(before.steps)} before, {count(after.steps)} after. For the "
        f"worst start, the condition number promises {count(before.predicted)} and {count(after.predicted)} at most."
    )
    if abs(after.unexplained - before.unexplained) > NOTICED:
        yield (
            f"It is no longer the same problem: the best neuron left {before.unexplained:.1%} of the targets' square "
            f"before, and leaves {after.unexplained:.1%} after."
        )


def _noise_sentences(seen: BeforeAfterSnapshot, job: BeforeAfterJob) -> Iterator[str]:
    row, (along, across), (long, thin) = PREPROCESSING[job.preprocessing], seen.gains, seen.widths
    yield (
        f"An error of {ERROR:g} becomes {figure(ERROR * along)} along the widest direction (standard deviation "
        f"{figure(long)}) and {figure(ERROR * across)} along the thinnest (standard deviation {figure(thin)})."
    )
    if row.has_epsilon:
        kept = thin**2 / (thin**2 + job.epsilon)
        yield (
            f"The thinnest direction is multiplied by 1/√(λ + ε) = {figure((thin**2 + job.epsilon) ** -0.5)}, and its "
            f"variance becomes λ/(λ + ε) = {kept:.2g}: "
            + ("as wide as the signal." if kept > 0.5 else "epsilon keeps it down.")
        )


def leak_sentences(seen: LeakSnapshot, job: LeakJob) -> list[str]:
    """What the leak seems to gain, whether that is more than luck, and what is left of it on fresh samples."""
    if seen.accuracies is None:
        return []
    honest, honest_fresh, leaky, leaky_fresh = seen.accuracies.mean(axis=0)
    gain, spread, error = seen.gain
    sentences = [
        f"Mean validation accuracy of {len(seen.accuracies)} splits: {honest:.1%} fitted on training samples, "
        f"{leaky:.1%} fitted on all.",
        f"The leak {'adds' if gain >= 0 else 'takes'} {abs(gain) * 100:.1f} points (standard error {error * 100:.1f}; "
        f"a single split varies by {spread * 100:.1f}): {_verdict(gain, error)}",
        f"On fresh samples, which no fit has seen: {honest_fresh:.1%} fitted on training samples, {leaky_fresh:.1%} "
        f"fitted on all. Validation lies {_above(leaky - leaky_fresh)} that with the leak, and "
        f"{_above(honest - honest_fresh)} without.",
    ]
    if job.chance is not None:
        sentences.append(f"The labels are coin tosses: no classifier is truly better than {job.chance:.0%}.")
    return sentences


def _above(difference: float) -> str:
    return f"{abs(difference) * 100:.1f} points {'above' if difference >= 0 else 'below'}"


def _verdict(gain: float, error: float) -> str:
    if gain == error == 0:
        return "exactly nothing, because the classifier has a bias of its own."
    if abs(gain) < 2 * error:
        return "less than two standard errors, so not to be told from luck. It is a habit worth keeping all the same."
    return "**a false gain**." if gain > 0 else "a leak need not flatter; here it spoils the training samples too."


def digit_sentences(seen: DigitDirectionsSnapshot, job: DigitDirectionsJob) -> list[str]:
    """Scaling by pixel, shares of the directions, and whitening."""
    if seen.shares is None:
        return []
    (_, own), (_, together) = seen.treated[-1]
    first, second = seen.shares[:2]
    kept = float(seen.shares[: job.num_components].sum())
    unseen = "of the same digits" if job.has_all else f"of {seen.num_judged} other digits"
    return [
        f"Divided by its own deviation, the most extreme pixel lies {own:.1f} deviations from its mean; with one "
        f"deviation for all pixels, {together:.1f}. {seen.constant} pixels never change: their deviation is 0, so "
        "scikit-learn divides them by 1.",
        f"The first two of {len(seen.shares)} directions hold {first:.2%} and {second:.2%} of the variance; "
        f"{seen.num_enough} hold 95%.",
        f"{job.num_components} directions hold {kept:.1%}; what is rebuilt from them misses {seen.lost:.1%}.",
        f"{seen.num_tiny} directions have a variance below {number_text(TINY)}. Whitened, the standard deviation "
        f"{unseen} strays furthest above 1 in direction {int(seen.white.argmax()) + 1} with epsilon "
        f"{number_text(job.epsilon)} ({figure(seen.white.max())}), and in direction {int(seen.raw.argmax()) + 1} "
        f"without ({figure(seen.raw.max())}).",
        f"In the last direction the fitted digits have nothing but rounding. With epsilon, {figure(seen.white[-1])} is "
        f"left of it; without, it is blown up to {figure(seen.raw[-1])}.",
    ]


def figure(value: float) -> str:
    """Three digits, thousands apart, powers of ten where there are too many."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def count(steps: int | None) -> str:
    if steps is None:
        return "more than anyone can wait for"
    return f"{steps:,}" if steps < 1_000_000 else f"{steps:.2g}"


def correction_lines(names: tuple[str, ...]) -> list[str]:
    """Each correction with its source."""
    rows = [CORRECTIONS[name] for name in names]
    return [f"“{row.label}”: {row.about}{f' ${row.formula}$' if row.formula else ''} *{row.source}.*" for row in rows]
