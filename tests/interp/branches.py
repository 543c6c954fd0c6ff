from toy import box, need, unknown

if unknown():
    x = box(1, 2)
else:
    x = box(1, 2, 3)
y = x  # = box(1, 2) | box(1, 2, 3)
need(x, 2)
need(x, 4)  # clash

if True:
    z = 1
else:
    z = 2
a = z  # = 1

layers = [1]
if unknown():
    layers.append(2)
b = layers  # = [1, 2] | [1]

sizes = {"units": 8}
if unknown():
    sizes["steps"] = 3
s = sizes["steps"]  # = 3
t = sizes.get("none")  # = ?

c = 3 if unknown() else 4
d = c + 1  # = 4 | 5

options = {"units": 8}
if unknown():
    options["units"] = 16
e = options["units"]  # = 16 | 8


def early(flag):
    if flag:
        return box(1)
    need(box(2, 2), 2)
    return box(2)


f = early(unknown())  # = box(1,) | box(2,)
g = early(True)  # = box(1,)


def raises(flag):
    if flag:
        raise ValueError
    return box(3)


h = raises(unknown())  # = box(3,)
i = None
if i is None:
    i = 5
j = i  # = 5
match "lstm":
    case "gru":
        k = 1
    case "lstm":
        k = 2
    case _:
        k = 3
m = k  # = 2
n = unknown() or box(7)
o = 0 or 9  # = 9
p = 1 < 2 < 3  # = True
q = "a" in {"a": 1}  # = True
r = not unknown()  # = ?


def strict(n, key):
    return need(box(n), 1)


kind, more = (strict, {"key": 1}) if unknown() else (need, {})
if unknown():
    maker = box
else:
    maker = need
u = maker(box(1), 1)  # = box(1,) | box(?, 1)
