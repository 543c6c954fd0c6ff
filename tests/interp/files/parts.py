from toy import box, need

UNITS = 3


def make(n):
    return box(UNITS, n)


def box_of(n):
    return box(n)


def strict(x):
    return need(x, 3)
