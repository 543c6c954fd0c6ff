"""One generation's libraries, as the interpreter asks for them."""

import builtins
import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from lstm_lint.findings import Target
from lstm_lint.library.tables import ATTRIBUTES, OPS
from lstm_lint.library.versions import Knowledge
from lstm_lint.records import dataclass, replace
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Argument, Call, Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Method, Symbol, Tensor, Thing, Tuple, UserClass, Value

ROOTS = {
    "tensorflow.keras": "keras",
    "tensorflow.compat.v2.keras": "keras",
    "tensorflow.compat.v2": "tensorflow",
}
"""Other roads to the same libraries."""


@dataclass(frozen=True, eq=False)
class Registry:
    target: Target
    knowledge: Knowledge

    # Names.

    @cache  # noqa: B019 (there is one for each generation, for good)
    def member(self, path: str, name: str, via: str) -> Value:
        """A name of a module or class; a Clash if a module that we know surely lacks it."""
        written = f"{via or path}.{name}"
        if name == "__version__" and path in ("keras", "tensorflow"):
            return Const(self.knowledge.about[path])
        road = ROOTS.get(written) or _plain(f"{path}.{name}")
        if road in CONSTANTS:
            return CONSTANTS[road]
        if self.knowledge.exists(written) is False:
            raise Clash("name-gone", ("AttributeError", "ImportError"), (), {"path": written, "name": name})
        canonical = self.knowledge.canonical(road) if road.startswith("keras.") else None
        return Symbol(canonical or ALIASES.get(road, road), written)

    def exports(self, path: str) -> frozenset[str] | None:
        names = self.knowledge.names(path)
        return frozenset(name for name in names if not name.startswith("_")) if names is not None else None

    def builtin(self, name: str) -> Value | None:
        return Symbol(f"builtins.{name}") if name in BUILTINS else None

    # Calls.

    def call(self, call: Call) -> Value:
        if call.receiver is None:
            return self._function(call)
        for owner in self.types(call.receiver):
            function = OPS.get((f"{owner}.{call.callee}", self.target))
            if function is not None:
                return function(self, call)  # type: ignore[no-any-return]
        if isinstance(call.receiver, Thing):
            call.engine.heap.put(call.receiver, CHANGED, True)
        return Unknown(f"{call.callee} of a {type_of(call.receiver)}")

    def _function(self, call: Call) -> Value:
        home, _, name = call.callee.rpartition(".")
        if self.knowledge.kind(home) in ("layer", "model") and not name.startswith("__"):
            from lstm_lint.library.keras.unbound import call_unbound

            return call_unbound(self, call, home, name)
        dtypes = self._dtypes(call, home)
        function = OPS.get((call.callee, self.target))
        if function is not None:
            if home.rpartition(".")[2][:1].isupper() and name not in OF_CLASSES:
                return self._unbound(call, home, name)
            if call.callee.startswith(("numpy.", "builtins.")):
                from lstm_lint.library.symbolic import refuse

                refuse(self, call)
            return self._result(call, function, *dtypes)
        if self.knowledge.kind(call.callee) in ("layer", "model", "class"):
            from lstm_lint.library.keras.making import make

            return make(self, call)
        return Unknown(f"{call.callee} is not followed")

    def _dtypes(self, call: Call, home: str) -> tuple[str | None, str | None]:
        """Of what a function of Keras' gives for tensors: that of a run, and the one that is told before."""
        own = call.callee.startswith("keras.") and call.callee != "keras.Input"
        if not own or self.knowledge.kind(call.callee) != "function":
            return None, None
        from lstm_lint.library.keras.making import check_function

        check_function(self, call)
        if home not in OF_TENSORS:
            return None, None
        from lstm_lint.library.keras.dtypes import dtype_by

        found = dtype_by(self, call)
        if home != "keras.activations":
            from lstm_lint.library.keras.operands import check_operands

            check_operands(self, call)
        return found

    def _result(self, call: Call, function: Any, dtype: str | None, told: str | None) -> Value:
        result = function(self, call)
        if dtype is not None and isinstance(result, Tensor) and (result.dtype, result.told) != (dtype, told):
            result = replace(result, dtype=dtype, told=told)
        if not self._differs(result, call.engine):
            return result  # type: ignore[no-any-return]
        return _in_a_run(call.engine, [a.value for a in call.arguments], result, partial(_redone, function, self, call))

    def _unbound(self, call: Call, home: str, name: str) -> Value:
        """`DataFrame.drop(table, ...)` is `table.drop(...)`."""
        first = call.positional()[0].value if call.positional() else None
        if first is None or call.arguments[0].value is not first or home not in self.types(first):
            return Unknown(f"{call.callee} is not followed")
        return self.call(Call(name, call.arguments[1:], call.engine, call.place, first, call.open))

    # Attributes.

    def attribute(self, owner: Value, name: str, engine: Engine) -> Value:
        if isinstance(owner, (Tuple, Const, Size)) or isinstance(owner, Thing) and owner.type == "list":
            return _of_plain(owner, name)
        if isinstance(owner, Tensor) and owner.type == SYMBOLIC and owner.rank is not None:
            self._check_symbolic(owner, name, engine)
        for kind in self.types(owner):
            reader = ATTRIBUTES.get((f"{kind}.{name}", self.target))
            if reader is not None:
                return reader(self, owner, engine)  # type: ignore[no-any-return]
            if (f"{kind}.{name}", self.target) in OPS:
                return Method(owner, name, kind)
        for kind in self.types(owner) if isinstance(owner, Thing) else ():
            function = OPS.get((f"{kind}.__getattr__", self.target))
            if function is not None:
                call = Call("__getattr__", (Argument(Const(name)),), engine, receiver=owner)
                return function(self, call)  # type: ignore[no-any-return]
        known = self.members(owner)
        if known is not None and name not in known and (not name.startswith("_") or self._lacks(owner, name)):
            facts = {"owner": owner, "name": name, "type": type_of(owner), "known": known}
            raise Clash("attribute", ("AttributeError",), ("has no attribute", name), facts)
        method = self.knowledge.method(type_of(owner), name) if isinstance(owner, Thing) else None
        return Method(owner, name, type_of(owner)) if method is not None else Unknown(f"{name} of a {type_of(owner)}")

    def _lacks(self, owner: Value, name: str) -> bool:
        """Private names of old, which programs still read."""
        if name == "_batch_input_shape":
            given = owner.get("given", frozenset()) if isinstance(owner, Thing) else frozenset()
            return self.target == "keras3" or not any("input" in each or "batch" in each for each in given)
        return name in GONE_PRIVATE

    def _check_symbolic(self, owner: Tensor, name: str, engine: Engine) -> None:
        """What symbolic tensors do not have; those inside a layer are TensorFlow's own."""
        from lstm_lint.library.arrays.spelling import in_a_layer

        known = self.knowledge.members("symbolic tensor")
        private = name.startswith("_") and name != "_keras_shape"
        if known is None or name in known or name in OF_RAGGED or private or in_a_layer(engine):
            return
        facts = {"owner": owner, "name": name, "type": SYMBOLIC, "known": known}
        raise Clash("attribute", ("AttributeError",), ("has no attribute", name), facts)

    def members(self, owner: Value) -> frozenset[str] | None:
        if not isinstance(owner, Thing) or owner.type not in self.knowledge.data["callables"]:
            return None
        if any(isinstance(key, tuple) for key in owner.fields):
            return None
        known = self.knowledge.members(owner.type)
        return known | TORCH_MODULE if known is not None and self.target == "keras3" else known

    def types(self, value: Value) -> Iterator[str]:
        """The value's type and what it inherits from."""
        kind = type_of(value)
        yield kind
        if isinstance(value, Thing) and value.type == "instance":
            for base in value.fields["__class__"].lineage():
                if isinstance(base, Symbol):
                    yield base.path
                    yield from self.knowledge.bases(base.path)
        yield from TYPES.get(kind, ()) or self.knowledge.bases(kind)
        if isinstance(value, Tensor):
            yield "tensor"

    def derived(self, owner: Thing, cls: UserClass, name: str, engine: Engine) -> Value | None:
        """What a user's class inherits from a library: its methods, and attributes that we know."""
        for kind in self.types(owner):
            reader = ATTRIBUTES.get((f"{kind}.{name}", self.target))
            if reader is not None:
                return reader(self, owner, engine)  # type: ignore[no-any-return]
            if (f"{kind}.{name}", self.target) in OPS:
                return Method(owner, name, kind)
        known = self._inherited(cls)
        if known is not None and name not in known and not name.startswith("_"):
            facts = {"owner": owner, "name": name, "type": cls.name, "known": known | _own_names(owner, cls)}
            raise Clash("attribute", ("AttributeError",), ("has no attribute", name), facts)
        return None

    def _inherited(self, cls: UserClass) -> frozenset[str] | None:
        """What an instance has of layers or models of Keras' alone; None where there are other bases."""
        bases = [base for base in cls.lineage() if not isinstance(base, UserClass)]
        if not all(isinstance(base, Symbol) and self.knowledge.kind(base.path) in ("layer", "model") for base in bases):
            return None
        members = [self.knowledge.members(base.path) for base in bases if isinstance(base, Symbol)]
        found = [names for names in members if names is not None]
        return TORCH_MODULE.union(*found) if found and len(found) == len(members) else None

    def sets(self, owner: Thing, name: str, value: Value, engine: Engine) -> None:
        from lstm_lint.library.keras.contracts import check_set

        check_set(self, owner, name, value, engine)

    # Tensors.

    def item(self, owner: Value, index: Value, engine: Engine) -> Value:
        from lstm_lint.library.indexing import item

        result = item(self, owner, index, engine)
        if not self._differs(result, engine):
            return result
        return _in_a_run(engine, (owner,), result, lambda again, other: item(self, other, index, again))

    def operate(self, operator: str, left: Value, right: Value, engine: Engine) -> Value:
        from lstm_lint.library.arithmetic import check_rows, operate

        check_rows(self, operator, left, right, engine)
        result = operate(self, operator, left, right, engine)
        if not self._differs(result, engine):
            return result
        return _in_a_run(engine, (left, right), result, lambda again, a, b: operate(self, operator, a, b, again))

    def _differs(self, result: Value, engine: Engine) -> bool:
        """May a run give it another shape? Keras 3 told some shape of this program that a run does not give."""
        if not isinstance(result, Tensor) or result.type != SYMBOLIC or self.target == "keras2":
            return False
        from lstm_lint.library.keras.keys import TOLD

        return TOLD.get("of") is engine.heap

    def unpack(self, value: Value, engine: Engine) -> Sequence[Value] | Many | None:
        from lstm_lint.library.indexing import iterate

        return iterate(self, value, engine)

    def models(self, operations: Sequence[Any], function: str | None) -> list[Any]:
        from lstm_lint.library.keras.rows import models

        return list(models(self, operations, function))

    def swallows(self, context: Value, called: str) -> tuple[str, ...]:
        from lstm_lint.library.python.contexts import swallows

        return swallows(context, called)


