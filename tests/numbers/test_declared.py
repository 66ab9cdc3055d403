"""Numbers files: inputs with units, computed results, budgets and sums that have to add up."""

from __future__ import annotations

import functools
import math
from pathlib import Path

import pytest
import scipy.optimize
import scipy.stats

from handbook import numbers
from handbook.numbers import declared

INPUTS = """inputs:
  load: {value: 3000, unit: tx/s, en: Load, zh: 负载, source: assumption}
  rate: {value: 0.1, unit: "%", en: Base rate, zh: 基准率, source: assumption}
  sla: {value: 100, unit: ms, en: SLA, zh: 时限, source: assumption}
"""
UNITS = """"1": {en: "{n}", zh: "{n}"}
tx: {en: "{n} tx", zh: "{n} 笔"}
"""
BUDGET = """budgets:
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
"""


def load(tmp_path: Path, **files: str) -> dict[str, numbers.Numbers]:
    folder = tmp_path / "data" / "numbers"
    folder.mkdir(parents=True)
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/').replace('_', '-')}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "data/units.yml").write_text(UNITS, encoding="utf-8")
    return declared.read_all(tmp_path, ("en", "zh"))


@functools.cache
def of_the_handbook(root: Path) -> dict[str, numbers.Numbers]:
    return declared.read_all(root, ("en", "zh"))


def messages(page: numbers.Numbers) -> list[str]:
    return [str(problem).removeprefix("data/numbers/toy.yml:") for problem in page.problems]


def result(formula: str, unit: str, digits: int = 6) -> str:
    return f'results:\n  x: {{formula: "{formula}", unit: "{unit}", digits: {digits}, en: X, zh: 某}}\n'


# ── inputs ────────────────────────────────────────────────────────────────────────────────────────


def test_an_input_keeps_its_value_unit_labels_source_and_line(tmp_path):
    page = load(tmp_path, toy=INPUTS)["toy"]
    load_ = page.quantities["load"]
    assert (load_.value, load_.unit, load_.labels, load_.source, load_.line) == (
        3000,
        "tx/s",
        {"en": "Load", "zh": "负载"},
        "assumption",
        2,
    )
    assert messages(page) == []


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ("{value: x, unit: ms, en: A, zh: 甲, source: assumption}", "`a` has no number as value"),
        ("{unit: ms, en: A, zh: 甲, source: assumption}", "`a` has no number as value"),
        ("{value: yes, unit: ms, en: A, zh: 甲, source: assumption}", "`a` has no number as value"),
        ("{value: .inf, unit: ms, en: A, zh: 甲, source: assumption}", "`a` has no number as value"),
        ("{value: .nan, unit: ms, en: A, zh: 甲, source: assumption}", "`a` has no number as value"),
        ("{value: [1], unit: ms, en: A, zh: 甲, source: assumption}", "`a` has no number as value"),
        ("{value: 1, unit: msec2, en: A, zh: 甲, source: assumption}", "`a`: unknown unit `msec2`"),
        ("{value: 1, en: A, zh: 甲, source: assumption}", "`a` has no unit (`1` for a plain number)"),
        ("{value: 1, unit: ms, zh: 甲, source: assumption}", "`a` has no label `en`"),
        ("{value: 1, unit: ms, en: A, zh: '', source: assumption}", "`a` has no label `zh`"),
        ("{value: 1, unit: ms, en: A, zh: 甲}", "`a` has no source (`assumption` or a key of data/sources)"),
        (
            "{value: 1, unit: ms, en: A, zh: 甲, source: assumption, digts: 3}",
            "`a` has an unknown key `digts` (did you mean `digits`?)",
        ),
        (
            "{value: 1, unit: ms, en: A, zh: 甲, source: assumption, digits: many}",
            "`a`: digits is `many`, not a number of digits",
        ),
        (
            "{value: 1, unit: ms, en: A, zh: 甲, source: assumption, style: fancy}",
            "`a`: unknown style `fancy` (grouped, money)",
        ),
        (
            "{value: 1, unit: ms, en: A, zh: 甲, source: assumption, differs: yes}",
            "`a`: `differs` does not say why in each language (differs: {en: …, zh: …})",
        ),
        (
            "{value: 1, unit: ms, en: A, zh: 甲, source: assumption, differs: {en: why}}",
            "`a`: `differs` does not say why in each language (differs: {en: …, zh: …})",
        ),
        ("5", "`a` is not a mapping"),
    ],
)
def test_a_wrong_input_is_reported_at_its_line(tmp_path, spec, problem):
    page = load(tmp_path, toy=f"inputs:\n  # a comment\n  a: {spec}\n")["toy"]
    assert messages(page) == [f"3: numbers: {problem}"]


