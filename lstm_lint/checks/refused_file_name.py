"""A file name with an end by which Keras 3 does not know what to write."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, remedy, says
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import Called, Clashed
from lstm_lint.values.library import Argument
from lstm_lint.values.value import Const

RULE = "refused-file-name"
OLD = (".weights.hdf5", ".weights.h5", ".hdf5", ".h5", ".keras", ".ckpt", ".tf", ".model")
LOADERS = ("load_weights", "keras.models.load_model")


def refused_file_name(case: Case[Clashed]) -> Claim | None:
    operation, value = case.operation.operation, fact(case, "value")
    if not is_kind(case, "file-name") or not isinstance(operation, Called) or not isinstance(value, Const):
        return None
    ends = fact(case, "ends")
    place = next((each.place for each in operation.arguments if each.value == value), None)
    message = f"{value.value!r} must end in {' or '.join(f'`{end}`' for end in ends)}; {says(case)}"
    new = f"{_stem(str(value.value))}{ends[0]}"
    return claim(case, RULE, message, hint=f"{new!r}", place=place, remedy=_mended(case, operation, value, new))


def _stem(name: str) -> str:
    return next((name.removesuffix(end) for end in OLD if name.endswith(end)), name)


def _mended(case: Case[Clashed], operation: Called, value: Const, new: str) -> Remedy | None:
    """Where it is written and where it is read again; other programs that read it are not seen."""
    readers = [
        each
        for each in case.trace.operations
        if isinstance(each, Called) and each.callee in LOADERS and any(a.value == value for a in each.arguments)
    ]
    named = [each for call in (operation, *readers) for each in call.arguments if each.value == value]
    if not named or any(each.text or each.place is None for each in named):
        return None
    changes = dict.fromkeys(change for each in named if (change := _change(each, new)) is not None)
    return remedy(case, f"Name it {new!r}", *changes, at=operation.place, applicability="unsafe")


def _change(argument: Argument, new: str) -> Change | None:
    if argument.place is None:
        return None
    keyword = f"{argument.name}=" if argument.name else ""
    return Change(argument.place, "replace", f'{keyword}"{new}"')
