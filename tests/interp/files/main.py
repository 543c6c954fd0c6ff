import parts
from parts import UNITS as b
from parts import make, strict

a = make(4)
c = parts.box_of(b)
d = b
strict(a)


def inside():
    from parts import box_of

    return box_of(b)


again = inside()
