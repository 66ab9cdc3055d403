"""`{{ question-list }}`: the question bank as one table, which web/questions.js lets a reader filter."""

from __future__ import annotations

from handbook.blocks import question as one
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return the table, in the order of data/questions.yml."""
    book = writer.book
    if not book.questions:
        raise WriteError("no questions in data/questions.yml")
    keys = ("question", "domain", "hardest", "difficulty", "minutes")
    rows = []
    for each in book.questions.values():
        page = book.pages[writer.language].get(each.page)
        heading = page.heading(each.id) if page else None
        if heading is None:
            continue  # rule `questions` reports it
        rows.append(
            [
                f"[{heading.text}]({writer.path_to(each.page, each.id)})",
                f"[{page.meta.get('title')}]({writer.path_to(each.page)})",
                one.stage(writer, each),
                one.difficulty(writer, each),
                str(each.minutes),
            ]
        )
    head = [writer.text(f"questions.{key}") for key in keys]
    head[-1] = writer.text("minutes")
    # The script's words; `{n}` is filled in there.
    words = f'data-all="{writer.text("questions.all")}" data-shown="{writer.text("questions.shown", n="#")}"'
    table = writer.table(head, rows, right=(4,))
    return "\n\n".join([f'<div class="question-list" {words} markdown>', table, "</div>"])