@pytest.mark.parametrize(
    ("written", "value"), [("1e9", 1e9), ("1_000", 1000), ("'3000'", 3000), ("-2.5", -2.5)]
)
def test_numbers_may_be_written_as_yaml_allows(tmp_path, written, value):
    text = f"inputs:\n  a: {{value: {written}, unit: '1', en: A, zh: 甲, source: assumption}}\n"
    assert load(tmp_path, toy=text)["toy"].quantities["a"].value == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- a\n", "1: numbers: the file is not a mapping"),
        ("text\n", "1: numbers: the file is not a mapping"),
        ("inputs: [a]\n", "1: numbers: `inputs` is not a mapping"),
        ("\nresults: 3\n", "2: numbers: `results` is not a mapping"),
        ("asserts: {a: b}\n", "1: numbers: `asserts` is not a list"),
        ("input: {}\n3: {}\n", "1: numbers: unknown key `3` (asserts, budgets, card, inputs, models, plots, results, scenarios, sums, tables)"
         "|1: numbers: unknown key `input` (did you mean `inputs`?)"),
        ("inputs:\n  a: {value: 1\nx: 2\n", "3: numbers: invalid YAML: expected ',' or '}', but got ':'"),
        ("", ""),
    ],
)
def test_a_file_of_another_shape_is_a_problem_and_never_a_traceback(tmp_path, text, problem):
    found = "|".join(messages(load(tmp_path, toy=text)["toy"]))
    assert found.replace("2: numbers: unknown key `3`", "1: numbers: unknown key `3`") == problem


def test_the_key_of_a_file_is_the_slug_of_its_page(tmp_path):
    files = load(tmp_path, toy=INPUTS, part__toy=INPUTS)
    assert {key: page.path for key, page in files.items()} == {
        "part/toy": "data/numbers/part/toy.yml",
        "toy": "data/numbers/toy.yml",
    }
    assert [page.problems for page in files.values()] == [(), ()]


def test_no_two_files_share_a_key_where_capitals_do_not_count(tmp_path):
    files = load(tmp_path, part__toy=INPUTS, Part__toy=INPUTS)
    if len(files) < 2:
        pytest.skip("this file system keeps only one of the two")
    assert [str(problem) for page in files.values() for problem in page.problems] == [
        "data/numbers/Part/toy.yml:1: numbers: `Part/toy` is no key (small letters, digits and hyphens)",
        "data/numbers/part/toy.yml:1: numbers: the key `part/toy` is that of data/numbers/Part/toy.yml too"
        " (rename one)",
    ]


def test_the_key_of_the_frameworks_minutes_is_taken(tmp_path):
    (problem,) = load(tmp_path, framework=INPUTS)["framework"].problems
    assert str(problem) == (
        "data/numbers/framework.yml:1: numbers: `framework` is the key of the framework's minutes"
        " (the framework's own page is `framework/index`)"
    )


# ── results ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("formula", "unit", "value"),
    [
        ("load * day", "Mtx", 259_200_000),
        ("load * day", "tx", 259_200_000),
        ("load * rate", "tx/day", 259200),
        ("sla / 2", "s", 0.05),
        ("1 - rate", "%", 99.9),
    ],
)
def test_a_result_comes_out_in_its_unit(tmp_path, formula, unit, value):
    page = load(tmp_path, toy=INPUTS + result(formula, unit))["toy"]
    assert page.quantities["x"].value == pytest.approx(value)
    assert messages(page) == []


def test_a_result_may_stand_before_what_it_needs(tmp_path):
    text = INPUTS + (
        "results:\n  a: {formula: b * 2, unit: tx/day, en: A, zh: 甲}\n"
        "  b: {formula: load * rate, unit: tx/day, en: B, zh: 乙}\n"
    )
    page = load(tmp_path, toy=text)["toy"]
    assert page.quantities["a"].value == pytest.approx(518400)


