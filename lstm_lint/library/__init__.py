"""What library calls do. `load` gives one generation's knowledge behind the Protocol of `values.library`."""

from functools import cache
from typing import TYPE_CHECKING

from lstm_lint.findings import Target

if TYPE_CHECKING:
    from lstm_lint.library.registry import Registry


@cache
def load(target: Target) -> "Registry":
    from lstm_lint.library import versions
    from lstm_lint.library.registry import Registry

    return Registry(target, versions.load(target))
