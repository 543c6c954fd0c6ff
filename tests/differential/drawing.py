"""Draws models: most of them as people write them, a third with something wrong in the arguments or the wiring."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from differential.kinds import CELLS, KINDS, MERGES, RECURRENTS, SIZE, TEXTUAL, USUAL, WRONG, Kind, Texts
from differential.programs import Made, Model, Step, Text, written
from lstm_lint.findings import Target

INPUTS = {
    2: ("(8,)", "(4,)", "shape=(6,)", "(12,), batch_size=2"),
    3: (
        "(8, 4)",
        "(None, 4)",
        "(6, 3)",
        "shape=(5, 8)",
        "(8, 4), batch_size=2",
        "batch_shape=(2, 6, 4)",
        "(None, None)",
    ),
    4: ("(8, 8, 3)", "(6, 8, 4)", "(None, 8, 4)", "(None, None, 2)"),
    5: ("(6, 8, 8, 2)", "(None, 6, 6, 1)", "(5, 6, 8, 4)"),
    6: ("(4, 6, 6, 6, 2)", "(None, 5, 5, 5, 1)"),
}
INTEGERS = ("(8,)", "(None,)", "(6, 4)", "shape=(10,), dtype='int32'")
LEARNT = ("vocabulary", "bin_boundaries")
"""What a layer is told, or learns from data that these models do not have."""
FOREIGN = ("units", "input_length", "time_major", "foo", "kernel_size", "inner_activation", "mask")
RANKS = (3, 3, 3, 3, 4, 4, 2, 5, 6)
SPANS = {"[:, -1]": -1, "[:, 1:]": 0, "[:, ::2]": 0, "[..., 0]": -1, "[:, :, 0]": -1, "[:, None]": 1, "[:, -3:]": 0}
FUNCTIONS = {
    "keras3": {
        "keras.ops.mean({0}, axis=1)": -1,
        "keras.ops.concatenate([{0}, {0}], axis=-1)": 0,
        "keras.ops.expand_dims({0}, 1)": 1,
        "keras.ops.squeeze({0}, axis=1)": -1,
        "keras.ops.relu({0})": 0,
    },
    "keras2": {
        "keras.backend.mean({0}, axis=1)": -1,
        "keras.backend.concatenate([{0}, {0}], axis=-1)": 0,
        "keras.backend.expand_dims({0}, 1)": 1,
        "keras.backend.squeeze({0}, axis=1)": -1,
        "keras.backend.relu({0})": 0,
    },
}
SUMS = ("{0} + {1}", "{0} * {1}", "{0} - {1}", "{0} * 2", "1 - {0}")
WORDS = ("(1,), dtype='string'", "(4,), dtype='string'", "shape=(1,), dtype='string'")


@dataclass(slots=True)
class Maker:
    """One model in the making: the ranks of its tensors, and whether something is still to go wrong."""

    draw: Random
    target: Target
    sequential: bool
    wrong: bool
    ranks: list[int] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def chance(self, percent: int) -> bool:
        return self.draw.randrange(100) < percent

    def one(self, texts: Any) -> Any:
        return self.draw.choice(texts)

    def spoils(self, percent: int) -> bool:
        """Now is when it goes wrong, perhaps."""
        return self.wrong and self.chance(percent)

    # Layers.

    def layer(self, name: str) -> tuple[Made, dict[str, str]]:
        kind: Kind = {**KINDS, **CELLS, **TEXTUAL}[name]
        given = list(self.arguments(kind.required, kind.optional))
        return Made(name, tuple(given)), {key: written(text) for key, text in given} | self.by_name(kind, given)

    def by_name(self, kind: Kind, given: list[tuple[str, Text]]) -> dict[str, str]:
        positional = [written(text) for key, text in given if not key]
        return dict(zip(kind.required, positional, strict=False))

    def arguments(self, required: Texts, optional: Texts) -> Iterator[tuple[str, Text]]:
        for texts in required.values():
            if self.spoils(4):
                continue
            yield "", self.one(WRONG if self.spoils(12) else texts)
        share = self.one((0, 10, 25))
        for name, texts in optional.items():
            if self.chance(share) or name in LEARNT:
                if name == "stateful" and not self.chance(15):
                    continue
                yield name, self.one(WRONG if self.spoils(12) else texts)
        if self.spoils(4):
            yield self.one(FOREIGN), self.one(WRONG)

    def usable(self, rank: int) -> list[str]:
        if self.spoils(8):
            return list(KINDS)
        fitting = [
            name
            for name, kind in KINDS.items()
            if rank in kind.ranks and kind.only in ("", self.target) and (not kind.integers or self.wrong)
        ]
        special = {2: ["Wrapped2"], 3: ["Bidirectional", "RNN", "TimeDistributed", "Sequential"]}.get(
            rank, ["TimeDistributed", "Bidirectional"]
        )
        usual = [name for name in USUAL if name in (*fitting, *special)]
        return (
            usual
            if usual and self.chance(40 if rank == 3 else 15)
            else [*fitting, *(name for name in special if name != "Wrapped2")]
        )

    def any_layer(self, rank: int, depth: int = 0) -> tuple[Made, int]:
        """A layer for a tensor of this rank, and the rank of what it gives."""
        names = self.usable(rank)
        if depth:
            names = [name for name in names if name not in ("Sequential", "TimeDistributed")]
        name = self.one(names or ["Dense"])
        if name == "TimeDistributed":
            return self.distributed(rank)
        if name == "Bidirectional":
            return self.bidirectional(rank)
        if name == "RNN":
            return self.over_cells()
        if name == "Sequential":
            return self.nested(rank)
        made, given = self.layer(name)
        return made, KINDS[name].rank(rank, given)

    def distributed(self, rank: int) -> tuple[Made, int]:
        inner, given = self.any_layer(rank - 1, 1)
        if rank == 4 and self.chance(20):
            return Made("TimeDistributed", (("", Made("TimeDistributed", (("", self.any_layer(2, 1)[0]),))),)), rank
        return Made("TimeDistributed", (("", inner),)), given + 1

    def bidirectional(self, rank: int) -> tuple[Made, int]:
        fitting = list(RECURRENTS) if rank == 3 else [f"ConvLSTM{min(max(rank - 3, 1), 3)}D"]
        name = self.one(list(KINDS) if self.spoils(8) else fitting)
        inner, given = self.layer(name)
        if rank == 3 and self.chance(10):
            return Made("Bidirectional", (("", self.over_cells()[0]),)), 2
        arguments: list[tuple[str, Text]] = [("", inner)]
        if self.chance(40):
            merges = WRONG if self.spoils(25) else ("'concat'", "'sum'", "'mul'", "'ave'", "'concat'", "None")
            arguments.append(("merge_mode", self.one(merges)))
        if self.chance(10):
            backward = self.layer(name if not self.spoils(40) else self.one(list(RECURRENTS)))[0]
            rest = tuple(each for each in backward.arguments if each[0] != "go_backwards")
            if not self.spoils(40) and rest and inner.arguments and not rest[0][0]:
                rest = (inner.arguments[0], *rest[1:])
            arguments.append(("backward_layer", Made(name, (*rest, ("go_backwards", "True")))))
        return Made("Bidirectional", tuple(arguments)), KINDS[name].rank(rank, given)

    def over_cells(self) -> tuple[Made, int]:
        cells = [self.cell() for _ in range(self.one((1, 1, 2, 3)))]
        several = Made("", tuple(("", cell) for cell in cells))
        cell: Text = cells[0] if len(cells) == 1 else several
        if len(cells) > 1 and self.chance(30):
            cell = Made("StackedRNNCells", (("", several),))
        steps = list(
            self.arguments(
                {},
                {n: KINDS["LSTM"].optional[n] for n in ("return_sequences", "return_state", "go_backwards", "unroll")},
            )
        )
        made = Made("RNN", (("", cell), *steps))
        return made, KINDS["LSTM"].rank(3, {n: written(t) for n, t in steps})

    def cell(self) -> Made:
        return self.layer(self.one(list(KINDS) if self.spoils(6) else list(CELLS)))[0]

    def nested(self, rank: int) -> tuple[Made, int]:
        layers: list[tuple[str, Text]] = []
        for _ in range(self.one((1, 2))):
            made, rank = self.any_layer(rank, 1)
            layers.append(("", made))
        return Made("Sequential", (("", Made("", tuple(layers))),)), rank

    # Wirings.

    def put(self, made: Made | None, inputs: tuple[int, ...], rank: int, call: str = "({0})") -> None:
        if made is not None and not self.sequential and _several(made) and not self.spoils(25):
            call += "[0]"
        used = tuple(each for i, each in enumerate(inputs) if f"{{{i}}}" in call)
        self.steps.append(Step(made, used, call))
        self.ranks.append(rank)

    def step(self) -> None:
        last = len(self.ranks) - 1
        tensor = last if self.sequential or self.chance(75) else self.draw.randrange(last + 1)
        rank = self.ranks[tensor]
        way = self.draw.randrange(100)
        if self.sequential or way < 52:
            made, rank = self.any_layer(rank)
            self.put(made, (tensor,), rank)
        elif way < 67:
            self.merge(tensor)
        elif way < 77:
            self.attend(tensor)
        elif way < 82 and rank >= 3:
            self.started(tensor)
        elif way < 87:
            self.modelled(tensor)
        elif way < 92:
            self.again(tensor)
        else:
            self.function(tensor)

    def function(self, tensor: int) -> None:
        """A part of a tensor, a sum, a function of the backend."""
        rank, way = self.ranks[tensor], self.draw.randrange(3)
        if way == 0:
            span = self.one(list(SPANS))
            self.put(None, (tensor,), rank + SPANS[span], "{0}" + span)
        elif way == 1:
            self.put(None, (tensor, self.partner(tensor)), rank, self.one(SUMS))
        else:
            functions = FUNCTIONS[self.target]
            text = self.one(list(functions))
            self.put(None, (tensor,), rank + functions[text], text)

    def modelled(self, tensor: int) -> None:
        """A model as a layer, or inside of TimeDistributed."""
        rank = self.ranks[tensor]
        steps = rank > 2 and self.chance(40)
        given = "{0}.shape[2:]" if steps else "{0}.shape[1:]"
        inside = rank - 1 if steps else rank
        layers: list[tuple[str, Text]] = [("", self.one(("(8, 4)", "(4,)")) if self.spoils(20) else given)]
        for _ in range(self.one((1, 1, 2))):
            made, inside = self.any_layer(inside, 1)
            layers.append(("", made))
        model = Made("Model", tuple(layers))
        if steps:
            self.put(Made("TimeDistributed", (("", model),)), (tensor,), inside + 1)
        else:
            self.put(model, (tensor,), inside)

    def again(self, tensor: int) -> None:
        """An earlier layer on another tensor."""
        first = len(self.ranks) - len(self.steps)
        for number, step in enumerate(self.steps, first):
            alike = step.made is not None and step.call == "({0})" and step.again is None
            if alike and (self.ranks[step.inputs[0]] == self.ranks[tensor] or self.spoils(20)):
                self.put(step.made, (tensor,), self.ranks[number])
                self.steps[-1] = replace(self.steps[-1], again=number)
                return

    def partner(self, tensor: int) -> int:
        """Another tensor of the rank; a new one of the same shape, most often."""
        same = [i for i, rank in enumerate(self.ranks) if rank == self.ranks[tensor] and i != tensor]
        if self.spoils(30):
            return self.draw.randrange(len(self.ranks))
        if same and self.chance(25):
            return int(self.one(same))
        self.put(
            self.layer(self.one(("Activation", "Dropout", "LayerNormalization")))[0], (tensor,), self.ranks[tensor]
        )
        return len(self.ranks) - 1

    def merge(self, tensor: int) -> None:
        name = self.one((*MERGES, "Concatenate", "Dot"))
        other, rank = self.partner(tensor), self.ranks[tensor]
        pools: dict[str, Texts] = {"Concatenate": {"axis": ("-1", "1", "-2", "0", "3")}, "Dot": {}}
        axes = ("1", "(1, 1)", "2", "-1", "(2, 2)", "(2, 1)", "(1, 2)")
        required: Texts = {"axes": axes} if name == "Dot" else {}
        optional = {"normalize": ("True", "False")} if name == "Dot" else pools.get(name, {})
        made = Made(name, tuple(self.arguments(required, optional)))
        inputs = (tensor, other) if not self.chance(10) else (tensor, other, tensor)
        call = "([" + ", ".join(f"{{{i}}}" for i in range(len(inputs))) + "])"
        self.put(made, inputs, 2 * rank - 2 if name == "Dot" else rank, "({0})" if self.spoils(10) else call)

    def attend(self, tensor: int) -> None:
        names = ["Attention", "AdditiveAttention", "MultiHeadAttention"] + ["GroupQueryAttention"] * (
            self.target == "keras3"
        )
        name = self.one(names)
        if self.ranks[tensor] != 3 and not self.spoils(30):
            return
        other, rank = self.partner(tensor), self.ranks[tensor]
        if name.endswith("eAttention") or name == "Attention":
            made = Made(name, tuple(self.arguments({}, {"use_scale": ("True", "False"), "dropout": ("0.1", "0.0")})))
            self.put(made, (tensor, other), rank, self.one(("([{0}, {1}])", "([{0}, {1}, {1}])", "([{0}, {0}])")))
            return
        if name == "MultiHeadAttention":
            required: Texts = {"num_heads": ("2", "1", "4"), "key_dim": SIZE}
            optional: Texts = {
                "value_dim": SIZE,
                "use_bias": ("False", "True"),
                "output_shape": ("5", "None", "(3,)"),
                "dropout": ("0.1",),
            }
        else:
            required = {"head_dim": SIZE, "num_query_heads": ("4", "2"), "num_key_value_heads": ("2", "1")}
            optional = {"use_bias": ("False", "True"), "dropout": ("0.1",)}
        made = Made(name, tuple(self.arguments(required, optional)))
        self.put(made, (tensor, other), rank, self.one(("({0}, {1})", "({0}, {0})", "({0}, {1}, {1})")))

    def started(self, tensor: int) -> None:
        """A recurrent layer with an initial state made of another tensor."""
        units = self.one(SIZE[:3])
        name = self.one(list(RECURRENTS))
        self.put(Made("GlobalMaxPooling1D") if self.ranks[tensor] == 3 else Made("Flatten"), (tensor,), 2)
        self.put(Made("Dense", (("", self.one(SIZE) if self.spoils(30) else units),)), (len(self.ranks) - 1,), 2)
        arguments, given = self.layer(name)
        made = Made(name, (("", units), *(each for each in arguments.arguments if each[0])))
        states = 2 if (name == "LSTM") != self.spoils(30) else 1
        call = "({0}, initial_state=[" + ", ".join(["{1}"] * states) + "])"
        self.put(made, (tensor, len(self.ranks) - 1), KINDS[name].rank(3, given), call)


def _several(made: Made) -> bool:
    given: Mapping[str, Text] = dict(made.arguments)
    inner = given.get("")
    wrapped = made.layer == "Bidirectional" and isinstance(inner, Made) and _several(inner)
    return wrapped or given.get("return_state") == "True" or given.get("merge_mode") == "None"


def drawn(target: Target, number: int) -> Model:
    """The same model for the same number."""
    draw = Random(number)
    form = draw.choice(
        ("functional", "functional", "functional", "list", "add", draw.choice(("first", "layer", "build")))
    )
    maker = Maker(draw, target, form != "functional", draw.randrange(100) < 45)
    inputs: list[str] = []
    if draw.randrange(100) < 4:
        inputs.append(draw.choice(WORDS))
        maker.ranks.append(2)
        maker.put(maker.layer(draw.choice(list(TEXTUAL)))[0], (0,), 2)
        if draw.randrange(100) < 60:
            maker.put(maker.layer("Embedding")[0], (1,), 3)
    elif draw.randrange(100) < 15:
        inputs.append(draw.choice(INTEGERS))
        maker.ranks.append(inputs[0].count(", ") + 2 if "dtype" not in inputs[0] and inputs[0] != "(8,)" else 2)
        maker.put(maker.layer("Embedding")[0], (0,), maker.ranks[0] + 1)
    else:
        rank = draw.choice(RANKS)
        inputs.append(draw.choice(INPUTS[rank]))
        maker.ranks.append(rank)
        if form == "functional" and draw.randrange(100) < 20:
            inputs.append(draw.choice(INPUTS[rank]))
            maker.ranks.append(rank)
    for _ in range(draw.choice((1, 2, 2, 3, 3, 4, 5))):
        maker.step()
    return Model(form, tuple(inputs), tuple(maker.steps))
