"""Folds: the samples that are not for the test take turns in validating."""

import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold

from playground.rules import fold_size
from playground.seeds import numpy_generator, stream_seed


def fold_rows(
    rows: np.ndarray, num_folds: int, fold: int, seed: int, labels: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers for training and validation when this fold validates.

    All folds have one size; the few samples that are left over always train.

    Args:
        rows: (N,) of training and validation together.
        labels: (N,) their classes, whose shares each fold keeps where every class has samples enough; None for
            regression.

    Source: Kohavi, A study of cross-validation and bootstrap for accuracy estimation and model selection, 1995,
    https://www.ijcai.org/Proceedings/95-2/Papers/016.pdf
    """
    order = numpy_generator(seed, "split").permutation(len(rows))
    shared = np.sort(order[: num_folds * fold_size(len(rows), num_folds)])
    folds = KFold(num_folds, shuffle=True, random_state=stream_seed(seed, "split"))
    if labels is not None and np.unique(labels[shared], return_counts=True)[1].min() >= num_folds:
        folds = StratifiedKFold(num_folds, shuffle=True, random_state=stream_seed(seed, "split"))
    validating = [part for _, part in folds.split(shared, None if labels is None else labels[shared])][fold]
    is_val = np.isin(np.arange(len(rows)), shared[validating])
    return rows[~is_val], rows[is_val]
