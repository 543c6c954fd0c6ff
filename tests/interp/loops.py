from toy import box, need, unknown

x = box(0)
for i in range(3):
    x = box(i)
a = x  # = box(2,)

gathered = []
for i in range(1000):
    gathered.append(box(5, 2))
b = gathered  # = [box(5, 2) * 1000]

rest = []
for i in range(unknown()):
    rest.append(box(1))
c = rest  # = [box(1,) * ?]

n = 0
while n < 4:
    n += 1
d = n  # = 4

for i in range(5):
    if i == 2:
        break
e = i  # = 2

y = box(3)
for name in unknown():
    need(y, 1)
    y = box(3, 3)
f = y  # = box(3, 3) | box(3,)

for k in range(3):
    if k == 1:
        continue
    g = k
h = g  # = 2

windows = [box(4) for _ in range(500)]
m = windows  # = [box(4,) * 500]
squares = [v * v for v in range(4) if v != 2]
o = squares  # = [0, 1, 9]
pairs = {k: v for k, v in [("a", 1), ("b", 2)]}
p = pairs  # = {'a': 1, 'b': 2}

for i in range(3):
    need(box(i), 2)  # clash

while unknown():
    z = box(9)
    break
q = z  # = box(9,)
for i in range(2):
    pass
else:
    r = 11  # = 11

found = None
for name in unknown():
    if unknown():
        found = box(4)
        break
s = found  # = None | box(4,)

while True:
    t = box(5)
    if unknown():
        u = box(6)
        break
v = t  # = box(5,)
w = u  # = box(6,)
