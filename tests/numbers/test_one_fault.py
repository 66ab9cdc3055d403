"""One fault in a numbers file is one problem, whatever hangs on what is broken."""

from __future__ import annotations

import pytest

PATH = "data/numbers/designs/toy.yml"
FAULTS = {
    "an input without a number": ("load: {value: 3000,", "load: {value: none,"),
    "an input that is no mapping": ("load: {value: 3000, unit: tx/s, en: Load, zh: 负载, source: smith2020}", "load: 5"),
    "an unknown unit": ("sla: {value: 100, unit: ms", "sla: {value: 100, unit: msx"),
    "no unit": ("load: {value: 3000, unit: tx/s", "load: {value: 3000"),
    "no source": (", source: smith2020}", "}"),
    "an unknown source": ("source: smith2020", "source: smit2020"),
    "a mistyped key": ("source: smith2020", "sauce: smith2020"),
    "a mistyped unit": ("sla: {value: 100, unit:", "sla: {value: 100, untit:"),
    "a mistyped language": ("en: Base rate", "em: Base rate"),
    "no label": ("en: Base rate, zh: 基准率", "en: Base rate"),
    "a mistyped input": ("  sla: {value", "  sal: {value"),
    "another mistyped input": ("  load: {value: 3000", "  laod: {value: 3000"),
    "a mistyped result": ("  day_load: {formula", "  dayload: {formula"),
    "a formula with a mistyped name": ("load * day,", "laod * day,"),
    "a formula that cannot be read": ("load * day,", "load * (,"),
    "a result in another unit": ("unit: tx, en: Load a day", "unit: ms, en: Load a day"),
    "a table with a mistyped row": ("load: [rate, load, day_load]", "load: [rate, load, dayload]"),
    "an empty table": ("load: [rate, load, day_load]", "load: []"),
    "a mistyped limit": ("    limit: sla\n", "    limit: slaa\n"),
    "a step without a time": ("ms: 30}", "ms: x}"),
    "a step that is too long": ("ms: 30}", "ms: 31}"),
    "steps that are no list": ("parallel: [", "parallel: 5, x: ["),
    "no slack": ("    slack: 20\n", ""),
    "a budget that is no mapping": ("  decision:\n    en: Decision\n", "  decision: 5\n  other:\n    en: Decision\n"),
    "an assert that does not hold": ("frauds < day_load / day", "frauds > day_load / day"),
    "an assert with a mistyped name": ("frauds < day_load / day", "fraud < day_load / day"),
    "an assert that cannot be read": ("frauds < day_load / day", "frauds <"),
    "a card without a label": ("{en: Load, zh: 负载, value_en", "{zh: 负载, value_en"),
} | {f"a mistyped section {name}": (f"{name}s:\n", f"{name}:\n") for name in ("input", "result", "table", "budget", "assert")}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_one_problem(fault, mini):
    old, new = FAULTS[fault]
    # A page with a table and a formula of another page that hang on the entry, too.
    mini.append("docs/en/designs/toy.md", "{{ calculation: load }}")
    mini.append("docs/zh/designs/toy.md", "{{ calculation: load }}")
    mini.settle()
    assert mini.problems() == []
    mini.replace(PATH, old, new)
    (problem,) = mini.problems()
    assert problem.startswith(f"{PATH}:")


def test_a_mistyped_name_on_a_page_leaves_nothing_unused(mini):
    mini.replace(PATH, "results:\n", "results:\n  lost: {formula: load * rate, unit: tx/s, en: Lost, zh: 损失}\n")
    lines = [mini.append(f"docs/{language}/designs/toy.md", "{{ lots }}") for language in ("en", "zh")]
    mini.settle()
    assert mini.problems() == [
        f"docs/{language}/designs/toy.md:{line}: values: unknown value `lots` (did you mean `lost`?)"
        for language, line in zip(("en", "zh"), lines, strict=True)
    ]
