"""`{{ template: name }}`: a document to copy, as its Markdown and as a file; with `, form` as it is printed.

The text is `data/templates/<language>/<name>.md`, the one place where it stands: what the page shows and the
file that lies beside the page are both made from it.
"""

from __future__ import annotations

import re

from handbook.problems import guess
from handbook.source.page import FENCE, HEADING
from handbook.source.templates import FOLDER, Template
from handbook.writer import WriteError, Writer

FORM = "form"
_TICKS = re.compile(r"`{3,}")


def write(writer: Writer, argument: str) -> str:
    """Return a folded box: with the Markdown and a link to the file, or with the form."""
    name, _, form = (part.strip() for part in argument.partition(","))
    known = writer.book.templates.get(writer.language, {})
    if name not in known:
        hint = guess(name, known) or f"it would be {FOLDER}/{writer.language}/{name}.md"
        raise WriteError(f"unknown template `{name}`", hint)
    if form not in ("", FORM):
        raise WriteError(f"unknown form `{form}`", f"only `{FORM}` exists")
    template = known[name]
    text = written(writer, template)
    writer.files[template.file] = text
    return _form(writer, template) if form else _copy(writer, template, text)


def written(writer: Writer, template: Template) -> str:
    """Return a document with its values written out, as a reader takes it away."""
    return writer.values(template.text)


def _copy(writer: Writer, template: Template, text: str) -> str:
    marks = "`" * max(4, *(len(ticks) + 1 for ticks in _TICKS.findall(text)), 4)
    link = f'<a href="{template.file}" download>{writer.text("template.file", name=template.file)}</a>'
    body = "\n".join([f"{marks}markdown", text.rstrip("\n"), marks])
    box = _box(writer.text("template.copy"), body)
    return (
        f'<p class="template-file">{link}</p>\n\n'
        f'<div class="template-copy" data-book-exclude data-search-exclude markdown>\n\n{box}\n\n</div>'
    )


def _form(writer: Writer, template: Template) -> str:
    """Return it as it looks: titles are words in bold, since the headings of a page are its own."""
    lines, fence = [], ""
    for line in template.text.rstrip("\n").split("\n"):
        if mark := FENCE.match(line):
            fence = "" if fence else mark["info"].strip() or "text"
            lines.append(line)
        elif fence:
            lines.append(writer.values(line))
        elif heading := HEADING.match(line):
            title = writer.prose(heading["text"])
            lines += ["", f"**{title}**", f"{{: .template-title-{len(heading['marks'])} }}", ""]
        else:
            lines.append(writer.prose(line))
    box = _box(writer.text("template.form"), "\n".join(lines))
    return f'<div class="template-form" data-search-exclude markdown>\n\n{box}\n\n</div>'


def _box(title: str, body: str) -> str:
    inside = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    return f'??? note "{title}"\n{inside}'
