"""A notebook cell as plain Python: what only IPython understands gives way, row for row, to what it may do to names.

`globals()` stands for whatever may bind names that no reading of the text shows; columns of what is kept stay as they are.
"""

import re
from collections.abc import Iterator
from keyword import iskeyword

from lstm_lint.source.lexer import TOKEN
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import NEWLINE, Broken

UNKNOWN = "get_ipython()"
"""An expression of which nothing is known."""

_BINDS_WHATEVER = "globals()"
_OF_PYTHON = frozenset(("capture", "debug", "memit", "prun", "time", "timeit"))
_TIMED = frozenset(("memit", "prun", "time", "timeit"))
_BINDS_NOTHING = frozenset(
    (
        *("!", "bash", "cmd", "file", "html", "javascript", "js", "latex", "markdown", "md", "perl", "ruby", "scala"),
        *(
            "script",
            "sh",
            "sql",
            "fs",
            "svg",
            "sx",
            "system",
            "writefile",
            "cat",
            "cd",
            "clear",
            "cp",
            "dirs",
            "ll",
            "ls",
        ),
        *(
            "man",
            "mkdir",
            "mv",
            "popd",
            "pushd",
            "pwd",
            "rm",
            "rmdir",
            "pip",
            "conda",
            "mamba",
            "uv",
            "bookmark",
            "colors",
        ),
        *(
            "config",
            "env",
            "history",
            "lsmagic",
            "magic",
            "notebook",
            "pdb",
            "precision",
            "quickref",
            "save",
            "set_env",
        ),
        *(
            "autoreload",
            "autosave",
            "load_ext",
            "reload_ext",
            "unload_ext",
            "matplotlib",
            "time",
            "timeit",
            "prun",
            "memit",
        ),
        *("tensorboard", "tensorflow_version", "who", "whos", "xmode"),
    )
)
_BINDS_OUTPUT = re.compile(r"(?<!\S)(?:-[io]|--out|--err)\b")

_REST = r"(?:[^\\\r\n]|\\\r\n|\\[\s\S])*"
_CELL = re.compile(r"\s*(?:%%|%(?=(?:md|scala|sql|sh|fs)\b))(!|[\w.]+)([^\r\n]*)")
_MAGIC = re.compile(rf"([ \t]*)%{{1,2}}([A-Za-z_][\w.]*)({_REST})")
_SHELL = re.compile(rf"([ \t]*)[!?]{_REST}")
_HELP = re.compile(r"([ \t]*)[%\w.*\[\]()'\"]+\?{1,2}[ \t]*(?:;[ \t]*)?(?=[\r\n]|$)")
_ASSIGNED = re.compile(rf"([ \t]*[\w.,\[\]'\" \t]+?=[ \t]*)[%!]{_REST}")
_COMMAND = re.compile(
    r"([ \t]*)(?:(?:pip3?|conda|mamba)[ \t]+(?:install|uninstall|list|show|freeze|update|upgrade)\b"
    rf"|(?:cd|mkdir|ls)[ \t]+[-~./\w][^=\r\n]*$|matplotlib[ \t]+inline\b){_REST}",
    re.MULTILINE,
)
_OPTIONS = re.compile(r"(?:[ \t]+-[\w.]+(?:[ \t]+\d+)?)*[ \t]+")
_SCRIPT = re.compile(r"[ \t]+(?:\./)?((?:[A-Za-z_]\w*/)*[A-Za-z_]\w*)\.py[ \t]*$")

_TARGETS = re.compile(r"[ \t]*([^=#\"'(){}]*?)[-+*/%@&|^<>]*=(?!=)")
_BOUND = re.compile(r"\b(?:(?:import|as|def|class|global)\s+([\w, ]+)|for\s+([\w, ]+?)\s+in\b)")
_ROOT = re.compile(r"[ \t]*([A-Za-z_]\w*)\s*[.\[]")
_IMPORT = re.compile(r"^(?:from[ \t]+[.\w]+[ \t]+import[ \t]*\([^)]*\)|(?:from|import)\b[^\r\n]*)", re.MULTILINE)
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_IMPORTED = re.compile(r"\bimport\s+(?:[\w.]+\s+as\s+)?(\w+)")


