"""Broken inputs by the thousand: pages, data files and answers, each a mutation of a good one.

    python tests/fuzz.py --seconds 600 --seed 1        as long as wanted
    python tests/fuzz.py --seed 1 --only 1234          one input again, in this process

An input is a number: the seed and the number decide everything about it. A child process reads, checks
and compiles what it makes; this one watches. What counts as a failure: an exception that no caller
expects, a child that dies, an input that takes longer than `LIMIT`, a file written anywhere but where
results belong, a problem that is not one line with a path and a line.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from handbook import compile, rules, source
from handbook.outputs import site
from handbook.problems import Problem, ProblemsError
from handbook.review import command
from mini import Mini

ROOT = Path(__file__).resolve().parents[1]
#: Seconds of work that one input may take; on a busy machine they last longer.
LIMIT = 10.0
_PATIENCE = 30 * LIMIT
#: How often each kind of input is made.
KINDS = {"page": 50, "data": 35, "answer": 14, "bytes": 5, "criteria": 1}
#: The rules that read what is not mutated here take two seconds to warm up.
SLOW = ("anti-patterns",)

_PROBLEM = re.compile(r"^[^\s:]+:\d+: [\w-]+: \S.*$")

MARKS = (
    "{{", "}}", "{{ ", "{{ load }}", "{{ nothing | bare }}", "{{ card }}", "{{ calculation: load }}", "[@", "[@smith2020]",
    "`", "```", "````", "~~~", "```mermaid", "<", "<!--", "-->", "<br>", "<b && c>", "</div>", "<div markdown>", "<iframe src=x>",
    "|", "\\|", "|---|", "| a | b |", "!!! trap \"", "!!! notte", "??? question \"x\"", "    ", "\t", "> ", ">" * 30, "- ", "1. ",
    "#", "## x {#x}", "{#", "{#v1.2}", "{: onclick=x }", "[", "](", "](x.md)", "](../../../etc/passwd)", "](javascript:x)",
    "![x](https://a.example/x.png)", "[^1]", "[^1]: x", "*", "**", "__", "\\", "\\(", "\\)", "\\[", "\\frac{1", "$", "&", "&amp;",
    "&#0;", "%s", "{0}", "---", "===", "<<<<<<< HEAD", ">>>>>>> x", "\0", "\x07", "\x0c", "\r", "\r\n", "\u2028", "\u200b", "\u202e",
    "\ufeff", "\ufffc", "\ue03c", "\ue101", "\x02", "\x03", "你好", "，", "。。", "✅", "𝒳", "e\u0301", "9" * 400, "0.0000001", "-1",
)  # fmt: skip
SCALARS = (
    "~", "null", "true", "no", ".inf", "-.inf", ".nan", "1e400", "1e-400", "0x10", "0o7", "1_000", "50:00", "2026-11-31", "2024:", "-1", "0",
    "9" * 400, "[]", "{}", "[[[]]]", "{a: {a: {a: 1}}}", "''", '""', '"', "'", "x: y", "*x", "&x y", "&x [*x, *x]", "!!python/object:os.system x",
    "!ENV X", "|", ">-", "? a", "- a", "\"a|b\"", "\"a\\nb\"", "\"<b && c>\"", "../../evil", "//evil.example", "/etc/passwd", "framework/metrics#x",
    "load", "load * load", "load ** load", "load / 0", "load * (", "()", "1 ** 1e9", "9 ** 9 ** 9", "(lambda: 1)()", "__import__('os')", "a.b", "a:b",
    "\"{{ load }}\"", "\"{{\"", "{{ load }}", "smith2020", "assumption", "Ms", "tx/s/s", "%", "requirments", "requirements", "\"\\0\"", "\"\\ud800\"",
)  # fmt: skip


@dataclass(frozen=True)
class Failure:
    """An input that was not dealt with."""

    number: int
    kind: str
    reason: str


# ---- mutations ---------------------------------------------------------------------------------


def mutated(text: str, chance: random.Random, marks: tuple[str, ...] = MARKS) -> str:
    """Return a text after one to four mutations."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(_MUTATIONS)(text, chance, marks)
    return text