def _in_a_run(engine: Engine, given: Sequence[Value], result: Any, redo: Callable[..., Value]) -> Value:
    from lstm_lint.library.keras.otherwise import follow_operation

    return follow_operation(engine, given, result, redo)


def _redone(function: Any, registry: Registry, call: Call, engine: Engine, *values: Value) -> Value:
    given = tuple(Argument(value, a.name, a.place, a.text) for a, value in zip(call.arguments, values, strict=True))
    return function(registry, Call(call.callee, given, engine, call.place, call.receiver, call.open))  # type: ignore


SYMBOLIC = "keras.KerasTensor"
OF_TENSORS = ("keras.ops", "keras.backend", "keras.activations")
OF_CLASSES = frozenset(
    [
        "__init__",
        "__call__",
        "from_generator",
        "from_tensor_slices",
        "from_tensors",
        "range",
        "zip",
        "from_dict",
        "from_records",
        "load",
    ]
)
"""Methods that are asked of a class, or find out themselves whom they are asked of."""

GONE_PRIVATE = frozenset(
    ["_make_predict_function", "_make_train_function", "_make_test_function", "_keras_mask", "_keras_shape"]
)

OF_RAGGED = frozenset(["ragged_rank", "row_splits", "values", "flat_values", "to_tensor", "dense_shape", "indices"])
"""What ragged and sparse tensors have besides."""

