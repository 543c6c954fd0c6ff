"""The abstract machine: what is in hand while a file's statements run over values instead of data.

It knows the language and no library. Whatever a library decides it asks of the `Library`, notes as an operation of the
trace, and goes on; where the library clashes, the line has given Unknown("after a clash").
"""

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import thread_time
from typing import Any

from lstm_lint.findings import Place
from lstm_lint.interp.frames import Activation, Flow, Frame, Grammar, OutOfBudget, Project, Scope
from lstm_lint.interp.patches import sets
from lstm_lint.records import dataclass, field
from lstm_lint.trace import Clashed, Operation, Trace, Ways
from lstm_lint.values.heap import Heap
from lstm_lint.values.library import AFTER_A_CLASH, Argument, Clash, Library
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    Const,
    Function,
    Method,
    Origin,
    Pairs,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
)

ESCAPED = "escaped"
"""The field of a library's thing that went to a function that is not known."""

MOST_STEPS = 40_000
MOST_SECONDS = 4
MOST_DEPTH = 40


@dataclass(eq=False)
class Machine:
    file: Any
    library: Library
    trace: Trace
    grammar: Grammar
    project: Project | None = None
    rows: bool = True
    modules: dict[Path, Thing] = field(default_factory=dict)
    stars: set[str] = field(default_factory=set)
    heap: Heap = field(default_factory=Heap)
    ways: Ways = frozenset()
    stack: tuple[Place, ...] = ()
    asked: Place | None = None  # where the operation stands that the library is asked for
    quiet: int = 0
    hidden: int = 0
    caught: list[tuple[str, ...]] = field(default_factory=list)
    active: list[Activation] = field(default_factory=list)
    defined: list[Function] = field(default_factory=list)
    classes: list[UserClass] = field(default_factory=list)
    entered: set[int] = field(default_factory=set)
    instances: dict[int, list[Thing]] = field(default_factory=dict)
    patched: set[str] = field(default_factory=set)  # names of libraries that the program sets itself
    remarks: list[Clash] = field(default_factory=list)
    later: bool = False  # what raises now is put off till a run
    started: int = 0  # the operation at which the module's body, or the function that nothing calls, began
    certain: Ways | None = None
    """In a closure that nothing calls: the ways outside its own branches, which alone are judged."""
    steps: int = 0
    limit: int = MOST_STEPS
    until: float = field(default_factory=lambda: thread_time() + MOST_SECONDS)
    branches: int = 0
    rounds: int = 0  # quiet rounds of loops that are under way
    quiet_steps: int = 0  # steps in such rounds
    line: Any = None  # the line that runs; where a compound statement's header does, it may be another

    @property
    def here(self) -> Activation:
        return self.active[-1]

    def place(self, node: Any) -> Place:
        return Place(self.file, node, self.line)

    def evaluate(self, node: Any) -> Value:
        """The value of an expression; Unknown for a kind that is not followed."""
        handler = self.grammar.expressions.get(type(node))
        return handler(self, node) if handler else self.why(node, f"a {type(node).__name__} is not followed")

    def run_statement(self, node: Any) -> Flow:
        self.step()
        if type(node) is self.grammar.line:
            self.line = node
            body = node.body
            return self.block(body) if len(body) > 1 else self.run_statement(body[0])
        handler = self.grammar.statements.get(type(node))
        return handler(self, node) if handler else Flow.NEXT

    def block(self, body: Sequence[Any]) -> Flow:
        """Run statements until one leaves the block."""
        for statement in body:
            flow = self.run_statement(statement)
            if flow is not Flow.NEXT:
                return flow
        return Flow.NEXT

    def suite(self, node: Any) -> Flow:
        """The body of a compound statement."""
        return self.block(node.body.body)

    def apply(self, callee: Value, arguments: Sequence[Argument], more: bool, node: Any) -> Value:
        """`callee(*arguments)`; `more` stands for unknown `*args` or `**kwargs`."""
        return self.grammar.apply(self, callee, arguments, more, node)

    def step(self) -> None:
        self.steps += 1
        if self.steps > self.limit or (self.steps % 64 == 0 and thread_time() > self.until):
            raise OutOfBudget

    def note(self, operation: Operation) -> None:
        operation.stack, operation.ways, operation.quiet = self.stack, self.ways, self.quiet > 0
        operation.shown = self.hidden == 0
        self.trace.operations.append(operation)

    def attempt(self, operation: Operation, ask: Callable[[], Value], always: bool = False) -> Value:
        """What the library says to an operation, noted with what it changed; a clash is noted and gives Unknown.

        Operations that give plain data leave no note unless `always`.
        """
        before, self.heap.touched = self.heap.touched, {}
        others, self.remarks = self.remarks, []
        outer, self.asked = self.asked, operation.place
        try:
            operation.result = ask()
        except Clash as clash:
            self.note(operation)
            self.clash(operation, clash)
            self.remarks = others
            return AFTER_A_CLASH
        finally:
            self.asked = outer
            operation.changes = tuple(self.heap.touched.values())
            if before is not None:
                before |= self.heap.touched
            self.heap.touched = before
        remarks, self.remarks = self.remarks, others
        if always or remarks or operation.changes or _holds_tensor(operation.result):
            self.note(operation)
            stamp(operation.result, operation, ())
        for each in remarks:
            self.told(operation, each)
        return operation.result

    def ask(self, noted: Callable[[], Operation], ask: Callable[[], Value]) -> Value:
        """The same without a note of what succeeds: its parts have their own."""
        others, self.remarks = self.remarks, []
        try:
            result = ask()
        except Clash as clash:
            operation = noted()
            self.note(operation)
            self.clash(operation, clash)
            self.remarks = others
            return AFTER_A_CLASH
        remarks, self.remarks = self.remarks, others
        if remarks:
            operation = noted()
            self.note(operation)
            for each in remarks:
                self.told(operation, each)
        return result

    def told(self, operation: Operation, remark: Clash) -> None:
        """What the library told beside a result: what raises at last, or what never does."""
        if remark.raises:
            self.clash(operation, remark, late=True)
        else:
            self.note(Clashed(place=operation.place, operation=operation, clash=remark, silent=True))

    def clash(self, operation: Operation, clash: Clash, late: bool = False) -> None:
        names = ChainMap(*(dict(scope.names.fields) for scope in self.here.scope.around()))
        if self.later:
            clash.facts = {**clash.facts, "stage": "run"}
        clashed = Clashed(
            place=operation.place,
            operation=operation,
            clash=clash,
            late=late or self.later,
            result=None if late else AFTER_A_CLASH,
            names=names,
        )
        self.note(clashed)
        if self.catches(clash.raises) or (self.certain is not None and self.ways != self.certain):
            clashed.quiet = True
        if self.here.fits_others(operation, self.ways):
            clashed.quiet = True
        blamed = clash.facts.get("value")
        if isinstance(blamed, Const) and blamed.value is None and blamed.said:  # a default that says: still to be given
            clashed.quiet = True

    def clashed_at(self, node: Any) -> Clashed | None:
        """The last operation, if it clashed just there."""
        last = self.trace.operations[-1] if self.trace.operations else None
        return last if isinstance(last, Clashed) and last.place.node is node else None

    def catches(self, raises: Sequence[str]) -> bool:
        """Does an enclosing try, or a `with` that expects it, catch one of these exceptions?"""
        return any(name in names or "*" in names for names in self.caught for name in ("*", *raises))

    def silence(self, quiet: bool = True, hidden: bool = True) -> "Silence":
        """What runs within is not judged (quiet), not shown in the summary (hidden)."""
        return Silence(self, quiet, hidden)

    def way(self, branch: int, arm: int) -> "Way":
        return Way(self, branch, arm, self.ways)

    def new_branch(self) -> int:
        self.branches += 1
        return self.branches

    def settle(self, start: int, function: str | None) -> None:
        """Keep the models of the operations since `start` as they are now."""
        if self.rows:
            self.trace.models += self.library.models(self.trace.operations[start:], function)

    def module(self, importer: Path, name: str, level: int) -> Thing | None:
        """Another file of the project as a module: its body runs once, as it would on import."""
        source = self.project.module(importer, name, level) if self.project is not None else None
        return self.imported(source) if source is not None else None

    def imported(self, source: Any, main: bool = False) -> Thing:
        """The module of a parsed file; what runs on import is not undone with the branch that imports it."""
        known = self.modules.get(source.path)
        if known is not None:
            return known
        names = Thing("module", {"__name__": Const("__main__" if main else source.path.stem), ("file",): source.path})
        self.modules[source.path] = names
        file, line, self.file = self.file, self.line, source
        journals, self.heap.journals = self.heap.journals, []
        self.active.append(Activation(Scope(names, None, "module"), Frame(0)))
        try:
            self.block(source.tree.body)
        finally:
            self.active.pop()
            self.file, self.line, self.heap.journals = file, line, journals
        return names

    def known_member(self, owner: Symbol, name: str) -> Value | None:
        """A name of a library's module, which leaves no operation; None if there is more to say of it."""
        try:
            return self.library.member(owner.path, name, owner.via or owner.path)
        except Clash:
            return None

    def member(self, owner: Symbol, name: str) -> Value:
        """A name of a library's module; what a library lacks the file may set, or the project hold as its own."""
        via = owner.via or owner.path
        try:
            return self.library.member(owner.path, name, via)
        except Clash:
            held = self.project is not None and self.project.holds(self.file.path, via.partition(".")[0])
            if not (held or sets(self.file.text, name)):
                raise
            return Unknown("a name that the file sets, or of a package that the project itself holds")

    def why(self, node: Any, reason: str, name: str = "") -> Unknown:
        """An unknown that the report can explain."""
        self.trace.unknown.append((self.place(node), reason))
        return Unknown(reason, name, object())

    # What libraries may ask (values.library.Engine).

    def run(
        self,
        function: Function | Method | UserClass,
        values: Sequence[Value],
        named: Mapping[str, Value] | None = None,
        late: bool = False,
    ) -> Value:
        arguments = [Argument(value) for value in values]
        arguments += [Argument(value, name) for name, value in (named or {}).items()]
        before, self.later = self.later, self.later or late
        try:
            return self.apply(function, arguments, False, None)
        finally:
            self.later = before

    def lacks(self, method: Method, values: Sequence[Value], named: Mapping[str, Value]) -> str | None:
        from lstm_lint.interp.functions import lacking

        given = [Argument(value) for value in (method.owner, *values)]
        assert isinstance(method.function, Function)
        return lacking(method.function, [*given, *(Argument(value, name) for name, value in named.items())])

    def elements(self, value: Value) -> Sequence[Value] | None:
        from lstm_lint.interp.containers import elements

        return elements(self, value)

    def remark(self, clash: Clash) -> None:
        self.remarks.append(clash)

    def follows(self, thing: Thing) -> bool:
        made = thing.origin.operation if thing.origin is not None else None
        if made is None or made.quiet or thing.get(ESCAPED):
            return False
        return any(operation is made for operation in self.trace.operations[self.started :])