def _insert(text: str, chance: random.Random, marks: tuple[str, ...]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(marks) * chance.choice((1, 1, 1, 1, 2, 50, 3_000)) + text[at:]


def _insert_line(text: str, chance: random.Random, marks: tuple[str, ...]) -> str:
    lines = text.split("\n")
    added = " " * chance.choice((0, 0, 1, 2, 3, 4, 8)) + "".join(chance.choice(marks) for _ in range(chance.randint(1, 4)))
    lines[(at := chance.randint(0, len(lines))) : at] = [added] * chance.choice((1, 1, 1, 2, 40))
    return "\n".join(lines)


def _drop(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    start = chance.randint(0, len(text))
    return text[:start] + text[start + chance.choice((1, 1, 2, 10, 100)) :]


def _drop_line(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _swap_lines(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    lines = text.split("\n")
    a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def _indent(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    for index in range(start, min(start + chance.choice((1, 1, 3, 20)), len(lines))):
        lines[index] = " " * chance.choice((0, 1, 2, 3, 4, 6, 8, 60)) + lines[index].lstrip(" ")
    return "\n".join(lines)


def _repeat(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    start = chance.randint(0, len(text))
    end = start + chance.choice((1, 2, 5, 40, 400))
    return text[:end] + text[start:end] * chance.choice((1, 2, 10, 400)) + text[end:]


def _truncate(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    return text[: chance.randint(0, len(text))]


def _number(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    found = list(re.finditer(r"\d+", text))
    if not found:
        return text
    old = chance.choice(found)
    new = chance.choice(("0", "-1", "1e999", "9" * 30, "1.5", "０", "²", "NaN", str(chance.randint(0, 99))))
    return text[: old.start()] + new + text[old.end() :]


def _scalar(text: str, chance: random.Random, marks: tuple[str, ...]) -> str:
    """Put something else behind a colon, as in YAML."""
    found = list(re.finditer(r"(?<=: )[^,}\n]+", text))
    if not found:
        return _insert(text, chance, marks)
    old = chance.choice(found)
    return text[: old.start()] + chance.choice(SCALARS) + text[old.end() :]


def _key(text: str, chance: random.Random, _: tuple[str, ...]) -> str:
    """Give a key another name, or give it twice."""
    found = list(re.finditer(r"[\w-]+(?=:)", text))
    if not found:
        return text
    old, other = chance.choice(found), chance.choice(found)
    return text[: old.start()] + chance.choice((other[0], "1", "2024", "true", "~", "[a]", "")) + text[old.end() :]


_MUTATIONS: tuple[Callable[[str, random.Random, tuple[str, ...]], str], ...] = (
    _insert, _insert, _insert_line, _insert_line, _drop, _drop_line, _swap_lines, _indent, _repeat, _truncate, _number,
    _scalar, _scalar, _key,
)  # fmt: skip


def _broken_bytes(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 100))):
        if broken:
            broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


# ---- one input ---------------------------------------------------------------------------------


class Bench:
    """A small handbook in a folder of its own, made good again before each input."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mini = Mini(folder / "handbook")
        self.mini.root.mkdir()
        self.mini.build()
        self.good = {path: path.read_bytes() for path in sorted(self.mini.root.rglob("*")) if path.is_file()}
        answers = sorted(path for path in (ROOT / "tests/review/answers").iterdir() if path.suffix in (".md", ".txt"))
        self.answers = [path.read_text(encoding="utf-8") for path in answers]
        self.answer = folder / "answer.md"
        self.rules = [rule.id for rule in rules.RULES if not rule.advice and rule.id not in SLOW]

    def restore(self) -> None:
        """Put back what an input changed."""
        for path, data in self.good.items():
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)
        self.answer.unlink(missing_ok=True)

    def try_input(self, seed: int, number: int) -> str:
        """Make one input and put it through; return its kind.

        Raises:
            Exception: Whatever was not dealt with.
        """
        chance = random.Random(f"{seed}:{number}")
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        self.restore()
        if kind == "answer":
            self.answer.write_text(mutated(chance.choice(self.answers), chance), encoding="utf-8", errors="ignore")
            command.main([str(self.answer)], ROOT / "data")
            self.answer.unlink()
        else:
            self._change(kind, chance)
            self._check(only_criteria=kind == "criteria")
        strays = {path for path in self.folder.rglob("*") if path.is_file()} - set(self.good)
        cache = self.mini.root / ".cache"
        if outside := sorted(path for path in strays if cache not in path.parents):
            raise AssertionError(f"written outside the output: {outside[0]}")
        return kind

    def _change(self, kind: str, chance: random.Random) -> None:
        paths = [path for path in self.good if path.suffix == (".md" if kind == "page" else ".yml")]
        if kind == "bytes":
            paths = list(self.good)
        elif kind == "criteria":
            paths = [path for path in paths if path.name == "review.yml"]
        else:
            paths = [path for path in paths if path.name != "review.yml"]
        path = chance.choice(paths)
        data = self.good[path]
        if kind == "bytes":
            path.write_bytes(_broken_bytes(data, chance))
            return
        text = mutated(data.decode("utf-8"), chance, MARKS if kind == "page" else (*MARKS, *SCALARS))
        path.write_bytes(text.encode("utf-8", "ignore"))

    def _check(self, *, only_criteria: bool) -> None:
        book = source.load(self.mini.root)
        found = rules.check(book, SLOW if only_criteria else self.rules)
        for problem in found:
            if not _PROBLEM.match(str(problem)) or "\n" in str(problem):
                raise AssertionError(f"not a problem on one line: {str(problem)!r}")
        if only_criteria or book.problems:
            return  # no build goes on with sources that could not be read
        told: list[Problem] = []
        try:
            compile.compile_book(book, report=told.append)
        except ProblemsError:
            return


def whole_site(seed: int, number: int, folder: Path) -> list[Problem]:
    """Build the real site from sources of which one is mutated; return the problems."""
    chance = random.Random(f"site:{seed}:{number}")
    root = folder / "handbook"
    for name in ("mkdocs.yml", "data", "docs", "references", "hooks", "handbook", "theme"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        root.mkdir(exist_ok=True)
        copy(ROOT / name, root / name)
    path = root / chance.choice(("data/redirects.yml", "data/site.yml", "data/designs.yml", "mkdocs.yml"))
    path.write_bytes(mutated(path.read_text(encoding="utf-8"), chance, SCALARS).encode("utf-8", "ignore"))
    problems = site.build(root, root / "site")
    if outside := sorted(set(folder.iterdir()) - {root}):
        raise AssertionError(f"written outside the output: {outside[0]}")
    return problems


# ---- many inputs -------------------------------------------------------------------------------


def _serve(connection: Connection, seed: int) -> None:
    """Try the inputs that come through a connection, answering each with its kind or its failure."""
    sys.stdout = sys.stderr = open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115 (open as long as the process)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        connection.send(("ready", ""))
        while (number := connection.recv()) is not None:
            # Whatever still works then is ended by the signal, also inside of C.
            signal.setitimer(signal.ITIMER_PROF, LIMIT)
            try:
                answer = bench.try_input(seed, number), ""
            except Exception:  # whatever it is, it is the result
                lines = traceback.format_exc().strip().split("\n")
                where = [line.strip() for line in lines if "/handbook/" in line or "/markdown/" in line]
                answer = "", f"{lines[-1][:300]} at {where[-1] if where else '?'}"
            signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send(answer)


class _Worker:
    """A child process that tries one input at a time."""

    def __init__(self, seed: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(other, seed), daemon=True)
        self.process.start()
        other.close()
        self.answer()

    def answer(self) -> tuple[str, str]:
        if not self.connection.poll(_PATIENCE):
            return "", f"a hang: longer than {_PATIENCE:.0f} s"
        try:
            return self.connection.recv()
        except EOFError:
            self.process.join()
            if self.process.exitcode == -signal.SIGPROF:
                return "", f"a hang: longer than {LIMIT:.0f} s of work"
            return "", f"the process died with {self.process.exitcode}"

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


def run(seed: int, numbers: Iterator[int], until: float) -> tuple[Counter[str], list[Failure]]:
    """Try inputs until a time of `time.monotonic`; return how many of each kind, and the failures."""
    tried: Counter[str] = Counter()
    failures: list[Failure] = []
    worker = _Worker(seed)
    try:
        for number in numbers:
            if time.monotonic() > until:
                break
            worker.connection.send(number)
            kind, reason = worker.answer()
            tried[kind or "failed"] += 1
            if reason:
                failures.append(Failure(number, kind, reason))
                if not worker.process.is_alive() or "hang" in reason:
                    worker.stop()
                    worker = _Worker(seed)
    finally:
        worker.stop()
    return tried, failures


def _count(start: int) -> Iterator[int]:
    while True:
        yield start
        start += 1


def main() -> int:
    """Run the command; 1 where an input was not dealt with."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=60, help="how long to go on")
    parser.add_argument("--seed", type=int, default=1, help="which inputs")
    parser.add_argument("--start", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, help="number of one input to try again here")
    parser.add_argument("--sites", type=int, default=0, help="how many whole sites to build beside them")
    options = parser.parse_args()
    if options.only is not None:
        with tempfile.TemporaryDirectory() as folder:
            print(Bench(Path(folder)).try_input(options.seed, options.only))
        return 0
    tried, failures = run(options.seed, _count(options.start), time.monotonic() + options.seconds)
    for number in range(options.sites):
        with tempfile.TemporaryDirectory() as folder:
            tried["site"] += 1
            try:
                whole_site(options.seed, number, Path(folder))
            except Exception as error:  # whatever it is, it is the result
                failures.append(Failure(number, "site", repr(error)[:300]))
    for failure in failures:
        print(f"{failure.kind or 'input'} {failure.number}: {failure.reason}")
    listed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(tried.items()))
    print(f"{sum(tried.values()):,} inputs ({listed}), {len(failures)} failures", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
