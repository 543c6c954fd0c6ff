"""A model as data: what is made, with which arguments, called on what. Its text is the program that both judges read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

HEAD = "import keras\nfrom keras import layers\n\n"
INNER = "INNER"
"""Where a layer of kind `Model` stands in a text: its name is that of the step which it is made for."""
PLAIN_SHAPE = re.compile(r"\([\w, ]*\)")


@dataclass(frozen=True, slots=True)
class Made:
    """`layers.layer(name=text, ...)`; the empty name marks a positional argument, an empty layer a plain list.

    The first argument of a `Model` is the shape of its input, the others are its layers, one after the other.
    """

    layer: str
    arguments: tuple[tuple[str, "Text"], ...] = ()

    def text(self) -> str:
        parts = [f"{name}={written(each)}" if name else written(each) for name, each in self.arguments]
        whole = ", ".join(parts)
        if self.layer == "Model":
            return INNER
        if not self.layer:
            return f"[{whole}]"
        if self.layer == "Sequential":
            return f"keras.Sequential([{whole}])"
        return f"{'keras' if self.layer == 'Input' else 'layers'}.{self.layer}({whole})"

    def names(self) -> Iterator[str]:
        """The layers in it."""
        if self.layer:
            yield self.layer
        for _, each in self.arguments:
            if isinstance(each, Made):
                yield from each.names()

    def inner(self) -> "Made | None":
        """The model that it is, or that it wraps."""
        if self.layer == "Model":
            return self
        held = (each.inner() for _, each in self.arguments if isinstance(each, Made))
        return next((each for each in held if each is not None), None)

    def smaller(self) -> Iterator["Made"]:
        for i, (name, each) in enumerate(self.arguments):
            before, after = self.arguments[:i], self.arguments[i + 1 :]
            if self.layer == "Model" and (i == 0 or len(self.arguments) == 2):
                continue
            yield replace(self, arguments=before + after)
            for less in each.smaller() if isinstance(each, Made) else ():
                yield replace(self, arguments=(*before, (name, less), *after))


Text: TypeAlias = str | Made


def written(text: Text) -> str:
    return text.text() if isinstance(text, Made) else text


@dataclass(frozen=True, slots=True)
class Step:
    """A layer called on earlier tensors; `call` tells how, `{0}` being the first of `inputs`.

    `again` is the tensor that the same layer gave before.
    """

    made: Made | None
    inputs: tuple[int, ...]
    call: str = "({0})"
    again: int | None = None

    def lines(self, number: int, shared: bool) -> Iterator[str]:
        """What makes the tensor of this number; `shared`: the layer is called again later."""
        names = [f"t{i}" for i in self.inputs]
        call = self.call.format(*names)
        inner = self.made.inner() if self.made and self.again is None else None
        if inner is not None:
            (_, given), *held = inner.arguments
            yield f"a{number} = keras.Input({written(given).format(*names)})"
            text = f"a{number}"
            for _, each in held:
                text = f"{written(each)}({text})"
            yield f"b{number} = {text}"
            yield f"{self._named(number)} = keras.Model(a{number}, b{number})"
        made = self.made.text().replace(INNER, self._named(number)) if self.made else ""
        if self.again is not None:
            made = f"l{self.again}"
        elif shared:
            yield f"l{number} = {made}"
            made = f"l{number}"
        yield f"t{number} = {made}{call}"

    def _named(self, number: int) -> str:
        return f"m{number}"


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
        shared = {step.again for step in self.steps}
        for i, step in enumerate(self.steps, len(self.inputs)):
            lines += step.lines(i, i in shared)
        inputs = ", ".join(f"t{i}" for i in range(len(self.inputs)))
        outputs = ", ".join(f"t{i}" for i in self.outputs())
        lines.append(f"model = keras.Model([{inputs}], [{outputs}])")
        return "\n".join(lines) + "\n"

    def _sequential(self) -> str:
        """With an Input or an InputLayer in front, or told the shape with the first layer or in the end."""
        layers = [step.made for step in self.bare() if step.made is not None]
        given, form, end = self.inputs[0], self.form, ""
        plain = bool(PLAIN_SHAPE.fullmatch(given)) and bool(layers)
        if form == "first" and plain and layers[0].layer != "Sequential":
            layers[0] = replace(layers[0], arguments=(*layers[0].arguments, ("input_shape", given)))
        elif form == "build" and plain:
            end = f"model.build({given.replace('(', '(None, ', 1).replace(', )', ')')})\n"
        else:
            layers.insert(0, Made("InputLayer" if form == "layer" else "Input", (("", given),)))
        parts = [layer.text() for layer in layers]
        if form in ("list", "first"):
            return "model = keras.Sequential([\n" + "".join(f"    {part},\n" for part in parts) + "])\n"
        return "model = keras.Sequential()\n" + "".join(f"model.add({part})\n" for part in parts) + end

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
            if step.again is not None:
                yield replace(self, steps=(*self.steps[:i], replace(step, again=None), *self.steps[i + 1 :]))
                continue
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
            steps=tuple(
                replace(
                    step,
                    inputs=tuple(map(moved, step.inputs)),
                    again=None if step.again in (None, tensor) else moved(step.again),
                )
                for step in steps
            ),
        )
