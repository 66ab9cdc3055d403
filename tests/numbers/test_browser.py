"""web/numbers.mjs computes and writes what Python does: the shared vectors, and the whole handbook."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator

import pytest
import yaml

from handbook import languages, numbers
from handbook.numbers import export, tree, writing

GRID = {
    "z": [(p,) for p in (1e-12, 1e-4, 0.05, 0.3, 0.5, 0.8, 0.975, 1 - 1e-9)],
    "normal_cdf": [(x,) for x in (-30.0, -8.0, -3.0, -1.0, -0.01, 0.0, 0.5, 1.96, 5.0, 9.0)],
    "beta_cdf": [
        (x, a, b)
        for x in (0.001, 0.2, 0.5, 0.9, 0.999)
        for a in (0.24, 1.0, 7.0, 900.0)
        for b in (0.56, 3.0, 400.0)
    ],
    "beta_quantile": [(p, a, b) for p in (0.001, 0.3, 0.99) for a in (0.24, 2.0, 60.0) for b in (0.56, 9.0)],
    "lognormal_cdf": [(x, 1.0, 1.77) for x in (0.1, 1.0, 3.0)],
    "lognormal_quantile": [(p, 1.0, 1.77) for p in (0.001, 0.5, 0.999)],
    "lognormal_mean": [(1.0, 1.77), (35.0, 58.0)],
    "poisson_cdf": [(k, m) for k in (0.0, 1.0, 5.0, 40.0, 200.0) for m in (0.01, 1.0, 6.0, 50.0, 180.0)],
    "logistic": [(x,) for x in (-700.0, -3.0, 0.0, 2.0, 40.0)],
    "logit": [(p,) for p in (1e-9, 0.2, 0.5, 0.999)],
}


def _distributions() -> Iterator[list]:
    for name, cases in GRID.items():
        for arguments in cases:
            yield [name, arguments, tree.FUNCTIONS[name](*arguments)]


def test_the_browser_computes_and_writes_what_python_does(root, tmp_path):
    patterns = yaml.safe_load((root / "data/units.yml").read_text(encoding="utf-8"))
    known = languages.load(root)
    places = numbers.load_all(root, known.codes)
    data = export.to_data(places, patterns, known)
    for key, entry in data["quantities"].items():
        quantity = numbers.look_up(places, key)
        if quantity.unit in patterns:
            entry["written"] = {speech.code: writing.written(quantity, speech, patterns) for speech in known}
    assert set(GRID) <= set(tree.FUNCTIONS)
    data["distributions"] = list(_distributions())
    target = tmp_path / "numbers.json"
    target.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    run = subprocess.run(
        ["node", "--test", str(root / "tests/numbers/numbers.test.mjs")],
        env={"HANDBOOK_NUMBERS": str(target), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = [line for line in run.stdout.splitlines() if "not ok" in line or "error:" in line]
    assert run.returncode == 0, "\n".join(failed[:20]) or run.stdout[-3000:] + run.stderr[-3000:]


def test_the_browser_has_every_function(root):
    script = "import('./web/numbers.mjs').then(m => console.log(JSON.stringify(Object.keys(m.FUNCTIONS))))"
    run = subprocess.run(["node", "-e", script], cwd=root, capture_output=True, text=True, check=True)
    assert sorted(json.loads(run.stdout)) == sorted(tree.FUNCTIONS)


def test_an_export_has_words_trees_and_kinds(root):
    known = languages.load(root)
    places = numbers.load_all(root, known.codes)
    data = export.to_data(places, {}, known)["quantities"]
    kinds = {entry["kind"] for entry in data.values()}
    assert {"assumption", "source", "result", "budget"} <= kinds
    result = data["framework/serving:batch"]
    assert result == {
        "value": pytest.approx(50),
        "unit": "Gcount/request",
        "en": "Dense compute of one load",
        "zh": "一次请求的稠密计算量",
        "power": 9,
        "digits": 2,
        "kind": "result",
        "tree": ["*", "framework/model:candidates", "framework/model:flops"],
    }
    keys = list(data)
    for key, entry in data.items():
        for name in tree.names(tree.from_json(entry.get("tree", 0))):
            assert keys.index(name) < keys.index(key)