CHANGED = ("changed",)
"""The field that marks a thing on which a method was called that is not followed: it may have more attributes since."""

TORCH_MODULE = frozenset(
    [
        "parameters",
        "named_parameters",
        "buffers",
        "named_buffers",
        "children",
        "named_children",
        "modules",
        "named_modules",
        "state_dict",
        "load_state_dict",
        "zero_grad",
        "requires_grad_",
        "train",
        "eval",
        "to",
        "cuda",
        "cpu",
        "half",
        "float",
        "double",
        "bfloat16",
        "apply",
        "forward",
        "share_memory",
        "register_buffer",
        "register_parameter",
        "register_module",
        "register_forward_hook",
        "register_forward_pre_hook",
        "training",
        "type",
    ]
)
"""What layers and models inherit from torch.nn.Module where Keras 3 runs on torch."""

TYPES: dict[str, tuple[str, ...]] = {"numpy.number": ("numpy.ndarray",), "tensorflow.Variable": ("tensorflow.Tensor",)}
"""What types inherit from that Keras' own data do not tell."""

CONSTANTS: dict[str, Value] = {
    "numpy.newaxis": NONE,
    "tensorflow.newaxis": NONE,
    "math.tau": Const(math.tau),
    **{
        f"{home}.{name}": Const(getattr(math, name)) for home in ("math", "numpy") for name in ("pi", "e", "inf", "nan")
    },
}
"""Names of modules that stand for plain data."""

