"""A model as data: what is made, with which arguments, called on what. Its text is the program that both judges read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

HEAD = "import keras\nfrom keras import layers\n\n"


@dataclass(frozen=True, slots=True)
class Made:
    """`layers.layer(name=text, ...)`; the empty name marks a positional argument, an empty layer a plain list."""

    layer: str
    arguments: tuple[tuple[str, "Text"], ...] = ()

    def text(self) -> str:
        parts = [f"{name}={written(each)}" if name else written(each) for name, each in self.arguments]
        whole = ", ".join(parts)
        if not self.layer:
            return f"[{whole}]"
        return f"keras.Sequential([{whole}])" if self.layer == "Sequential" else f"layers.{self.layer}({whole})"

    def names(self) -> Iterator[str]:
        """The layers in it."""
        if self.layer:
            yield self.layer
        for _, each in self.arguments:
            if isinstance(each, Made):
                yield from each.names()

    def smaller(self) -> Iterator["Made"]:
        for i, (name, each) in enumerate(self.arguments):
            before, after = self.arguments[:i], self.arguments[i + 1 :]
            yield replace(self, arguments=before + after)
            for less in each.smaller() if isinstance(each, Made) else ():
                yield replace(self, arguments=(*before, (name, less), *after))


Text: TypeAlias = str | Made


def written(text: Text) -> str:
    return text.text() if isinstance(text, Made) else text


@dataclass(frozen=True, slots=True)
class Step:
    """A layer called on earlier tensors; `call` tells how, `{0}` being the first of `inputs`."""

    made: Made | None
    inputs: tuple[int, ...]
    call: str = "({0})"

    def text(self) -> str:
        return (self.made.text() if self.made else "") + self.call.format(*(f"t{i}" for i in self.inputs))


@dataclass(frozen=True, slots=True)
class Model:
    """Tensors are numbered: the inputs first, then each step's. `form` is functional, or how a Sequential is written."""

    form: str
    inputs: tuple[str, ...]
    steps: tuple[Step, ...]

    def text(self) -> str:
        return HEAD + (self._functional() if self.form == "functional" else self._sequential())

    def _functional(self) -> str:
        lines = [f"t{i} = keras.Input({given})" for i, given in enumerate(self.inputs)]
        lines += [f"t{i} = {step.text()}" for i, step in enumerate(self.steps, len(self.inputs))]
        inputs = ", ".join(f"t{i}" for i in range(len(self.inputs)))
        outputs = ", ".join(f"t{i}" for i in self.outputs())
        lines.append(f"model = keras.Model([{inputs}], [{outputs}])")
        return "\n".join(lines) + "\n"

    def _sequential(self) -> str:
        parts = [f"keras.Input({self.inputs[0]})", *(step.text() for step in self.bare())]
        if self.form == "list":
            return "model = keras.Sequential([\n" + "".join(f"    {part},\n" for part in parts) + "])\n"
        return "model = keras.Sequential()\n" + "".join(f"model.add({part})\n" for part in parts)

    def bare(self) -> list[Step]:
        """The steps without their calls."""
        return [replace(step, call="") for step in self.steps if step.made is not None]

    def outputs(self) -> list[int]:
        """The tensors that nothing takes."""
        taken = {i for step in self.steps for i in step.inputs}
        count = len(self.inputs) + len(self.steps)
        return [i for i in range(count) if i not in taken and i >= len(self.inputs)] or [count - 1]

    def layers(self) -> set[str]:
        return {name for step in self.steps if step.made for name in step.made.names()}

    def smaller(self) -> Iterator["Model"]:
        """What is left when one thing goes: a step, an input that nothing takes, an argument."""
        for i in reversed(range(len(self.steps))):
            yield self._without_step(i)
        for i in range(len(self.inputs)):
            if len(self.inputs) > 1 and not any(i in step.inputs for step in self.steps):
                yield self._without(i, 0)
        for i, step in enumerate(self.steps):
            for made in step.made.smaller() if step.made else ():
                yield replace(self, steps=(*self.steps[:i], replace(step, made=made), *self.steps[i + 1 :]))
        if self.form != "functional":
            yield replace(self, form="functional")

    def _without_step(self, index: int) -> "Model":
        return self._without(index + len(self.inputs), self.steps[index].inputs[0])

    def _without(self, tensor: int, instead: int) -> "Model":
        """Whoever took the tensor takes the other one; those behind it move up."""
        first = len(self.inputs)

        def moved(i: int) -> int:
            i = instead if i == tensor else i
            return i - (i > tensor)

        steps = [step for i, step in enumerate(self.steps, first) if i != tensor]
        return replace(
            self,
            inputs=tuple(given for i, given in enumerate(self.inputs) if i != tensor),
            steps=tuple(replace(step, inputs=tuple(map(moved, step.inputs))) for step in steps),
        )
