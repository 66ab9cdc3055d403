"""Each question of the bank has the same parts, in the same order, and is known to data/questions.yml.

Its section has the line of facts, the prompt as it is said, what to derive and its folded derivation (a table
of the question's name with two results at least), the folded outline (seven stages in order, the trade-off
that decides, what L6+ adds) and two folded follow-ups.

Why: a reader compares questions part by part, and unfolds an answer only after trying; the list of questions
is made from the data file.
Right: `{{ question: churn }}`, `> Design …`, a paragraph, `??? note` with `{{ calculation: churn }}`,
    `??? note` with a list of seven and two paragraphs, `??? question` twice.
Wrong: an outline that skips monitoring; a question that the data file does not have; one follow-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.outline import Block, outline
from handbook.source.page import Heading, Page
from handbook.source.questions import PATH, Question

ID = "questions"

#: Sections of a page of the bank that are no questions.
OTHERS = ("sources",)
#: The parts of a question: kind and name of their blocks, and what a reader calls them.
SHAPE = (
    ("block", "question {id}", "`{{{{ question: {id} }}}}`"),
    ("quote", "", "the prompt, `> …`"),
    ("paragraph", "", "a paragraph: what to derive"),
    ("box", "note", "the folded derivation, `??? note`"),
    ("box", "note", "the folded outline, `??? note`"),
    ("box", "question", "the first follow-up, `??? question`"),
    ("box", "question", "the second follow-up, `??? question`"),
)
RESULTS = 2
_BOLD = re.compile(r"^\*\*(?P<text>[^*]+)\*\*")


def check(book: Book) -> Iterator[Problem]:
    """Check the question bank: what data/questions.yml names, and each page."""
    yield from _places(book)
    for page in book.all_pages():
        yield from _page(book, page)


def _page(book: Book, page: Page) -> Iterator[Problem]:
    questions = {each.id: each for each in book.questions.values() if each.page == page.slug}
    if not questions or not book.stages:
        return
    headings = [each for each in page.headings if each.level == 2 and each.id not in OTHERS]
    for heading in headings:
        if heading.id not in questions:
            hint = guess(heading.id, questions) or f"add it to {PATH}"
            yield Problem(page.path, heading.line, ID, f"`{heading.id}` is no question of {PATH}", hint)
    present = [each.id for each in headings if each.id in questions]
    for id_ in questions:
        if id_ not in present:
            yield Problem(page.path, 1, ID, f"no section `#{id_}`, which {PATH} has")
    if sorted(present) == sorted(questions) and present != list(questions):
        yield Problem(page.path, 1, ID, f"the questions stand as {', '.join(present)}", ", ".join(questions))
    blocks = outline(page)
    for heading in headings:
        if heading.id in questions:
            yield from _question(book, page, blocks, heading, questions[heading.id])


def _question(
    book: Book, page: Page, blocks: tuple[Block, ...], heading: Heading, question: Question
) -> Iterator[Problem]:
    start, end = page.section(heading)
    found = [block for block in blocks if start <= block.line <= end]
    for index, (kind, name, called) in enumerate(SHAPE):
        block = found[index] if index < len(found) else None
        if block is None or (block.kind, block.name) != (kind, name.format(id=question.id)):
            line = block.line if block else heading.line
            message = f"part {index + 1} of `{question.id}` is not {called.format(id=question.id)}"
            yield Problem(page.path, line, ID, message, f"`--explain {ID}` lists the parts")
            return
    if len(found) > len(SHAPE):
        line = found[len(SHAPE)].line
        yield Problem(page.path, line, ID, f"`{question.id}` has {len(found)} parts of {len(SHAPE)}")
    yield from _begins(book, page, found[2], "questions.derive")
    yield from _derivation(book, page, found[3], question)
    yield from _outline(book, page, found[4], question)


def _derivation(book: Book, page: Page, box: Block, question: Question) -> Iterator[Problem]:
    wanted = f"calculation {question.id}"
    if not any(block.kind == "block" and block.name == wanted for block in box.walk()):
        yield Problem(page.path, box.line, ID, f"no `{{{{ calculation: {question.id} }}}}` in the derivation")
        return
    numbers = book.numbers.get(page.slug)
    names = numbers.tables.get(question.id, ()) if numbers else ()
    own = [numbers.quantities[name] for name in names if name in numbers.quantities] if numbers else []
    results = [quantity for quantity in own if not quantity.source]
    if names and len(results) < RESULTS:
        message = f"the table `{question.id}` has {len(results)} results of at least {RESULTS}"
        yield Problem(page.path, box.line, ID, message)


def _outline(book: Book, page: Page, box: Block, question: Question) -> Iterator[Problem]:
    inner = [block for block in box.blocks if block.kind != "title"]
    if [block.kind for block in inner] != ["list", "paragraph", "paragraph"]:
        message = f"the outline of `{question.id}` is not a list and two paragraphs"
        yield Problem(page.path, box.line, ID, message, "seven stages; the trade-off; what L6+ adds")
        return
    labels = [stage.labels[page.language] for stage in book.stages]
    items = [(item.line, _bold(item.blocks[0].text if item.blocks else "")) for item in inner[0].blocks]
    if [label for _, label in items] != labels:
        wrong = [line for (line, label), wanted in zip(items, labels, strict=False) if label != wanted]
        message = f"the outline of `{question.id}` has other stages than {', '.join(labels)}"
        yield Problem(page.path, (wrong or [inner[0].line])[0], ID, message, "`1. **…**: …` for each")
    for block, key in zip(inner[1:], ("questions.trade_off", "questions.above"), strict=True):
        yield from _begins(book, page, block, key)


def _begins(book: Book, page: Page, block: Block, key: str) -> Iterator[Problem]:
    wanted = book.languages[page.language].word(key)
    if _bold(block.text) != wanted:
        yield Problem(page.path, block.line, ID, f"the paragraph does not begin with **{wanted}**")


def _bold(text: str) -> str:
    match = _BOLD.match(text)
    return match["text"] if match else ""


def _places(book: Book) -> Iterator[Problem]:
    pages = book.originals
    for question in book.questions.values():
        if question.page not in pages:
            hint = guess(question.page, pages)
            yield Problem(PATH, question.line, ID, f"`{question.page}` is not a page", hint)
        slug, _, anchor = question.nearest.partition("#")
        if slug not in pages or (anchor and anchor not in pages[slug].anchors):
            message = f"`{question.nearest}`, nearest to `{question.id}`, does not exist"
            yield Problem(PATH, question.line, ID, message, guess(slug, pages))


RULE = Rule(ID, Scope.BOOK, __doc__, check)
