"""How many elements a slice leaves."""

from lstm_lint.values import dims
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Slice, number


def sliced(length: dims.Dim, index: Slice) -> dims.Dim:
    """How many elements `[start:stop:step]` leaves of `length`; an open length stays open.

    Where both bounds are written from the same symbol (`x[i:i + n]`), they are taken to lie within.
    """
    start, stop, step = (number(part) for part in (index.start, index.stop, index.step))
    if length is None:
        return None
    if step not in (None, 1, -1) and not (isinstance(step, int) and step > 0):
        return Unknown("a slice of unknown step")
    if start is None and stop is None and step in (None, 1, -1):
        return length
    bounds = [part for part in (start, stop, step) if part is None or isinstance(part, int)]
    if isinstance(length, int) and len(bounds) == 3:
        return len(range(length)[bounds[0] : bounds[1] : bounds[2]])
    if step == -1:
        return Unknown("a backward slice of unknown bounds")
    whole = _distance(length, start, stop)
    if dims.of_data(length) and not _long_enough(length, start, stop):
        return Unknown("a slice of data that may be short")
    if step in (None, 1):
        return whole
    return dims.divide(dims.add(whole, step - 1), step)


def _long_enough(length: dims.Dim, start: dims.Dim, stop: dims.Dim) -> bool:
    """Do both bounds lie within, however short the data are?"""
    needed = sum(abs(bound) for bound in (start, stop) if isinstance(bound, int))
    return dims.positive(dims.subtract(length, needed - 1))


def _distance(length: dims.Dim, start: dims.Dim, stop: dims.Dim) -> dims.Dim:
    """stop - start, where that is sure to be what is left."""
    if start is None and stop is None:
        return length
    if start is None and isinstance(stop, int) and stop < 0:
        return dims.add(length, stop)
    if stop is None and isinstance(start, int):
        return -start if start < 0 and not isinstance(length, int) else dims.subtract(length, start)
    if isinstance(start, int) and start < 0 and isinstance(stop, int) and stop < 0:
        return stop - start
    if stop is None:
        return dims.subtract(length, start)
    begin = 0 if start is None else start
    if isinstance(begin, int) and isinstance(stop, int) and begin >= 0 and stop < 0:
        return dims.subtract(dims.add(length, stop), begin)
    rest = dims.subtract(stop, begin)
    if isinstance(rest, int) and not isinstance(begin, int):
        return rest if rest >= 0 else Unknown("a slice of unknown bounds")
    if isinstance(length, int) or isinstance(rest, int):
        return Unknown("a slice of unknown bounds")
    return rest if not isinstance(rest, int) else Unknown("a slice of unknown bounds")
