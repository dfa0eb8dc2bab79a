"""What every test and doctest starts from and leaves behind."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import pytest

mpl.use("agg")


@pytest.fixture(autouse=True)
def _matplotlib_as_it_was() -> Iterator[None]:
    """Close the figures of a test and restore what it set."""
    import matplotlib.pyplot as plt

    with mpl.rc_context():
        yield
    plt.close("all")
