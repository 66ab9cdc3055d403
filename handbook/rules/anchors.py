"""What study groups link to is never lost.

`data/published-anchors.txt` lists every published page and anchor without its language. A line
leaves the list only for an entry in `data/redirects.yml`; new anchors are added by `make anchors`.

Why: people paste links to a section into notes and chats; a link that dies cannot be called back.
Right: `framework/data#labels` stays in the list, and data/redirects.yml says
    `framework/data#labels: framework/data#label-sources`
Wrong: the heading `{#labels}` is renamed, and nothing forwards the old address.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.output import rewrite
from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.redirects import PATH as REDIRECTS

ID = "published-anchors"
PATH = "data/published-anchors.txt"
_HEADER = (
    "# Published places without language: page or page#anchor. Kept by `make anchors`; never shortened.\n"
)


def current(book: Book) -> set[str]:
    """Return the places that the English pages offer now: pages and their headings."""
    places = set()
    for slug, page in book.pages[book.languages.original.code].items():
        places.add(slug)
        places.update(f"{slug}#{heading.id}" for heading in page.headings if heading.id)
    return places


def read(book: Book) -> dict[str, int]:
    """Return the published places with their lines."""
    path = book.root / PATH
    # A byte that is not UTF-8 makes a place that does not exist, and is reported as one.
    lines = path.read_bytes().decode("utf-8", "replace").splitlines() if path.is_file() else []
    return {
        line.strip(): number
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith("#")
    }


def write(book: Book) -> int:
    """Add the new places to the list; return how many were added."""
    known = read(book)
    places = sorted({*known, *current(book)})
    rewrite(book.root, PATH, _HEADER + "".join(f"{place}\n" for place in places))
    return len(places) - len(known)


def check(book: Book) -> Iterator[Problem]:
    """Report lost places, redirects that lead nowhere, and places not yet listed."""
    known, offered = read(book), current(book)
    redirects = book.redirects
    for place, line in known.items():
        slug, _, anchor = place.partition("#")
        # A page that moved takes its anchors along, if the new page has them.
        moved = f"{redirects[slug].new}#{anchor}" if slug in redirects else ""
        if place not in offered and place not in redirects and moved not in offered | set(redirects):
            near = guess(place, sorted(o for o in offered if o.startswith(slug))) or guess(place, offered)
            yield Problem(
                PATH,
                line,
                ID,
                f"`{place}` was published and is lost",
                f"redirect it in data/redirects.yml{'; ' + near if near else ''}",
            )
    for old, redirect in redirects.items():
        if old.split("/")[0] in book.languages.codes:
            message = f"`{old}` begins with a language, which a place is without"
            yield Problem(REDIRECTS, redirect.line, ID, message)
            continue
        if f"{old}/index" in offered:
            message = f"`{old}` is where `{old}/index` is published"
            yield Problem(REDIRECTS, redirect.line, ID, message)
            continue
        if redirect.old.anchor and redirect.new.slug != redirect.old.slug:
            message = f"`{old}` forwards to another page, which an anchor cannot"
            hint = "leave a heading there that links to the new place"
            yield Problem(REDIRECTS, redirect.line, ID, message, hint)
            continue
        new = str(redirect.new)
        if new not in offered:
            message = f"`{old}` forwards to `{new}`, which does not exist"
            yield Problem(REDIRECTS, redirect.line, ID, message, guess(new, offered))
        if old in offered:
            message = f"`{old}` exists and forwards elsewhere"
            yield Problem(REDIRECTS, redirect.line, ID, message, "remove one")
    for slug, page in book.pages[book.languages.original.code].items():
        if slug not in known:
            yield Problem(page.path, 1, ID, f"`{slug}` is not in the list", "run `make anchors`")
        for heading in page.headings:
            if slug in known and heading.id and f"{slug}#{heading.id}" not in known:
                yield Problem(
                    page.path,
                    heading.line,
                    ID,
                    f"`#{heading.id}` is not in the list",
                    "run `make anchors`",
                )


RULE = Rule(ID, Scope.BOOK, __doc__, check)
