"""Placement: labels that do not overlap, axes that leave room for their labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["limits_for_labels", "nice_ticks", "spread"]


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels along one axis as little as needed so that none overlap.

    Parameters
    ----------
    wanted : sequence of float
        Centres the labels would like, in points.
    sizes : sequence of float
        Extent of each label in points.
    low, high : float
        Room there is, in points.

    Returns
    -------
    list of float
        Centres in the order given. If the room is too small for all of them they are spread
        evenly; the caller then shows fewer.

    Examples
    --------
    >>> spread([10, 11, 50], [10, 10, 10], 0, 100)
    [5.5, 15.5, 50.0]
    """
    count = len(wanted)
    if not count:
        return []
    order = sorted(range(count), key=lambda i: wanted[i])
    # Pool adjacent violators: a block of touching labels sits at the mean of its wishes.
    blocks: list[list[int]] = []
    centres: list[float] = []
    spans: list[float] = []

    def settle(block: list[int]) -> tuple[float, float]:
        span = sum(sizes[i] for i in block)
        offset, total = 0.0, 0.0
        for i in block:
            total += wanted[i] - (offset + sizes[i] / 2)
            offset += sizes[i]
        start = total / len(block)
        start = min(max(start, low), max(high - span, low))
        return start + span / 2, span

    for i in order:
        blocks.append([i])
        centre, span = settle([i])
        centres.append(centre)
        spans.append(span)
        while len(blocks) > 1 and centres[-2] + spans[-2] / 2 > centres[-1] - spans[-1] / 2 + 1e-9:
            merged = blocks.pop(-2) + blocks.pop(-1)
            blocks.append(merged)
            del centres[-2:], spans[-2:]
            centre, span = settle(merged)
            centres.append(centre)
            spans.append(span)
    placed = [0.0] * count
    for block, centre, span in zip(blocks, centres, spans, strict=True):
        position = centre - span / 2
        for i in block:
            placed[i] = position + sizes[i] / 2
            position += sizes[i]
    return placed


def limits_for_labels(
    spans: Sequence[tuple[float, float, float]], width: float, *, include: Sequence[float] = ()
) -> tuple[float, float] | None:
    """Axis limits that leave room for labels beside their points.

    Parameters
    ----------
    spans : sequence of (value, before, after)
        A point in data units and the points (1/72 inch) its label needs on either side.
    width : float
        Length of the axis in points.
    include : sequence of float
        Values the axis has to show, with no label.

    Returns
    -------
    (float, float) or None
        Lower and upper limit in data units; None if the labels alone are longer than the axis.

    Examples
    --------
    >>> low, high = limits_for_labels([(0, 10, 0), (100, 0, 10)], 120)
    >>> round(low, 6), round(high, 6)
    (-10.0, 110.0)
    """
    items = [(float(v), float(a), float(b)) for v, a, b in spans if np.isfinite(v)]
    items += [(float(v), 0.0, 0.0) for v in include if np.isfinite(v)]
    if not items:
        return 0.0, 1.0
    values = np.array([item[0] for item in items])
    before = np.array([item[1] for item in items])
    after = np.array([item[2] for item in items])
    data = float(values.max() - values.min())
    if data == 0:
        data = abs(float(values[0])) or 1.0
        middle = float(values[0])
        return middle - data, middle + data

    def needed(scale: float) -> float:
        """Length in points that the data and labels take at data units per point."""
        return float((values + after * scale).max() - (values - before * scale).min()) / scale

    low, high = data / width, 1000 * data / width
    if needed(high) > width:
        return None
    for _ in range(60):
        middle = (low * high) ** 0.5
        if needed(middle) > width:
            low = middle
        else:
            high = middle
    scale = high
    first = float((values - before * scale).min())
    last = float((values + after * scale).max())
    spare = width * scale - (last - first)
    return first - max(spare, 0) / 2, last + max(spare, 0) / 2


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Round values between two limits, at most ``most`` of them (and at least one if any fit).

    Examples
    --------
    >>> nice_ticks(0, 20, 5)
    [0.0, 5.0, 10.0, 15.0, 20.0]
    """
    if not (np.isfinite(low) and np.isfinite(high)) or high <= low:
        return []
    rough = (high - low) / max(most, 1)
    power = 10.0 ** np.floor(np.log10(rough))
    for step in (1, 2, 2.5, 5, 10, 20, 25, 50, 100):
        size = step * power
        first = np.ceil(low / size - 1e-9)
        last = np.floor(high / size + 1e-9)
        if last - first + 1 <= most:
            break
    ticks = np.arange(first, last + 1) * size
    return [float(np.round(tick, 12)) + 0.0 for tick in ticks]