@dataclass(eq=False)
class Silence:
    """A generator as context manager would cost some ten times as much, here and in Way."""

    machine: Machine
    quiet: bool
    hidden: bool

    def __enter__(self) -> None:
        self.machine.quiet += self.quiet
        self.machine.hidden += self.hidden

    def __exit__(self, *raised: object) -> None:
        self.machine.quiet -= self.quiet
        self.machine.hidden -= self.hidden


@dataclass(eq=False)
class Way:
    """One arm of a branch."""

    machine: Machine
    branch: int
    arm: int
    before: Ways

    def __enter__(self) -> None:
        self.machine.ways = self.before | {(self.branch, self.arm)}

    def __exit__(self, *raised: object) -> None:
        self.machine.ways = self.before


def _holds_tensor(value: Value | None) -> bool:
    match value:
        case Tensor() | Method():
            return True
        case Thing(type=kind):
            return kind not in PLAIN_TYPES or (kind == "list" and _list_holds_tensor(value))
        case Tuple(items=items):
            return any(map(_holds_tensor, items))
    return False


def _list_holds_tensor(value: Thing) -> bool:
    items = value.get("items")
    return isinstance(items, tuple) and any(map(_holds_tensor, items))


PLAIN_TYPES = frozenset({"list", "dict", "set", "instance", "super", "scope", "module"})