def test_a_result_may_use_another_files_quantities(tmp_path):
    other = INPUTS + result("load * day", "tx")
    for_toy = result("a-page:load * 2 + part/z-page:load + part/z-page:x / day", "tx/s")
    files = load(tmp_path, a_page=INPUTS, toy=for_toy, part__z_page=other)
    assert files["toy"].quantities["x"].value == pytest.approx(12000)
    assert messages(files["toy"]) == []


@pytest.mark.parametrize(
    ("formula", "unit", "problem"),
    [
        (
            "load * day",
            "ms",
            "`x` comes out in tx·day/s, not in `ms` (formula: load * day)",
        ),
        ("rate * 2", "ms", "`x` comes out in plain numbers, not in `ms` (formula: rate * 2)"),
        ("2 * 3", "ms", "`x` comes out in plain numbers, not in `ms` (formula: 2 * 3)"),
        ("load + sla", "ms", "`x`: units do not fit: s and tx/s"),
        ("laod * day", "tx", "`x`: unknown quantity `laod` (did you mean `load`?)"),
        ("toy:laod * day", "tx", "`x`: unknown quantity `toy:laod` (did you mean `toy:load`?)"),
        ("part/no-toy:load", "tx", "`x`: unknown quantity `part/no-toy:load` (did you mean `toy:load`?)"),
        ("load *", "tx", "`x`: cannot read the formula `load *`"),
        ("load * day", "txx", "`x`: unknown unit `txx`"),
        ("load / (1 - 1)", "tx/s", "`x`: cannot compute `toy:load / (1 - 1)`: float division by zero"),
        ("load > 2 * load", "1", "`x`: `load > 2 * load` compares and gives no number"),
        ("x * 2", "1", "`x` depends on itself: x → x"),
    ],
)
def test_a_wrong_result_is_reported_at_its_line(tmp_path, formula, unit, problem):
    (message,) = messages(load(tmp_path, toy=INPUTS + result(formula, unit))["toy"])
    assert message == f"6: numbers: {problem}"


def test_a_cycle_is_reported_once_and_named(tmp_path):
    text = (
        "results:\n  a: {formula: b + 1, unit: '1', en: A, zh: 甲}\n  b: {formula: c + 1, unit: '1', en: B, zh: 乙}\n"
        "  c: {formula: a + 1, unit: '1', en: C, zh: 丙}\n  d: {formula: 1 + 1, unit: '1', en: D, zh: 丁}\n"
        "  e: {formula: a + 1, unit: '1', en: E, zh: 戊}\n"
        "  f: {formula: g + 1, unit: '1', en: F, zh: 己}\n  g: {formula: f + 1, unit: '1', en: G, zh: 庚}\n"
    )
    page = load(tmp_path, toy=text)["toy"]
    assert sorted(messages(page)) == [
        "2: numbers: `a` depends on itself: a → b → c → a",
        "7: numbers: `f` depends on itself: f → g → f",
    ]
    assert list(page.quantities) == ["d"]


def test_a_cycle_may_go_through_several_files(tmp_path):
    files = load(
        tmp_path,
        one="results:\n  a: {formula: part/two:b + 1, unit: '1', en: A, zh: 甲}\n",
        part__two="results:\n  b: {formula: one:a + 1, unit: '1', en: B, zh: 乙}\n",
    )
    assert [str(problem) for page in files.values() for problem in page.problems] == [
        "data/numbers/one.yml:2: numbers: `a` depends on itself: a → part/two:b → a"
    ]


def test_files_may_need_each_other(tmp_path):
    files = load(
        tmp_path,
        one="results:\n  a: {formula: 2 + 2, unit: '1', en: A, zh: 甲}\n  c: {formula: two:b + 1, unit: '1', en: C, zh: 丙}\n",
        two="results:\n  b: {formula: one:a + 1, unit: '1', en: B, zh: 乙}\n",
    )
    assert [page.problems for page in files.values()] == [(), ()]
    assert files["one"].quantities["c"].value == 6