def python_of(text: str) -> str:
    """The cell with as many rows, as plain Python; of a cell of another language only what it may bind is left."""
    magic = _CELL.match(text)
    if magic is None:
        return "".join(_lines(text)) if re.search("[%!?]|pip|conda|cd |ls |matplotlib ", text) else text
    name, options, body = magic[1], magic[2], text[magic.end() :]
    if name not in _OF_PYTHON:
        harmless = name in _BINDS_NOTHING and not _BINDS_OUTPUT.search(options)
        return _in_place_of(text, "" if harmless else _BINDS_WHATEVER)
    output = re.search(r"(?<=\s)[A-Za-z_]\w*", options) if name == "capture" else None
    return _in_place_of(magic[0], f"{output[0]} = {UNKNOWN}" if output else "") + python_of(body)


def _lines(text: str) -> Iterator[str]:
    """Statement by statement, so that a `%` within a string or brackets is left alone."""
    at = 0
    while at < len(text):
        for pattern, meaning in _KINDS:
            if match := pattern.match(text, at):
                yield _in_place_of(match[0], meaning(match))
                at = match.end()
                break
        end = _end(text, at)
        yield text[at:end]
        at = end


def _end(text: str, at: int) -> int:
    """Where the statement at this offset ends, with its line end."""
    depth = 0
    for token in TOKEN.finditer(text, at):
        first = token[0][0]
        depth = depth + 1 if first in "([{" else max(depth - 1, 0) if first in ")]}" else depth
        if first in "\r\n" and not depth:
            return token.end()
    return len(text)


def _magic(match: re.Match[str]) -> str:
    indent, name, rest = match.groups()
    if name in _TIMED and (options := _OPTIONS.match(rest)):
        return _timed(match[0], len(match[0]) - len(rest) + options.end(), indent)
    if name == "run" and (script := _SCRIPT.match(rest)):
        return f"{indent}from {script[1].replace('/', '.')} import *"
    return f"{indent}{'pass' if name in _BINDS_NOTHING else _BINDS_WHATEVER}"


def _timed(line: str, start: int, indent: str) -> str:
    """The statement behind the magic, where it stands."""
    head = f"{indent}if 1:".ljust(start)
    try:
        python_tree(f"if 1:{line[start:]}")
    except Broken:
        return indent + _BINDS_WHATEVER
    return head + line[start:] if len(head) == start and line[start:].strip() else f"{indent}pass"


_KINDS = (
    (_MAGIC, _magic),
    (_SHELL, lambda match: f"{match[1]}pass"),
    (_HELP, lambda match: f"{match[1]}pass"),
    (_ASSIGNED, lambda match: match[1] + UNKNOWN),
    (_COMMAND, lambda match: f"{match[1]}pass"),
)


def _in_place_of(text: str, meaning: str) -> str:
    """As many rows as the text has."""
    missing = NEWLINE.findall(text)[len(NEWLINE.findall(meaning)) :]
    return meaning + "".join(missing)


def remains(text: str, modules: frozenset[str]) -> tuple[str, str]:
    """Of a cell that does not parse: a line after which nothing is known of what it may have changed, and its imports.

    Modules that some cell imports are not taken to change when something of theirs is called. The parameters of a lambda
    tell that each name in the cell may be bound.
    """
    touched = sorted(set().union(*(_touched(row, modules) for row in re.split(NEWLINE, text))))
    named = sorted({name for name in _NAME.findall(text) if not iskeyword(name)})
    lead = f"{' = '.join([*touched, UNKNOWN])}; lambda {', '.join(named)}: 0"
    found = [match.span() for match in _IMPORT.finditer(text) if _parses(match[0])]
    starts, ends = [start for start, _ in found], [end for _, end in found]
    between = zip([0, *ends], [*starts, len(text)], strict=True)
    blank = [_in_place_of(text[start:end], "") for start, end in between]
    kept = [text[start:end] for start, end in found]
    return lead, "".join(part for pair in zip(blank, [*kept, ""], strict=True) for part in pair)


def imported(text: str) -> frozenset[str]:
    return frozenset(_IMPORTED.findall(text))


def _touched(row: str, modules: frozenset[str]) -> set[str]:
    """The names that a line may bind, or whose object it may change."""
    targets, root = _TARGETS.match(row), _ROOT.match(row)
    words = [*([targets[1]] if targets else []), *(word for pair in _BOUND.findall(row) for word in pair)]
    names = set(_NAME.findall(" ".join(words)))
    if root and root[1] not in modules:
        names.add(root[1])
    return {name for name in names if not iskeyword(name)}


def _parses(text: str) -> bool:
    try:
        return bool(python_tree(text))
    except Broken:
        return False
