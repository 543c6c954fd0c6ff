"""A module, class or function that this generation does not have."""

from lstm_lint.checks import backend, imports
from lstm_lint.checks.case import Case, claim, fact, is_kind, remedy
from lstm_lint.checks.moved import moved
from lstm_lint.checks.names import instead
from lstm_lint.checks.spelling import spell
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import AttributeRead, Clashed

RULE = "gone-name"


def gone_name(case: Case[Clashed]) -> Claim | None:
    read = case.operation.operation
    if not is_kind(case, "name-gone") or not isinstance(read, AttributeRead):
        return None
    path = str(fact(case, "path"))
    mended = _imported(case, read, path) if read.statement is not None else _read(case, read, path)
    known = moved(case.target, path) if mended is not None else None
    now = f"`{known}`" if known and "backend" not in path else instead(path)
    message = f"{case.keras} has no `{path}`" + (f": {now} stands for it" if now else "")
    hint = "" if now else f"nothing of that name is in {case.keras} or beside it"
    return claim(case, RULE, message, hint=hint, remedy=mended)


def _imported(case: Case[Clashed], read: AttributeRead, path: str) -> Remedy | None:
    private = f"{path}.".startswith(f"{imports.PRIVATE}.")
    made = imports.public(case) if private else imports.changes(case.target, read, path)
    star = read.statement is not None and ("*", "*") in read.statement.names
    return (
        remedy(case, "Import from where it is now", *made, at=read.place, applicability="unsafe" if star else "safe")
        if made
        else None
    )


def _read(case: Case[Clashed], read: AttributeRead, path: str) -> Remedy | None:
    made = backend.changes(case, read, path) or _renamed(case, read, path)
    return remedy(case, "Say it as it is said now", *made, at=read.place) if made else None


def _renamed(case: Case[Clashed], read: AttributeRead, path: str) -> tuple[Change, ...]:
    """By the name beside it, by the module above it, or by any name that the program has for it."""
    now = moved(case.target, path)
    if now is None or read.name_place is None or read.owner_place is None:
        return ()
    above = path.rpartition(".")[0]
    if now == above:
        return (Change(read.place, "replace", (read.owner_place,)),)
    if now.rpartition(".")[0] == above:
        return (Change(read.name_place, "replace", now.rpartition(".")[2]),)
    if now.startswith(f"{above}."):
        return (Change(read.name_place, "replace", now.removeprefix(f"{above}.")),)
    said = spell(case.operation.names, now, read.place)
    return (Change(read.place, "replace", said[0]), *said[1]) if said else ()