def test_a_name_is_an_input_or_a_result(tmp_path):
    text = INPUTS + "results:\n  load: {formula: rate, unit: '1', en: L, zh: 负}\n"
    assert messages(load(tmp_path, toy=text)["toy"]) == [
        "6: numbers: `load` is an input already (rename one)"
    ]


def test_what_follows_from_a_broken_number_is_not_reported_again(tmp_path):
    text = (
        "inputs:\n  a: {value: 1, unit: foo, en: A, zh: 甲, source: assumption}\n"
        "results:\n  b: {formula: a * 2, unit: '1', en: B, zh: 乙}\n  c: {formula: b * 2, unit: '1', en: C, zh: 丙}\n"
        "tables:\n  t: [a, b, c]\n"
        "sums:\n  s: {parts: [a, b], total: 3, unit: '1', en: S, zh: 和}\n"
        "asserts:\n  - {formula: c > 1, en: it holds, zh: 成立}\n"
    )
    assert messages(load(tmp_path, toy=text)["toy"]) == ["2: numbers: `a`: unknown unit `foo`"]


def test_a_table_lists_known_quantities(tmp_path):
    text = INPUTS + "tables:\n  t:\n    - load\n    - laod\n  e: []\n  f: load\n"
    page = load(tmp_path, toy=text)["toy"]
    assert messages(page) == [
        "8: numbers: table `t`: unknown quantity `laod` (did you mean `load`?)",
        "9: numbers: table `e` is empty",
        "10: numbers: table `f` is empty",
    ]
    assert page.tables == {"t": ("load",)}


# ── budgets ───────────────────────────────────────────────────────────────────────────────────────


def test_serial_steps_add_and_parallel_steps_take_the_maximum(tmp_path):
    page = load(tmp_path, toy=INPUTS + BUDGET)["toy"]
    assert messages(page) == []
    parts = {
        name: page.quantities[f"decision.{name}"].value
        for name in ("network", "fetch", "profile", "counters", "score", "spent", "slack", "total", "limit")
    }
    assert parts == {
        "network": 30,
        "fetch": 25,
        "profile": 25,
        "counters": 5,
        "score": 25,
        "spent": 80,
        "slack": 20,
        "total": 100,
        "limit": 100,
    }


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "ms: 30",
            "ms: 31",
            "budget `decision`: steps 81 ms + slack 20 ms = 101 ms exceed the limit of 100 ms"
            " (cut a step or raise the SLA)",
        ),
        (
            "ms: 30",
            "ms: 29.5",
            "budget `decision`: steps 79.5 ms + slack 20 ms = 99.5 ms leave 0.5 ms of 100 ms unaccounted for"
            " (say it as slack)",
        ),
        (
            "ms: 5}",
            "ms: 26}",
            "budget `decision`: steps 81 ms + slack 20 ms = 101 ms exceed the limit of 100 ms"
            " (cut a step or raise the SLA)",
        ),
        ("percentile: p99", "percentile: most", "budget `decision` does not state its percentile (p99)"),
        ("    percentile: p99\n", "", "budget `decision` does not state its percentile (p99)"),
        ("    en: Decision\n", "", "`decision` has no label `en`"),
    ],
)
def test_a_budget_fits_its_limit_exactly(tmp_path, old, new, problem):
    assert old in BUDGET
    page = load(tmp_path, toy=INPUTS + BUDGET.replace(old, new, 1))["toy"]
    assert messages(page) == [f"6: numbers: {problem}"]


def test_a_faster_parallel_part_changes_nothing(tmp_path):
    page = load(tmp_path, toy=INPUTS + BUDGET.replace("ms: 5}", "ms: 24}"))["toy"]
    assert messages(page) == []


def test_a_step_may_take_its_time_from_a_quantity(tmp_path):
    there = INPUTS + "  trip: {value: 0.03, unit: s, en: Trip, zh: 往返, source: assumption}\n"
    page = load(tmp_path, toy=there + BUDGET.replace("ms: 30", "ms: trip"))["toy"]
    assert messages(page) == []
    assert page.budgets["decision"].steps[0].milliseconds == 30


