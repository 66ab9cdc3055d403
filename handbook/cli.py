"""The handbook's commands; `make help` lists what a reader and an author need of them."""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from pathlib import Path

from handbook import source
from handbook.problems import Problem, ProblemsError, guess

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0 for success, 1 for problems found, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="handbook", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="run the content rules on both languages")
    check.add_argument("--only", metavar="RULE,…", type=_names, default=(), help="run these rules alone")
    check.add_argument("--explain", metavar="RULE,…", type=_names, help="say what a rule asks, and why")
    check.add_argument("--list", action="store_true", help="name the rules")
    check.add_argument("--advice", action="store_true", help="list what could be better; it fails nothing")
    commands.add_parser("compile", help="write the compiled handbook to build/")
    commands.add_parser("site", help="build both languages into site/")
    commands.add_parser("pdf", help="make the book of each language in site/pdf/")
    commands.add_parser("epub", help="make the EPUB of each language in site/epub/")
    commands.add_parser("offline", help="make the offline copy in site/offline/")
    commands.add_parser("sharing", help="make the picture of each page that is shown beside a link, in site/sharing/")
    serve = commands.add_parser("serve", help="preview one language with live reload")
    serve.add_argument("config", nargs="?", default="mkdocs.yml", help="the configuration of the language")
    commands.add_parser("anchors", help="add new anchors to the published list")
    translated = commands.add_parser("translated", help="stamp translated pages as up to date")
    translated.add_argument("pages", nargs="+", help="paths of translated pages")
    review = commands.add_parser("review", help="review an answer of your own")
    review.add_argument("file", nargs="?", default="", help="a text file, in either language")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show Chinese is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    root = options.root.resolve()
    try:
        match options.command:
            case "check":
                return _check(root, options)
            case "compile":
                return _compile(root)
            case "site":
                return _site(root)
            case "pdf" | "epub" | "offline" | "sharing":
                return _site(root, options.command)
            case "serve":
                return _serve(root, options.config)
            case "anchors":
                return _anchors(root)
            case "translated":
                return _translated(root, options.pages)
            case "review":
                return _review(root, options.file)
    except ProblemsError as error:
        return _report(error.problems)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has seen enough: `make check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 2


def _report(problems: list[Problem]) -> int:
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _check(root: Path, options: argparse.Namespace) -> int:
    from handbook import rules

    known = {rule.id: rule for rule in rules.RULES}
    for name in (*options.only, *(options.explain or ())):
        if name not in known:
            hint = guess(name, known) or "`--list` names them"
            print(f"no rule `{name}` ({hint})", file=sys.stderr)
            return 2
    if options.list:
        for rule in known.values():
            print(f"{rule.id:18} {rule.scope:6} {rule.explain.splitlines()[0]}")
        return 0
    if options.explain is not None:
        print("\n\n".join(f"{name}: {known[name].explain.strip()}" for name in options.explain))
        return 0
    started = time.perf_counter()
    book = source.load(root)
    advice = [rule.id for rule in known.values() if rule.advice]
    shown = [rule.id for rule in known.values() if rule.reminds or not rule.advice]
    chosen = options.only or (advice if options.advice else shown)
    problems = rules.check(book, chosen)
    _report(problems)
    seconds = time.perf_counter() - started
    verdict = f"{len(problems)} problems" if problems else "no problems"
    counts = f"{len(book.all_pages())} pages, {len(chosen)} rules"
    print(f"{counts}, {verdict}, {seconds:.1f} s", file=sys.stderr)
    return 1 if any(problem.rule not in advice for problem in problems) else 0


def _compile(root: Path) -> int:
    from handbook.outputs import build

    started = time.perf_counter()
    compiled = build.write(root, root / "build")
    seconds = time.perf_counter() - started
    print(f"build/: {sum(1 for _ in compiled.all_pages())} pages, {seconds:.1f} s", file=sys.stderr)
    return 0


def _site(root: Path, *wanted: str) -> int:
    from handbook.outputs import site

    return _report(site.build(root, root / "site", wanted))


def _serve(root: Path, config: str) -> int:
    from handbook.outputs import preview

    preview.serve(root, config, os.environ.get("PORT", ""))
    return 1


def _anchors(root: Path) -> int:
    from handbook.rules import anchors

    print(f"{anchors.write(_load(root))} new places in {anchors.PATH}")
    return 0


def _load(root: Path) -> source.Book:
    """Read the sources; without their languages nothing can be done with them."""
    book = source.load(root)
    if not book.languages:
        raise ProblemsError(list(book.problems))
    return book


def _translated(root: Path, paths: list[str]) -> int:
    from handbook.rules import translations

    book = _load(root)
    original = book.languages.original
    by_path = {
        page.path: page
        for language in book.languages.translations
        for page in book.pages[language.code].values()
    }
    for path in paths:
        relative = Path(path).as_posix().removeprefix("./")
        if relative not in by_path:
            print(f"{path} is not a page of a translation", file=sys.stderr)
            return 2
        if by_path[relative].slug not in book.pages[original.code]:
            print(f"{path} has no page in {original.name}", file=sys.stderr)
            return 1
        translations.stamp(book, by_path[relative])
        print(f"{relative}: up to date")
    return 0


def _review(root: Path, file: str) -> int:
    from handbook import review

    return review.main([file] if file else [], root / "data")
