from toy import box

a = missing  # unbound
print(a)


def later():
    return defined_below


defined_below = 3
b = later()  # = 3

try:
    absent
except NameError:
    pass


def inside(x):
    return x + nowhere  # unbound


if box(1):
    maybe = 1
c = box(1) if maybe else box(2)
del maybe
d = maybe