def test_a_step_says_nothing_of_a_quantity_that_is_broken_already(tmp_path):
    there = INPUTS + "  trip: {value: fast, unit: s, en: Trip, zh: 往返, source: assumption}\n"
    page = load(tmp_path, toy=there + BUDGET.replace("ms: 30", "ms: trip"))["toy"]
    assert [message.split(": ")[2].split(" ")[0] for message in messages(page)] == ["`trip`"]


@pytest.mark.parametrize(
    ("limit", "problem"),
    [
        ("limit: load", "10: numbers: budget `decision`: `limit` does not name an input with a time unit"),
        (
            "limit: slaa",
            "10: numbers: budget `decision`: `limit` does not name an input with a time unit (did you mean `sla`?)",
        ),
        ("limits: sla", "6: numbers: `decision` has an unknown key `limits` (did you mean `limit`?)"),
    ],
)
def test_a_budgets_limit_is_an_input_with_a_time_unit(tmp_path, limit, problem):
    page = load(tmp_path, toy=INPUTS + BUDGET.replace("limit: sla", limit))["toy"]
    assert messages(page) == [problem]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("slack: 20", "slack: -10", "`slack: -10` is not a duration"),
        ("slack: 20", "slack: .nan", "`slack: .nan` is not a duration"),
        ("    slack: 20\n", "", "no 'slack'"),
        ("ms: 30", "ms: -1", "`ms: -1` is not a duration"),
        ("ms: 30", "ms: fast", "`ms: fast` is neither a number nor a quantity with a time unit"),
        ("ms: 30", "ms: load", "`ms: load` is neither a number nor a quantity with a time unit"),
        (", ms: 30", "", "no 'ms'"),
        ("{id: network, en", "{en", "no 'id'"),
        ("{id: network, en: Network,", "{id: network,", "no 'en'"),
        ("{id: network, en: Network, zh: 网络, ms: 30}", "network", "`network` is not a step"),
        ("{id: score", "{id: network", "the id `network` is taken"),
        ("{id: score", "{id: slack", "the id `slack` is taken"),
        ("zh: 读取,", "zh: 读取, ms: 1,", "`fetch` has both ms and parallel"),
    ],
)
def test_a_budget_that_cannot_be_read_says_why(tmp_path, old, new, reason):
    assert old in BUDGET
    page = load(tmp_path, toy=INPUTS + BUDGET.replace(old, new, 1))["toy"]
    assert messages(page) == [
        f"6: numbers: budget `decision` cannot be read: {reason} (a step has id, en, zh and ms (or parallel); slack in ms)"
    ]


# ── sums and asserts ──────────────────────────────────────────────────────────────────────────────

SHARES = """inputs:
  a: {value: 99.9, unit: "%", en: A, zh: 甲, source: assumption}
  b: {value: 0.1, unit: "%", en: B, zh: 乙, source: assumption}
  t: {value: 5, unit: ms, en: T, zh: 时, source: assumption}
sums:
"""


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ('{parts: [a, b], total: 100, unit: "%", en: S, zh: 和}', ""),
        (
            '{parts: [a], total: 100, unit: "%", en: S, zh: 和}',
            "sum `s`: the parts add to 99.9 %, not to 100",
        ),
        ('{parts: [a, c], total: 100, unit: "%", en: S, zh: 和}', "sum `s`: unknown quantity `c`"),
        ("{parts: [a, b], total: 100, en: S, zh: 和}", "sum `s`: no 'unit'"),
        ('{parts: [a, b], unit: "%", en: S, zh: 和}', "sum `s`: no 'total'"),
        ('{parts: a, total: 100, unit: "%", en: S, zh: 和}', "sum `s` has no list `parts`"),
        ("{parts: [a, b], total: 100, unit: foo, en: S, zh: 和}", "sum `s`: unknown unit `foo`"),
        (
            '{parts: [a, t], total: 100, unit: "%", en: S, zh: 和}',
            "sum `s`: units do not fit: s and plain numbers",
        ),
        ("[a, b]", "`s` is not a mapping"),
    ],
)
def test_shares_add_up(tmp_path, spec, problem):
    found = messages(load(tmp_path, toy=SHARES + f"  s: {spec}\n")["toy"])
    assert len(found) == bool(problem)
    assert all(message.startswith(f"6: numbers: {problem}") for message in found)


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ("{formula: a > b, en: more a, zh: 甲多}", ""),
        ("{formula: a < b, en: less a, zh: 甲少}", "does not hold: a < b (less a)"),
        ("{formula: a + b, en: x, zh: 某}", "assert: `a + b` compares nothing"),
        ("{formula: a < c, en: x, zh: 某}", "assert: unknown quantity `c`"),
        ("{formula: a < t, en: x, zh: 某}", "assert: units do not fit: s and plain numbers"),
        ("{formula: a <, en: x, zh: 某}", "assert: cannot read the formula `a <`"),
        ("{en: x, zh: 某}", "an assert has no formula"),
        ("a < b", "an assert has no formula"),
    ],
)
def test_an_assert_holds(tmp_path, spec, problem):
    text = SHARES.replace("sums:\n", "asserts:\n") + f"  - {spec}\n"
    found = messages(load(tmp_path, toy=text)["toy"])
    assert len(found) == bool(problem)
    assert all(message.startswith(f"6: numbers: {problem}") for message in found)