def stamp(value: Value | None, operation: Operation, path: tuple[int, ...]) -> None:
    """Tell a result, and the parts of it, where they came from; an instance of the user's came from no operation."""
    match value:
        case Thing(type="instance"):
            return
        case Tensor(origin=None) | Thing(origin=None):
            value.origin = Origin(operation, path)
            items = value.get("items") if isinstance(value, Thing) else None
            if isinstance(items, tuple):
                for index, item in enumerate(items):
                    stamp(item, operation, (*path, index))
        case Tuple(items=items):
            for index, item in enumerate(items):
                stamp(item, operation, (*path, index))


def snapshot(value: Value) -> Value:
    """The value as it is now: lists and dicts, which may change later, become what they hold."""
    return _snapshot(value, 0, {}) if isinstance(value, (Thing, Tuple)) else value


def _snapshot(value: Value, depth: int, seen: dict[tuple[int, int], Value]) -> Value:
    """`seen`: `[[0] * n] * n` holds one list many times."""
    if depth > 5 or not isinstance(value, (Thing, Tuple)):
        return value
    known = seen.get((id(value), depth))
    if known is not None:
        return known
    now: Value = value
    match value:
        case Thing(type="list" | "set" as kind, fields={"items": tuple() as items}):
            now = Tuple(tuple([_snapshot(item, depth + 1, seen) for item in items]), kind)
        case Thing(type="dict", fields={"items": dict() as items}):
            now = Pairs(tuple([(Const(key), _snapshot(item, depth + 1, seen)) for key, item in items.items()]))
        case Tuple(items=items):
            now = Tuple(tuple([_snapshot(item, depth + 1, seen) for item in items]), value.kind)
    seen[id(value), depth] = now
    return now
