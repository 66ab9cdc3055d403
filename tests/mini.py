"""A small handbook that passes every rule and is easy to damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from handbook import render, rules, source
from handbook.rules import translations
from handbook.source.designs import ROWS

ROOT = Path(__file__).resolve().parents[1]

STAGES = ("requirements", "metrics", "data", "features", "model", "serving", "monitoring")
STAGES_ZH = dict(zip(STAGES, ("需求", "指标", "数据", "特征", "模型", "服务", "监控"), strict=True))
SECTIONS = (
    "board-over-time",
    "trade-offs",
    "build-first",
    "degradation",
    "organisation",
    "levels",
    "rubric",
    "follow-ups",
    "sources",
)

_BOARD = """```mermaid
flowchart TD
  accTitle: {title}
  accDescr: {description}
  A[{a}] -->|"{{{{ decision.network }}}}"| monitoring[{b}]
  monitoring -.-> data[({c})]
  monitoring -.-> model[{d}]
```
"""
_WORDS = {
    "en": {
        "title": "Board",
        "description": "From a payment to a decision and back.",
        "a": "Payment",
        "b": "Watch",
        "c": "Labels",
        "d": "Train",
        "h1": "Toy",
        "filler": "We decide it and say why here. ",
        "box": "A box.",
        "board": "The board",
        "table": "| name | value |\n|---|---|\n| rate | {{ rate }} |\n",
        "watch": "Watch drift, an alert, an A/B test and a rollback. The base rate decides.",
        "question": "Why?",
        "answer": "Because of [labels](#data).",
        "section": "A section.",
        "cite": "It is so [@smith2020].",
        "home": "Home",
        "to": "Read the [toy](designs/toy.md#data).",
    },
    "zh": {
        "title": "白板",
        "description": "从支付到决策，再回来。",
        "a": "支付",
        "b": "监看",
        "c": "标签",
        "d": "训练",
        "h1": "玩具",
        "filler": "这里说明决定与理由，并给出依据。",
        "box": "一个框。",
        "board": "白板",
        "table": "| 名称 | 取值 |\n|---|---|\n| 率 | {{ rate }} |\n",
        "watch": "看漂移、告警、A/B 测试与回滚。由基准率决定。",
        "question": "为什么？",
        "answer": "因为有[标签](#data)。",
        "section": "一节。",
        "cite": "正是如此 [@smith2020]。",
        "home": "首页",
        "to": "看[玩具](designs/toy.md#data)。",
    },
}


def design_page(language: str) -> str:
    """Return a worked design that is as short as the rules allow."""
    words = _WORDS[language]
    board = _BOARD.format(**words)
    parts = [
        f"---\ntitle: {words['h1']}\ndescription: {words['description']}\n---\n",
        f"# {words['h1']} {{#toy}}\n",
        "{{ card }}\n",
        f"## {words['board']} {{#board}}\n",
        board,
    ]
    for stage in STAGES:
        name = stage.capitalize() if language == "en" else STAGES_ZH[stage]
        parts += [f"## {name} {{#{stage}}}\n", f"{{{{ stage: {stage} }}}}\n"]
        parts += [
            f'!!! {kind} "{words["title"]}"\n    {words["box"]}\n'
            for kind in ("decision", "board", "signal", "trap")
        ]
        parts.append(words["filler"] * 25 + "\n")
        if stage == "metrics":
            parts.append(words["table"])
        if stage == "serving":
            parts += [board, "{{ budget: decision }}\n"]
        if stage == "monitoring":
            parts += [words["watch"] + "\n", board]
    for section in SECTIONS:
        parts.append(f"## {words['title']} {{#{section}}}\n")
        if section == "follow-ups":
            parts += [f'??? question "{words["question"]}"\n    {words["answer"]}\n'] * 12
        elif section == "sources":
            parts += [words["cite"] + "\n", "{{ sources }}\n"]
        else:
            parts.append(words["section"] + "\n")
    return "\n".join(parts)


def index_page(language: str) -> str:
    """Return a page that is no worked design."""
    words = _WORDS[language]
    return (
        f"---\ntitle: {words['home']}\ndescription: {words['description']}\n---\n\n"
        f"# {words['home']} {{#home}}\n\n{words['to']}\n"
    )


NUMBERS = """inputs:
  rate: {value: 0.1, unit: "%", en: Base rate, zh: 基准率, source: assumption}
  load: {value: 3000, unit: tx/s, en: Load, zh: 负载, source: smith2020}
  sla: {value: 100, unit: ms, en: SLA, zh: 时限, source: assumption}
results:
  day_load: {formula: load * day, unit: tx, en: Load a day, zh: 日负载}
  frauds: {formula: load * rate, unit: tx/day, digits: 4, en: Frauds a day, zh: 日欺诈}
tables:
  load: [rate, load, day_load]