# ── against SciPy ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("base_rate", [0.0001, 0.001, 0.01, 0.5])
def test_precision_at_a_base_rate_is_bayes_rule(tmp_path, base_rate):
    recall, fpr = 0.85, 0.001
    text = (
        f"inputs:\n  pi: {{value: {base_rate * 100}, unit: '%', en: P, zh: 率, source: assumption}}\n"
        f"  r: {{value: {recall * 100}, unit: '%', en: R, zh: 召, source: assumption}}\n"
        f"  f: {{value: {fpr * 100}, unit: '%', en: F, zh: 误, source: assumption}}\n"
    ) + result("r * pi / (r * pi + f * (1 - pi))", "%")
    page = load(tmp_path, toy=text)["toy"]
    # Count a million payments one by one instead of using the formula.
    good, bad = 1_000_000 * (1 - base_rate), 1_000_000 * base_rate
    expected = bad * recall / (bad * recall + good * fpr)
    assert page.quantities["x"].value == pytest.approx(100 * expected)


@pytest.mark.parametrize(("p", "lift"), [(0.001, 0.05), (0.02, 0.1), (0.3, -0.05)])
def test_the_sample_size_of_two_proportions_reaches_its_power(tmp_path, p, lift):
    q = p * (1 + lift)
    formula = f"(z(0.975) + z(0.8)) ** 2 * ({p} * (1 - {p}) + {q} * (1 - {q})) / ({p} - {q}) ** 2"
    size = load(tmp_path, toy=result(formula, "1"))["toy"].quantities["x"].value
    assert _power(p, q, size) == pytest.approx(0.8, abs=1e-6)


def _power(p: float, q: float, size: float, level: float = 0.975) -> float:
    """Power of a two-sided test of two proportions."""
    error = math.sqrt((p * (1 - p) + q * (1 - q)) / size)
    return scipy.stats.norm.sf(scipy.stats.norm.ppf(level) - abs(p - q) / error)


def _interval(stall: float, between: float) -> float:
    """Checkpoint interval with the least time lost, found by search."""
    lost = lambda interval: stall / interval + interval / (2 * between)  # noqa: E731
    return scipy.optimize.minimize_scalar(lost, bounds=(1e-6, between), method="bounded").x


