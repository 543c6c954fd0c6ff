import pytest
from toy import box, expects, need, unknown

try:
    need(box(1), 2)
except ValueError:
    pass

try:
    need(box(1), 2)
except Exception:
    pass

try:
    need(box(1), 2)  # clash
except KeyError:
    pass

try:
    import fast
except ImportError:
    fast = None
a = 1  # = 1

with expects():
    need(box(1), 2)

with unknown() as handle:
    need(box(1), 2)  # clash

try:
    x = box(1)
finally:
    y = box(2)
b = y  # = box(2,)

try:
    z = box(1)
except ValueError:
    z = box(1, 1)
c = z  # = box(1, 1) | box(1,)