ALIASES: dict[str, str] = {}
"""Other names of the same function."""

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("__") or name == "__import__")


def _of_plain(owner: Value, name: str) -> Value:
    """A method of Python's own tuples and numbers, which have no other attributes; TensorFlow's shapes tell their rank."""
    kind = type_of(owner)
    if isinstance(owner, Tuple) and owner.kind == "shape":
        return Const(len(owner.items)) if name in ("ndims", "rank") else Method(owner, name, kind)
    if kind in ("int", "tuple", "list") and name not in dir(getattr(builtins, kind)):
        of_tensors = kind == "list" or isinstance(owner, Tuple) and any(isinstance(i, Tensor) for i in owner.items)
        told = "object has no attribute" if of_tensors else f"'{kind}' object has no attribute"
        words, facts = (told, name), {"owner": owner, "name": name, "type": kind}
        raise Clash("attribute", ("AttributeError",), words, facts)
    return Method(owner, name, kind)


def _plain(path: str) -> str:
    """`tf_keras` is Keras 2 under another name."""
    return "keras" + path.removeprefix("tf_keras") if path.split(".")[0] == "tf_keras" else path


def type_of(value: Value) -> str:
    match value:
        case Thing(type=kind) | Tensor(type=kind):
            return kind
        case Const(value=plain):
            return type(plain).__name__
        case Size():
            return "int"
        case Tuple():
            return "tuple"
        case Method(type=kind):
            return kind
    return type(value).__name__


def argument_text(value: Any) -> str:
    return str(value.value) if isinstance(value, Const) else "?"


def _own_names(owner: Thing, cls: UserClass) -> frozenset[str]:
    """The names that an instance has of its own, and those of its classes."""
    held = [owner.fields, *(base.scope.fields for base in cls.lineage() if isinstance(base, UserClass))]
    return frozenset(name for fields in held for name in fields if isinstance(name, str))