#: Result of a page, and what SciPy makes of the page's other quantities (`q`, in SI or plain numbers).
AGAINST_SCIPY = {
    "references/serving-tradeoffs:tail_3": lambda q: scipy.stats.binom.sf(0, q("fan_3"), q("slow_share")),
    "references/serving-tradeoffs:tail_10": lambda q: scipy.stats.binom.sf(0, q("fan_10"), q("slow_share")),
    "references/serving-tradeoffs:tail_50": lambda q: scipy.stats.binom.sf(0, q("fan_50"), q("slow_share")),
    "references/serving-tradeoffs:tail_100": lambda q: scipy.stats.binom.sf(0, q("fan_100"), q("slow_share")),
    "references/serving-tradeoffs:step_p99": lambda q: scipy.stats.expon.isf(
        q("slow_share"), scale=q("step_mean")
    ),
    "references/serving-tradeoffs:sum_of_p50": lambda q: (
        q("steps") * scipy.stats.expon.median(scale=q("step_mean"))
    ),
    "references/serving-tradeoffs:p99_of_sum": lambda q: scipy.stats.gamma.ppf(
        0.99, q("steps"), scale=q("step_mean")
    ),
    "references/serving-tradeoffs:erlang_tail": lambda q: scipy.stats.gamma.sf(q("erlang_99"), q("steps")),
    "references/serving-tradeoffs:spec_tokens": lambda q: sum(
        scipy.stats.geom.sf(tokens, 1 - q("accept")) for tokens in range(int(q("draft_len")) + 1)
    ),
    "references/serving-tradeoffs:ckpt_sync": lambda q: _interval(q("stall_sync"), q("mtbi")),
    "references/serving-tradeoffs:ckpt_async": lambda q: _interval(q("stall_async"), q("mtbi")),
    "designs/fraud-detection:psi_null": lambda q: (
        scipy.stats.chi2.mean(q("psi_bins") - 1) * 2 / q("psi_small")
    ),
    "designs/fraud-detection:declines_alarm": lambda q: (
        q("declines_mean")
        + q("alarm_sigma")
        * math.sqrt(q("alarm_scatter"))
        * scipy.stats.skellam.std(q("declines_mean"), q("declines_mean"))
    ),
    "designs/fraud-detection:seen_30": lambda q: scipy.stats.lognorm.cdf(
        q("month_age"), math.log(q("label_p95") / q("label_p50")) / scipy.stats.norm.ppf(0.95), scale=q("label_p50")
    ),
    "designs/fraud-detection:rules_catch": lambda q: scipy.stats.norm.sf(
        scipy.stats.norm.isf(q("fpr_claim")), loc=q("d_rules")
    ),
    "designs/fraud-detection:power_final": lambda q: scipy.stats.norm.sf(
        scipy.stats.norm.ppf(q("conf_95")) - q("ab_lift") / q("se_final")
    ),
}


def _plain(loaded: dict[str, numbers.Numbers], page: str, name: str) -> float:
    quantity = loaded[page].quantities[name]
    return quantity.plain * {"min": 60, "minute": 60, "hour": 3600, "h": 3600, "day": 86400}.get(
        quantity.unit, 1
    )


@pytest.mark.parametrize("result_name", AGAINST_SCIPY)
def test_a_result_of_the_handbook_agrees_with_scipy(result_name, root):
    loaded = of_the_handbook(root)
    page, _, name = result_name.rpartition(":")
    expected = AGAINST_SCIPY[result_name](lambda other: _plain(loaded, page, other))
    # A quantile that is declared with three digits is compared with three digits.
    tolerance = 5e-3 if "p99_of_sum" in name else 5e-2 if "erlang" in name else 1e-4
    assert _plain(loaded, page, name) == pytest.approx(float(expected), rel=tolerance)


@pytest.mark.parametrize(
    ("page", "size", "before", "after"),
    [
        ("references/serving-tradeoffs", "ab_arm", "ab_base", "ab_treated"),
    ],
)
def test_a_sample_size_of_the_handbook_reaches_80_percent_power(page, size, before, after, root):
    loaded = of_the_handbook(root)
    p, q, n = (_plain(loaded, page, name) for name in (before, after, size))
    assert _power(p, q, n) == pytest.approx(0.8, abs=1e-6)


def test_the_precision_of_the_fraud_page_is_bayes_rule(root):
    loaded = of_the_handbook(root)
    base, recall, fpr, precision = (
        _plain(loaded, "designs/fraud-detection", name)
        for name in ("base_rate", "recall_claim", "fpr_claim", "precision_1")
    )
    flagged = [1e6 * base * recall, 1e6 * (1 - base) * fpr]
    assert precision == pytest.approx(flagged[0] / sum(flagged))


def test_the_repositorys_numbers_have_no_problems(root):
    loaded = of_the_handbook(root)
    assert loaded
    assert [str(problem) for page in loaded.values() for problem in page.problems] == []
    for page in loaded.values():
        assert all(math.isfinite(quantity.value) for quantity in page.quantities.values())
