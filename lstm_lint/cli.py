"""argv in, exit code out; decides nothing. 0 clean, 1 findings, 2 misuse, 3 our own crash; the highest holds."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from lstm_lint import __version__, cards
from lstm_lint.findings import Severity
from lstm_lint.records import dataclass, field

if TYPE_CHECKING:
    from lstm_lint.confirm import Means
    from lstm_lint.findings import Applicability
    from lstm_lint.outcome import File, Outcome
    from lstm_lint.run import Prove, Terms

CLEAN, FOUND, MISUSED, CRASHED, INTERRUPTED = 0, 1, 2, 3, 130
BACKENDS = ("auto", "tensorflow", "jax", "torch")
HELP = partial(argparse.HelpFormatter, width=100)  # with no width it loads shutil to ask the terminal, for each option
RARELY = 100_000, 20, 20
"""A parsed file is many objects that live as long as it is looked at: to search them for garbage often is in vain."""
FORMATS = ("text", "concise", "json", "github")
STDIN = "-"


@dataclass
class Complaints:
    """What goes to stderr because the run was not asked for properly; each once."""

    told: list[str] = field(default_factory=list)

    def __call__(self, complaint: str) -> None:
        if complaint not in self.told:
            self.told.append(complaint)
            _tell(complaint)


def main(argv: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name or a source line that the terminal cannot show must not end the run
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(*RARELY)
    try:
        options = _parser().parse_args(argv)
        return _through(options.run, options)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else MISUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (our own crash must cost no more than it has to)
        from lstm_lint.run import obituary

        _tell(obituary("crashed", error))
        return CRASHED


def _through(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read has read enough; the interpreter must not flush into the pipe at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "lstm-lint",
        description="Checks the shapes in recurrent Keras code.",
        allow_abbrev=False,
        formatter_class=HELP,
    )
    parser.add_argument("--version", action="version", version=f"lstm-lint {__version__}")
    commands = parser.add_subparsers(prog="lstm-lint", required=True, metavar="COMMAND")
    _check_options(
        commands.add_parser(
            "check", help="report what is wrong in files and directories", allow_abbrev=False, formatter_class=HELP
        )
    )
    _summary_options(
        commands.add_parser(
            "summary", help="show each model's layers, shapes, parameters", allow_abbrev=False, formatter_class=HELP
        )
    )
    explain = commands.add_parser("explain", help="explain a rule", allow_abbrev=False, formatter_class=HELP)
    explain.add_argument("rule", metavar="RULE", help="its name or code")
    explain.set_defaults(run=_explain)
    rules = commands.add_parser("rules", help="list the rules", allow_abbrev=False, formatter_class=HELP)
    rules.add_argument("--output-format", choices=("text", "json"), default="text")
    rules.set_defaults(run=_rules)
    return parser


def _check_options(check: argparse.ArgumentParser) -> None:
    add = check.add_argument
    add("paths", nargs="*", type=Path, default=[Path()], metavar="PATH", help="files, directories, or - (default: .)")
    add("--target", action="append", choices=cards.TARGETS, help="generation to judge by (repeatable)")
    add(
        "--select", action="append", metavar="RULES", help="names, codes, code prefixes, groups or ALL, comma-separated"
    )
    add("--ignore", action="append", metavar="RULES", help="likewise, to leave out")
    add("--output-format", choices=FORMATS, default="text")
    add("-o", "--output-file", type=Path, metavar="FILE")
    add("--fix", action="store_true", help="apply the safe fixes, then report what is left")
    add("--unsafe-fixes", action="store_true", help="also fixes that could change what right code does")
    add("--diff", action="store_true", help="show what --fix would change; write nothing")
    _confirm_options(check)
    add("--witness", type=Path, metavar="DIR", help="with --confirm: keep the programs that were run")
    add("--statistics", action="store_true", help="show how often each rule spoke")
    add("--exclude", action="append", metavar="PATTERNS", help="leave out these too, comma-separated")
    add("--force-exclude", action="store_true", help="also leave out files that are named")
    add("-e", "--exit-zero", action="store_true", help="exit 0 even where something was found")
    add("--stdin-filename", type=Path, metavar="FILE", help="the name of what comes on standard input")
    add("--why", action="store_true", help="list what stayed unknown and the reason, most frequent first")
    add("--show-files", action="store_true", help="list the files that would be checked")
    add("--show-settings", action="store_true", help="show the settings of each directory's files")
    check.set_defaults(run=_check)


def _confirm_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--confirm", action="store_true", help="build and run it on real Keras")
    command.add_argument("--python", metavar="PYTHON", help="with --confirm: the interpreter that has Keras")
    command.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto", help="with --confirm")
    command.add_argument("--backend", choices=BACKENDS, default="auto", help="with --confirm: what Keras 3 runs on")
    command.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="with --confirm: so many processes")
    command.add_argument("--no-cache", action="store_true", help="with --confirm: ask Keras anew")


def _jobs(text: str) -> int:
    """At least one; 0 stands for as many as there are cores."""
    jobs = int(text)
    if jobs < 0:
        raise ValueError(text)
    return jobs or os.cpu_count() or 1


def _summary_options(summary: argparse.ArgumentParser) -> None:
    add = summary.add_argument
    add("paths", nargs="+", type=Path, metavar="PATH", help="files, directories, or -")
    add("--target", choices=cards.TARGETS, help="generation to judge by")
    add("--output-format", choices=("text", "json"), default="text")
    _confirm_options(summary)
    add("--stdin-filename", type=Path, metavar="FILE", help="the name of what comes on standard input")
    summary.set_defaults(run=_summary, exit_zero=False, diff=False)


def _check(options: argparse.Namespace) -> int:
    from lstm_lint import run
    from lstm_lint.mend import write

    complaints = Complaints()
    terms = _terms(options, complaints)
    if options.statistics and options.output_format == "github":
        complaints("--statistics comes as text, concise or json")
        return MISUSED
    files = _files(options, terms, complaints)
    if options.show_files or options.show_settings:
        _show(files, terms, options.show_settings)
        return MISUSED if complaints.told else CLEAN
    fix = _kinds(options) if options.fix or options.diff else ()
    outcome = run.check(files, terms, fix, _prove(options))
    if options.fix and not options.diff:
        write(outcome, complaints)
    _tell_of(outcome, options)
    if options.witness is not None:
        outcome.keep_witnesses(options.witness)
    complaints.told += _report(outcome, options, troubled=bool(outcome.crashes or complaints.told))
    if options.why:
        _say_why(outcome, terms, options)
    return _code(outcome, complaints, options)


def _say_why(outcome: "Outcome", terms: "Terms", options: argparse.Namespace) -> None:
    """Beside a report that people read; a program reads the others."""
    from lstm_lint.report import out
    from lstm_lint.why import why

    plain = options.output_format in out.CLOSED and options.output_file is None
    (sys.stdout if plain else sys.stderr).write(why(outcome.files.values(), terms))


def _kinds(options: argparse.Namespace) -> "tuple[Applicability, ...]":
    """Of the fixes that are made."""
    return ("safe", "unsafe") if options.unsafe_fixes else ("safe",)


def _show(files: "list[File]", terms: "Terms", with_settings: bool) -> None:
    """Each file; with the settings, under those that hold for it."""
    told = None
    for file in files:
        holds = terms.holds(file.path)
        if with_settings and holds != told:
            print(holds.described())
            told = holds
        print(file.path)


def _code(outcome: "Outcome", complaints: Complaints, options: argparse.Namespace) -> int:
    if outcome.crashes:
        return CRASHED
    if complaints.told:
        return MISUSED
    failing = any(finding.severity is not Severity.INFO for finding in outcome.findings)
    return FOUND if not options.exit_zero and (failing or (options.diff and outcome.before)) else CLEAN


def _terms(options: argparse.Namespace, complain: Complaints) -> "Terms":
    from lstm_lint import settings
    from lstm_lint.run import Terms

    target = options.target if isinstance(options.target, list) else [options.target] if options.target else []
    asked = settings.Options(
        target=tuple(target),
        select=_words(options, "select"),
        ignore=_words(options, "ignore") or (),
        exclude=_words(options, "exclude") or (),
    )
    return Terms(settings.finder(asked, complain))


def _words(options: argparse.Namespace, name: str) -> tuple[str, ...] | None:
    """`--name a,b --name c`; None where the option was not given."""
    given = getattr(options, name, None)
    return given and tuple(word.strip() for each in given for word in each.split(",") if word.strip())


def _files(options: argparse.Namespace, terms: "Terms", complain: Complaints) -> "list[File]":
    """Standard input bears the name that it was given; nothing is read from there."""
    from lstm_lint.files import discover
    from lstm_lint.outcome import File

    named = [path for path in options.paths if str(path) != STDIN]
    force = getattr(options, "force_exclude", False)
    files = [File(path) for path in discover(named, terms.settings, force, complain)]
    if len(named) < len(options.paths):
        name = Path(os.path.abspath(options.stdin_filename)) if options.stdin_filename else Path(STDIN)
        files.append(File(name, sys.stdin.buffer.read(), piped=True))
    return files


def _prove(options: argparse.Namespace) -> "Prove | None":
    means = _means(options)
    if means is None:
        return None
    from lstm_lint.proof import witnessed

    return partial(witnessed, means)


def _means(options: argparse.Namespace) -> "Means | None":
    if not options.confirm:
        return None
    import signal
    from contextlib import suppress

    from lstm_lint.confirm import Means

    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGTERM, _ended)  # so that the children end with us
    return Means(
        python=options.python,
        device=options.device,
        backend=options.backend,
        jobs=options.jobs,
        cached=not options.no_cache,
        progress=_progress if sys.stderr.isatty() else None,
    )


def _ended(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def _progress(done: int, total: int) -> None:
    """On one line, which is gone in the end."""
    sys.stderr.write("\r\x1b[K" + (f"confirm: {done} of {total}" if done < total else ""))
    sys.stderr.flush()


def _report(outcome: "Outcome", options: argparse.Namespace, troubled: bool) -> list[str]:
    """What could not be written. A fixed standard input goes to stdout, so the report then goes to stderr."""
    from lstm_lint.report import out

    stream: TextIO = sys.stdout
    if options.diff:
        stream.write(out.diff(outcome.changes()))
        _tell(out.would(outcome.findings, outcome.fixes.total()))
        return []
    if options.fix and any(str(path) == STDIN for path in options.paths):
        sys.stdout.buffer.write(outcome.piped())
        stream = sys.stderr
    coloured = options.output_file is None and out.coloured(stream)
    form, kinds = options.output_format, _kinds(options)
    if options.statistics:
        text = out.counted(form, outcome.findings, kinds)
    else:
        text = out.rendered(form, outcome.findings, outcome, coloured, kinds)
    if form in out.CLOSED and (outcome.findings or not troubled):
        text += out.closing(outcome.findings, outcome.fixes.total(), kinds)
    try:
        if options.output_format == "github":
            out.to_job_summary(outcome.findings)
        if options.output_file is not None:
            options.output_file.parent.mkdir(parents=True, exist_ok=True)
            options.output_file.write_text(text, "utf-8", "backslashreplace")
    except OSError as error:
        _tell(f"{error.filename}: cannot be written ({error.strerror})")
        return [str(error)]
    if options.output_file is None:
        stream.write(text)
    return []


def _tell(line: str) -> None:
    print(f"lstm-lint: {line}", file=sys.stderr)


def _tell_of(outcome: "Outcome", options: argparse.Namespace) -> None:
    for crash in outcome.crashes:
        _tell(crash)
    if options.confirm:
        from lstm_lint.confirm import summary_line

        for name, verdict in outcome.refuted():
            _tell(f"{verdict.keras} refutes {name} ({verdict.detail}): please report it with its --witness")
        print(summary_line(outcome.verdicts()), file=sys.stderr)


def _summary(options: argparse.Namespace) -> int:
    from lstm_lint import overview
    from lstm_lint.report import summary
    from lstm_lint.report.text import concise

    complaints = Complaints()
    terms = _terms(options, complaints)
    shown = overview.summary(_files(options, terms, complaints), terms, _means(options))
    as_json = options.output_format == "json"
    text = summary.as_json if as_json else summary.as_text
    sys.stdout.write(text(shown.models, shown.bindings))
    _tell_of(shown.outcome, options)
    sys.stderr.write(concise(shown.outcome.findings, coloured=False))
    return _code(shown.outcome, complaints, options)


def _explain(options: argparse.Namespace) -> int:
    from lstm_lint.settings import nearest

    card = cards.card(options.rule) or cards.card(options.rule.upper()) or cards.card(options.rule.lower())
    if card is None:
        _tell(f"there is no rule {options.rule!r}{nearest(options.rule, cards.names())}")
        return MISUSED
    sys.stdout.write(card.text)
    return CLEAN


def _rules(options: argparse.Namespace) -> int:
    known = cards.cards()
    if options.output_format == "json":
        from lstm_lint.report import rules

        sys.stdout.write(rules.as_json(known))
        return CLEAN
    width = max((len(card.name) for card in known), default=0)
    for card in known:
        print(f"{card.code}  {card.name:<{width}}  {_severity(card):<7}  {card.what.split('. ')[0].rstrip('.')}")
    return CLEAN


def _severity(card: cards.Card) -> str:
    said = {str(severity) for severity in card.severities.values()}
    return (
        said.pop()
        if len(said) == 1
        else "/".join(f"{severity} ({target})" for target, severity in card.severities.items())
    )
