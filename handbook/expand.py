"""From what an author writes to what MkDocs renders: `{{ … }}`, `[@…]` and the generated blocks.

Inline values keep the number of lines, so that a diagram's error still points at the author's line.
"""

from __future__ import annotations

import ast
import difflib
import html
import re
import string

from handbook import yamlfile
from handbook.numbers import formula
from handbook.source.book import Book, Source, Stage
from handbook.numbers import Budget, Quantity, Step
from handbook.source.page import BLOCK, BLOCKS, CITATION, CODE_SPAN, VALUE, Page
from handbook.numbers.units import format_number

NBSP = "\u00a0"
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACED_VALUE = re.compile(
    rf"(?P<before>(?<={_HAN.pattern}) )?{VALUE.pattern}(?P<after> (?={_HAN.pattern}))?"
)
_PREFIXES = {"k": 1e3, "M": 1e6, "G": 1e9}

TEXT = {
    "quantity": {"en": "Quantity", "zh": "量"},
    "value": {"en": "Value", "zh": "取值"},
    "from": {"en": "From", "zh": "来源"},
    "assumption": {"en": "assumption", "zh": "假设"},
    "component": {"en": "Component", "zh": "环节"},
    "note": {"en": "Note", "zh": "说明"},
    "parallel": {"en": "in parallel, the maximum counts", "zh": "并行，取最大值"},
    "slack": {"en": "Slack", "zh": "余量"},
    "slack_note": {"en": "for jitter, retries and growth", "zh": "留给抖动、重试与增长"},
    "sum": {"en": "Sum", "zh": "合计"},
    "of": {"en": "of {limit} allowed", "zh": "上限 {limit}"},
    "stage": {"en": "Stage", "zh": "阶段"},
    "minutes": {"en": "Minutes", "zh": "分钟"},
    "clock": {"en": "From–to", "zh": "时段"},
    "establish": {"en": "Must establish", "zh": "必须讲清"},
    "why": {"en": "Why", "zh": "理由"},
    "draw": {"en": "On the board", "zh": "白板上画什么"},
    "gantt_title": {"en": "{total} minutes, seven stages", "zh": "{total} 分钟，七个阶段"},
    "gantt_description": {
        "en": "Each stage with its minutes, one after the other: {list}.",
        "zh": "各阶段依次排列及其分钟数：{list}。",
    },
    "arc_title": {"en": "The arc of the interview", "zh": "整场面试的主线"},
    "arc_description": {
        "en": "Seven stages from top to bottom: {list}. Dotted arrows lead back: {loops}.",
        "zh": "七个阶段自上而下：{list}。虚线箭头返回：{loops}。",
    },
    "loop": {"en": "{a} to {b}, {label}", "zh": "{a}到{b}，{label}"},
    "stage_of": {"en": "Stage {k} of {n}", "zh": "阶段 {k}/{n}"},
    "minute_span": {"en": "minute {a} to {b}", "zh": "第 {a}–{b} 分钟"},
    "min": {"en": "{n} min", "zh": "{n} 分钟"},
    "minutes_long": {"en": "{n} minutes", "zh": "{n} 分钟"},
    "anti_pattern": {"en": "Anti-pattern", "zh": "反模式"},
    "novice": {"en": "Novice", "zh": "新手"},
    "expert": {"en": "Expert", "zh": "专家"},
    "detect": {"en": "How `make review` detects it", "zh": "`make review` 如何识别"},
    "checked": {"en": "checked {date}", "zh": "{date} 核对"},
}


