from toy import box, need


class Base:
    size = 3

    def __init__(self, units):
        self.units = units

    def make(self):
        return box(self.units, self.size)

    @property
    def wide(self):
        return self.units * 2

    @staticmethod
    def fixed():
        return 7

    @classmethod
    def of(cls, n):
        return cls(n)


class Derived(Base):
    size = 5

    def __init__(self, units):
        super().__init__(units + 1)
        self.parts = []
        for i in range(2):
            self.parts.append(box(i))

    def make(self):
        need(super().make(), 2)
        return super().make()

    def __call__(self, n):
        return box(n, self.units)


a = Base(2).make()  # = box(2, 3)
b = Derived(2).make()  # = box(3, 5)
c = Derived(2).wide  # = 6
d = Base.fixed()  # = 7
e = Derived.of(4).units  # = 5
f = Derived(1)(9)  # = box(9, 2)
g = Derived(1).parts  # = [box(0,), box(1,)]

shared = Base(1)
other = shared
other.units = 8
h = shared.units  # = 8


class Unused:
    def __init__(self, width):
        self.width = width

    def run(self):
        return need(box(self.width), 2)  # clash


i = shared.nothing  # = ?


class Context:
    inside = False

    def __enter__(self):
        Context.inside = True
        return 5

    def __exit__(self, *error):
        Context.inside = False


with Context() as j:
    k = Context.inside  # = True
m = Context.inside  # = False
n = j  # = 5