budgets:
  decision:
    en: Decision
    zh: 决策
    percentile: p99
    limit: sla
    steps:
      - {id: network, en: Network, zh: 网络, ms: 30}
      - {id: fetch, en: Read, zh: 读取, parallel: [
          {id: profile, en: Profile, zh: 画像, ms: 25}, {id: counters, en: Counters, zh: 计数, ms: 5}]}
      - {id: score, en: Score, zh: 打分, ms: 25}
    slack: 20
asserts:
  - {formula: frauds < day_load / day, en: Most payments are good, zh: 多数交易是好的}
card:
  - {en: Load, zh: 负载, value_en: "{{ load }}", value_zh: "{{ load }}"}
"""
SOURCES_FILE = """smith2020:
  authors: Smith et al.
  year: 2020
  title: A Title
  where: KDD
  url: https://example.org/paper
  checked: 2026-11-20
  says: the load
"""
UNITS = """"1": {en: "{n}", zh: "{n}"}
"%": {en: "{n}%", zh: "{n}%"}
ms: {en: "{n} ms", zh: "{n} ms"}
tx: {en: "{n} transactions", en_one: "{n} transaction", zh: "{n} 笔"}
tx/s: {en: "{n} tx/s", zh: "{n} 笔/秒"}
tx/day: {en: "{n} tx a day", zh: "每天 {n} 笔"}
day: {en: "{n} days", en_one: "{n} day", zh: "{n} 天"}
"""
DESIGNS = """designs:
  - id: toy
    en: Toy
    zh: 玩具
    must_discuss:
      - {en: base rate, zh: 基准率, pattern_en: base rate, pattern_zh: 基准率}
    stages:
""" + "".join(f"      {stage}: {{en: about {stage}, zh: 关于 {stage}}}\n" for stage in STAGES)
DESIGNS += "    compare:\n" + "".join(f"      {row}: {{en: its {row}, zh: 它的 {row}}}\n" for row in ROWS)
DESIGNS += "      hardest: data\n"
GLOSSARY = """terms:
  - {en: rollback, zh: 回滚, avoid_zh: [回退版本]}
  - {en: quantisation, zh: 量化, avoid_en: [quantization]}
"""
#: Markdown is read as it is in this handbook.
MKDOCS = yaml.safe_dump({"markdown_extensions": render.extensions(ROOT, "mkdocs.yml")}, allow_unicode=True)
SITE = "sections:\n  home: index\n  designs: [designs/toy]\n"


class Mini:
    """A small handbook on disk that passes every rule; damage it, then ask for the problems."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def build(self) -> None:
        """Write the handbook."""
        for language in ("en", "zh"):
            self.write(f"docs/{language}/index.md", index_page(language))
            self.write(f"docs/{language}/designs/toy.md", design_page(language))
        for path, text in {
            "data/numbers/designs/toy.yml": NUMBERS,
            "data/sources/designs/toy.yml": SOURCES_FILE,
            "data/units.yml": UNITS,
            "data/designs.yml": DESIGNS,
            "data/glossary.yml": GLOSSARY,
            "data/redirects.yml": "redirects: {}\n",
            "data/search.yml": "sections: {}\n",
            "data/site.yml": SITE,
            "mkdocs.yml": MKDOCS,
        }.items():
            self.write(path, text)
        for name in ("framework", "review"):
            shutil.copy(ROOT / f"data/{name}.yml", self.root / "data")
        shutil.copytree(ROOT / "data/languages", self.root / "data/languages")
        self.settle()

    def settle(self) -> None:
        """Stamp translations and publish anchors, as an author does at the end."""
        book = self.book()
        for slug, page in book.pages["zh"].items():
            if slug in book.pages["en"]:
                translations.stamp(book, page)
        rules.anchors.write(self.book())

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file, with its folders."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str, count: int = 1) -> int:
        """Replace a text that must be there; return its line."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, count))
        return text[: text.index(old)].count("\n") + 1

    def append(self, path: str, text: str) -> int:
        """Add a paragraph at the end of a file; return its line."""
        before = self.read(path).rstrip("\n") + "\n\n"
        self.write(path, before + text + "\n")
        return before.count("\n") + 1

    def line(self, path: str, text: str) -> int:
        """Return the line on which a text first stands."""
        return next(n for n, line in enumerate(self.read(path).splitlines(), 1) if text in line)

    def book(self) -> source.Book:
        """Read the handbook."""
        return source.load(self.root)

    def problems(self, rule: str | None = None) -> list[str]:
        """Return the problems of one rule, or of all, as `make check` prints them.

        All means all but the review, which a toy cannot pass, and the advice.
        """
        every = [each.id for each in rules.RULES if not each.advice and each.id != "anti-patterns"]
        found = rules.check(self.book(), [rule] if rule in {each.id for each in rules.RULES} else every)
        return [str(p) for p in found if rule is None or p.rule == rule]