class ExpandError(ValueError):
    """A name that nothing stands behind; the message names it and the hint guesses what was meant."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Expander:
    """Expands the pages of one language of a handbook."""

    def __init__(self, book: Book, language: str) -> None:
        self.book = book
        self.language = language
        self._years_of: dict[str, dict[str, str]] = {}

    def text(self, key: str, **values: object) -> str:
        """Return a word of the generated blocks in the page's language."""
        return TEXT[key][self.language].format(**values)

    # ── inline ────────────────────────────────────────────────────────────────────────────────

    def page(self, page: Page) -> str:
        """Return the page's Markdown without front matter, ready for MkDocs.

        Raises:
            ExpandError: A value, block or citation is unknown.
        """
        drawn, verbatim = set(), set()
        for fence in page.fences:
            (drawn if fence in page.diagrams else verbatim).update(fence.covered)
        lines = []
        for number, line in enumerate(page.lines, 1):
            if number < page.body_line:
                continue
            if number in verbatim:
                lines.append(line)
            elif number in drawn:
                lines.append(self.values(page, line))
            else:
                lines.append(self._line(page, line))
        return "\n".join(lines)

    def values(self, page: Page, text: str) -> str:
        """Replace each `{{ name }}` in a text."""
        if self.language != "zh":
            return VALUE.sub(lambda match: self.value(page, match["name"]), text)

        # The author writes a space as beside a number; a value such as 每秒 3 笔 needs none.
        def value(match: re.Match[str]) -> str:
            value = self.value(page, match["name"])
            before, after = match["before"] or "", match["after"] or ""
            return (
                (before.rstrip() if _HAN.match(value) else before)
                + value
                + ("" if _HAN.match(value[-1:]) else after)
            )

        return _SPACED_VALUE.sub(value, text)

    def _line(self, page: Page, line: str) -> str:
        match = BLOCK.match(line)
        if match and match["kind"] in BLOCKS:
            indent = line[: len(line) - len(line.lstrip())]
            block = self.block(page, match["kind"], match["argument"] or "")
            return "\n".join(indent + part if part else part for part in block.split("\n"))
        # Code stays as it is written, so that a page can show the syntax.
        parts, last = [], 0
        for span in CODE_SPAN.finditer(line):
            parts += [self._prose(page, line[last : span.start()]), span[0]]
            last = span.end()
        return "".join([*parts, self._prose(page, line[last:])])

    def _prose(self, page: Page, text: str) -> str:
        text = self.values(page, text)
        if self.language == "zh":
            # Full-width brackets bring their own space.
            return re.sub(
                rf" ?{CITATION.pattern}(?: (?=[\u4e00-\u9fff]))?",
                lambda match: f"（{self.citation(page, match['key'])}）",
                text,
            )
        return CITATION.sub(lambda match: f"({self.citation(page, match['key'])})", text)

    def value(self, page: Page, name: str) -> str:
        """Return what stands for `{{ name }}`.

        Raises:
            ExpandError: No quantity has this name.
        """
        name, _, form = (part.strip() for part in name.partition("|"))
        if form not in ("", "bare"):
            raise ExpandError(f"unknown form `{form}`", "only `bare` exists")
        file, _, key = name.rpartition(":")
        if file == "framework":
            return self._minutes(key, bare=form == "bare")
        quantity = self.quantity(file or page.slug, key)
        return self.number(quantity) if form == "bare" else self.written(quantity)

    def quantity(self, file: str, name: str) -> Quantity:
        """Look a quantity up.

        Raises:
            ExpandError: No such file or quantity.
        """
        if file not in self.book.numbers:
            raise ExpandError(f"`{name}`: no numbers file data/numbers/{file}.yml")
        known = self.book.numbers[file].quantities
        if name not in known:
            raise ExpandError(f"unknown value `{name}`", guess(name, known))
        return known[name]

    def _minutes(self, key: str, *, bare: bool) -> str:
        known = {stage.id: stage.minutes for stage in [*self.book.stages, self.book.buffer]}
        known["total"] = self.book.minutes
        if key not in known:
            raise ExpandError(f"unknown stage `{key}`", guess(key, known))
        return str(known[key]) if bare else self.text("minutes_long", n=known[key]).replace(" ", NBSP)

    def number(self, quantity: Quantity) -> str:
        """Write a quantity without its unit."""
        magnitude = quantity.magnitude * self._unit(quantity)[1]
        return format_number(magnitude, self.language, quantity.digits, quantity.style)

    def _unit(self, quantity: Quantity) -> tuple[str, float]:
        """Return the unit that a reader sees, and how many of it the quantity's own unit is.

        500 Mcard are written as 500M cards, 5 亿张卡: the languages group differently.
        """
        known, unit = self.book.files["units"].data, quantity.unit
        if unit not in known and unit[:1] in _PREFIXES and unit[1:] in known:
            return unit[1:], _PREFIXES[unit[0]]
        return unit, 1.0

    def written(self, quantity: Quantity) -> str:
        """Write a quantity with its unit.

        Raises:
            ExpandError: data/units.yml does not say how the unit is written.
        """
        spec = self.book.files["units"].data.get(self._unit(quantity)[0])
        if not isinstance(spec, dict) or self.language not in spec:
            raise ExpandError(
                f"`{quantity.name}`: no way to write the unit `{quantity.unit}`",
                "add it to data/units.yml",
            )
        number = self.number(quantity)
        pattern = spec.get(f"{self.language}_one") if number == "1" else None
        # The number and its unit stay together; a line may end in "candidates / per request".
        text = (pattern or spec[self.language]).replace("{n} ", number + NBSP).replace("{n}", number)
        return re.sub(rf"(?<=[万亿]){NBSP}(?=[\u4e00-\u9fff])", "", text)

    def citation(self, page: Page, key: str) -> str:
        """Return the link of a citation.

        Raises:
            ExpandError: No source has this key.
        """
        if key not in self.book.sources:
            raise ExpandError(f"unknown source `{key}`", guess(key, self.book.sources))
        source = self.book.sources[key]
        return f"[{self._authors(source)}{NBSP}{self._years(page).get(key, source.year)}]({source.url}){{.citation}}"

    def _bibliography(self, page: Page) -> list[Source]:
        """Return what a page cites, in the order of the English page for both languages."""
        chosen = [self.book.sources[key] for key in cited(self.book, page)]
        return sorted(chosen, key=lambda source: (source.authors.casefold(), source.year, source.title))

    def _years(self, page: Page) -> dict[str, str]:
        """Return the year of each source of a page: 2026a and 2026b if there are two of somebody."""
        if page.path not in self._years_of:
            groups: dict[tuple[str, int], list[str]] = {}
            for source in self._bibliography(page):
                groups.setdefault((source.authors, source.year), []).append(source.key)
            self._years_of[page.path] = {
                key: f"{year}{letter if len(keys) > 1 else ''}"
                for (_, year), keys in groups.items()
                for key, letter in zip(keys, string.ascii_lowercase, strict=False)
            }
        return self._years_of[page.path]

    def _authors(self, source: Source) -> str:
        if self.language == "zh":
            return source.authors.replace(" et al.", " 等").replace(" and ", " 和 ")
        return source.authors

    def _where(self, source: Source) -> str:
        """Return the publication; between Chinese words its punctuation is full-width."""
        if self.language == "zh":
            return source.where.replace("; ", "；").replace(", ", "，")
        return source.where

    # ── blocks ────────────────────────────────────────────────────────────────────────────────

    def block(self, page: Page, kind: str, argument: str) -> str:
        """Return the Markdown or HTML of a generated block.

        Raises:
            ExpandError: What the block needs does not exist.
        """
        match kind:
            case "stage":
                return self._stage_line(argument)
            case "stages":
                return self._stages()
            case "timeline":
                return self._timeline()
            case "gantt":
                return self._gantt()
            case "arc":
                return self._arc()
            case "anti-patterns":
                return self._anti_patterns()
            case "sources":
                return self._sources(page)
        numbers = self.book.numbers.get(page.slug)
        if numbers is None:
            raise ExpandError(f"no numbers file data/numbers/{page.slug}.yml")
        match kind:
            case "card":
                return self._card(page)
            case "calculation":
                if argument not in numbers.tables:
                    raise ExpandError(f"unknown table `{argument}`", guess(argument, numbers.tables))
                rows = [numbers.quantities[name] for name in numbers.tables[argument]]
                return self._calculation(page, rows)
            case "budget":
                if argument not in numbers.budgets:
                    raise ExpandError(f"unknown budget `{argument}`", guess(argument, numbers.budgets))
                return self._budget(numbers.budgets[argument])
        raise ExpandError(f"unknown block `{kind}`")

    def _table(self, head: list[str], rows: list[list[str]], right: tuple[int, ...] = ()) -> str:
        rule = ["---:" if index in right else "---" for index in range(len(head))]
        return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows])

    def _calculation(self, page: Page, quantities: list[Quantity]) -> str:
        head = [self.text(key) for key in ("quantity", "value", "from")]
        rows = [
            [quantity.labels[self.language], self.written(quantity), self._origin(page, quantity)]
            for quantity in quantities
        ]
        return self._table(head, rows, right=(1,))

    def _origin(self, page: Page, quantity: Quantity) -> str:
        if quantity.formula is None:
            if quantity.source == "assumption":
                return self.text("assumption")
            return self.citation(page, quantity.source)
        operands = {name: self._operand(quantity, name) for name in formula.names(quantity.formula)}
        values = {name: operand.value for name, operand in operands.items()}

        def text(name: str) -> str:
            # A constant is one day, one hour and so on; one of something is there for the units.
            if name in formula.CONSTANTS or formula.calculator(values[name]) == 1:
                return ""
            return self.written(operands[name])

        def hidden(term: ast.expr) -> str:
            return formula.hidden_factor(term, values, quantity.value.units)

        return formula.write(quantity.formula, text, hidden)

    def _operand(self, result: Quantity, name: str) -> Quantity:
        own = next(
            numbers.quantities
            for numbers in self.book.numbers.values()
            if numbers.quantities.get(result.name) is result
        )
        if name in own:
            return own[name]
        slug, _, key = name.rpartition(":")
        return self.book.numbers[slug].quantities[key]

    def _budget(self, budget: Budget) -> str:
        head = [self.text("component"), f"{budget.percentile} (ms)", self.text("note")]
        rows: list[list[str]] = []
        for step in budget.steps:
            note = step.notes[self.language]
            if step.parallel:
                note = "；".join if self.language == "zh" else "; ".join
                note = note(filter(None, [self.text("parallel"), step.notes[self.language]]))
            rows.append([step.labels[self.language], f"{step.milliseconds:g}", note])
            rows += [self._parallel_row(part) for part in step.parallel]
        rows.append([self.text("slack"), f"{budget.slack:g}", self.text("slack_note")])
        limit = self.text("of", limit=self.written(budget.limit))
        rows.append([f"**{self.text('sum')}**", f"**{budget.spent + budget.slack:g}**", limit])
        return self._table(head, rows, right=(1,))

    def _parallel_row(self, part: Step) -> list[str]:
        return [
            f"∥ {part.labels[self.language]}",
            f"({part.milliseconds:g})",
            part.notes[self.language],
        ]

    def _card(self, page: Page) -> str:
        rows = self.book.numbers[page.slug].card
        if not rows:
            raise ExpandError(f"data/numbers/{page.slug}.yml has no card")
        items = []
        for row in rows:
            try:
                label, value = row[self.language], row[f"value_{self.language}"]
            except KeyError as error:
                raise ExpandError(f"a row of the card has no {error}") from error
            except TypeError as error:
                raise ExpandError("a row of the card is not a mapping") from error
            items.append(
                f"<div><dt>{html.escape(str(label))}</dt>"
                f"<dd>{html.escape(self.values(page, str(value)))}</dd></div>"
            )
        return '<dl class="card">' + "".join(items) + "</dl>"

    def _stage(self, id_: str) -> Stage:
        for stage in self.book.stages:
            if stage.id == id_:
                return stage
        raise ExpandError(f"unknown stage `{id_}`", guess(id_, [stage.id for stage in self.book.stages]))

    def _stage_line(self, id_: str) -> str:
        stage = self._stage(id_)
        draws = [entry.what[self.language] for entry in self.book.timeline if id_ in entry.stages]
        spans = [
            ("stage-number", self.text("stage_of", k=stage.number, n=len(self.book.stages))),
            ("stage-minutes", self.text("min", n=stage.minutes)),
            ("stage-clock", self.text("minute_span", a=stage.start, b=stage.end)),
            ("stage-draw", "；".join(draws) if self.language == "zh" else "; ".join(draws)),
        ]
        inner = " ".join(f'<span class="{name}">{html.escape(text)}</span>' for name, text in spans)
        return f'<p class="stage-meta">{inner}</p>'

    def _stages(self) -> str:
        head = ["#", *(self.text(key) for key in ("stage", "minutes", "clock", "establish", "why"))]
        rows = [
            [
                str(stage.number) if stage in self.book.stages else "",
                f"**{stage.labels[self.language]}**",
                str(stage.minutes),
                _span(stage.start, stage.end),
                stage.establish[self.language],
                stage.reason[self.language],
            ]
            for stage in [*self.book.stages, self.book.buffer]
        ]
        rows.append(["", f"**{self.text('sum')}**", f"**{self.book.minutes}**", "", "", ""])
        return self._table(head, rows, right=(2,))

    def _timeline(self) -> str:
        head = [self.text(key) for key in ("clock", "stage", "draw", "why")]
        names = {stage.id: stage.labels[self.language] for stage in self.book.stages}
        comma = "、" if self.language == "zh" else ", "
        rows = [
            [
                _span(entry.start, entry.end),
                comma.join(names[id_] for id_ in entry.stages),
                entry.what[self.language],
                entry.why[self.language],
            ]
            for entry in self.book.timeline
        ]
        buffer = self.book.buffer
        rows.append(
            [
                _span(buffer.start, buffer.end),
                buffer.labels[self.language],
                buffer.establish[self.language],
                buffer.reason[self.language],
            ]
        )
        return self._table(head, rows)

    def _gantt(self) -> str:
        stages = [*self.book.stages, self.book.buffer]
        listed = ("、" if self.language == "zh" else ", ").join(
            f"{stage.labels[self.language]} {stage.minutes}" for stage in stages
        )
        unit = "分" if self.language == "zh" else "min"
        lines = [
            "```mermaid",
            "gantt",
            f"  accTitle: {self.text('gantt_title', total=self.book.minutes)}",
            f"  accDescr: {self.text('gantt_description', list=listed)}",
            "  dateFormat HH:mm",
            f"  axisFormat %-M {unit}",
            "  tickInterval 5minute",
            "  todayMarker off",
        ]
        for stage in stages:
            tag = "done, " if stage is stages[-1] else ""
            label = f"{stage.labels[self.language]} ({stage.minutes})"
            lines.append(f"  section {stage.labels[self.language]}")
            lines.append(f"  {label} :{tag}{stage.id}, 00:{stage.start:02d}, {stage.minutes}m")
        return "\n".join([*lines, "```"])

    def _arc(self) -> str:
        names = {stage.id: stage.labels[self.language] for stage in self.book.stages}
        loops = self.book.files["framework"].data.get("loops") or []
        comma, semicolon = ("、", "；") if self.language == "zh" else (", ", "; ")
        told = semicolon.join(
            self.text("loop", a=names[loop["from"]], b=names[loop["to"]], label=loop[self.language])
            for loop in loops
        )
        lines = [
            "```mermaid",
            "flowchart TD",
            f"  accTitle: {self.text('arc_title')}",
            f"  accDescr: {self.text('arc_description', list=comma.join(names.values()), loops=told)}",
        ]
        for stage in self.book.stages:
            minutes = self.text("min", n=stage.minutes)
            title = f"<b>{stage.number}. {names[stage.id]}</b> · {minutes}"
            lines.append(f'  {stage.id}["{title}<br/>{stage.keys[self.language]}"]')
        chain = " --> ".join(stage.id for stage in self.book.stages)
        lines.append(f"  {chain}")
        lines += [f'  {loop["from"]} -.->|"{loop[self.language]}"| {loop["to"]}' for loop in loops]
        return "\n".join([*lines, "```"])

    def _anti_patterns(self) -> str:
        """The table of what `make review` looks for, from the data that it runs on."""
        file = yamlfile.load(self.book.root, "data/review.yml")
        head = [self.text(key) for key in ("anti_pattern", "novice", "expert", "detect")]
        try:
            rows = [
                [f"**{pattern['name'][self.language]}**"]
                + [pattern[key][self.language] for key in ("novice", "expert", "detect")]
                for pattern in file.data["anti_patterns"]
            ]
        except (KeyError, TypeError) as error:
            raise ExpandError(f"data/review.yml: no {error}") from error
        return self._table(head, rows)

    def _sources(self, page: Page) -> str:
        sources = self._bibliography(page)
        if not sources:
            raise ExpandError("the page cites nothing")
        stop, comma, year = ("。", "；", "（{}）") if self.language == "zh" else (". ", "; ", " ({})")
        items = []
        for source in sources:
            authors, title, where = (
                html.escape(text) for text in (self._authors(source), source.title, self._where(source))
            )
            ends = stop if title[-1] not in "?!？！" else " " if title[-1].isascii() else ""
            date = f'<span class="whole">{self.text("checked", date=source.checked)}</span>'
            items.append(
                f'<li id="source-{source.key}">{authors}{year.format(self._years(page)[source.key])}{stop}'
                f'<a href="{html.escape(source.url)}">{title}</a>{ends}{" " if self.language == "en" else ""}'
                f"{where}{comma}{date}</li>"
            )
        return '<ul class="sources">\n' + "\n".join(items) + "\n</ul>"


def _span(start: int, end: int) -> str:
    """Return a span of minutes that is never broken at its dash."""
    return f'<span class="whole">{start}–{end}</span>'


def cited(book: Book, page: Page) -> list[str]:
    """Return the keys that a page cites, in its text and through its calculation tables."""
    keys = [mark.text for mark in page.citations]
    numbers = book.numbers.get(page.slug)
    for block in page.blocks:
        if block.text == "calculation" and numbers and block.argument in numbers.tables:
            for name in numbers.tables[block.argument]:
                source = numbers.quantities[name].source
                if source not in ("", "assumption"):
                    keys.append(source)
    return [key for key in dict.fromkeys(keys) if key in book.sources]


def guess(name: str, known: object) -> str:
    """Return what was probably meant."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else ""


_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Collapse white space, non-breaking spaces included."""
    return _SPACES.sub(" ", text.replace(NBSP, " ")).strip()
