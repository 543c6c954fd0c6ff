"""A setting that keeps LSTM or GRU from the fused kernel of cuDNN."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case
from lstm_lint.claims import Claim
from lstm_lint.findings import Place
from lstm_lint.trace import Called
from lstm_lint.values.library import Clash
from lstm_lint.values.value import NONE, Const, Symbol, Thing, Value

RULE = "no-fused-kernel"
FUSED = ("LSTM", "GRU")
WANTED: dict[str, object] = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "recurrent_dropout": 0,
    "unroll": False,
    "use_bias": True,
    "reset_after": True,
}
"""What the kernel computes, and nothing else."""


def no_fused_kernel(case: Case[Called]) -> Claim | None:
    layer = case.operation.result
    if not isinstance(layer, Thing) or layer.type != case.operation.callee or layers.name(layer) not in FUSED:
        return None
    if layers.argument(layer, "use_cudnn") == Const(False):
        return None
    given = layer.get("given") or ()
    other = [name for name in WANTED if name in given and _differs(layers.argument(layer, name), WANTED[name])]
    if not other:
        return None
    told = ", ".join(f"{name}={_shown(layers.argument(layer, name))}" for name in other)
    wants = ", ".join(f"{name}={WANTED[name]!r}" for name in other)
    return Claim(
        RULE,
        _place(layer, other[0]) or case.operation.place,
        f"{layers.name(layer)} with {told} runs step by step on a GPU, several times slower than the fused kernel",
        hint=f"the kernel of cuDNN takes {wants}",
        operation=case.operation,
        clash=Clash("slower", (), (), {"usual": {name: WANTED[name] for name in other}}),
    )


def _differs(value: Value, wanted: object) -> bool:
    """Is it surely another value?"""
    if isinstance(value, Const):
        same = value.value == wanted or wanted == 0 and not value.value
        return not same and (value != NONE or isinstance(wanted, str))
    return isinstance(value, Symbol) and isinstance(wanted, str) and value.path.rsplit(".", 1)[-1] != wanted


def _shown(value: Value) -> str:
    return repr(value.value) if isinstance(value, Const) else getattr(value, "path", "?").rsplit(".", 1)[-1]


def _place(layer: Thing, name: str) -> Place | None:
    argument = layers.given(layer, name)
    return argument.place if argument is not None else None
