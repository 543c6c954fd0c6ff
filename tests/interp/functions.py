from toy import box, need, same, unknown


def plain(a, b=2, *rest, key=3, **more):
    return (a, b, rest, key, more)


a = plain(1)  # = (1, 2, (), 3, {})
b = plain(1, 5, 6, 7, key=8, other=9)  # = (1, 5, (6, 7), 8, {'other': 9})
sizes = [1, 2]
options = {"key": 4}
c = plain(*sizes, **options)  # = (1, 2, (), 4, {})


def outer(n):
    def inner(m):
        return box(n, m)

    return inner


d = outer(3)(4)  # = box(3, 4)
e = (lambda s: s + 1)(2)  # = 3


def twice(function):
    def wrapped(x):
        return function(function(x))

    return wrapped


@twice
def grow(x):
    return x + 1


f = grow(1)  # = 3

count = 0


def step():
    global count
    count += 1


step()
step()
g = count  # = 2


def forever(n):
    return forever(n + 1)


h = forever(0)  # = ?


def never_called(units, timesteps=10):
    x = box(units, timesteps)
    need(x, 3)  # clash
    return x


def generator():
    yield box(1)
    yield box(1)


for i in generator():
    last = i
j = last  # = box(1,)


def counted():
    yield 1
    for each in (2, 3):
        yield box(each)
    yield from (4, 5)


one, two, three, *more = counted()
m3 = three  # = box(3,)
m4 = more  # = [4, 5]


def doubtful(given):
    yield 1
    for each in (2, 3):
        if given:
            continue
        yield each


m5 = doubtful(unknown)
m6 = list(m5)[2]  # = ?


def nothing():
    pass


k = nothing()  # = None
m, (n, *o) = 1, (2, 3, 4)
p = o  # = [3, 4]
q = same(box(2)).shape  # = (2,)
if (r := 5) > 3:
    s = r  # = 5
