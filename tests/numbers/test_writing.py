"""How numbers and quantities are written, by the vectors that the browser's script is held to as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from handbook import languages
from handbook.numbers import tree, writing
from handbook.numbers.quantities import Quantity

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
LANGUAGES = languages.load(Path(__file__).resolve().parents[2])
CASES = len(VECTORS["numbers"]) + len(VECTORS["quantities"]) + len(VECTORS["trees"])


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_there_are_enough_vectors():
    assert CASES >= 80


@pytest.mark.parametrize("vector", VECTORS["numbers"], ids=json.dumps)
def test_a_number_is_written_as_its_reader_expects(vector):
    written = {
        speech.code: spaced(
            writing.format_number(
                vector["value"], speech.numerals, vector.get("digits"), vector.get("style", "")
            )
        )
        for speech in LANGUAGES
    }
    assert written == {"en": vector["en"], "zh": vector["zh"]}


@pytest.mark.parametrize("vector", VECTORS["quantities"], ids=json.dumps)
def test_a_quantity_is_written_with_its_unit(vector, root):
    patterns = yaml.safe_load((root / "data/units.yml").read_text(encoding="utf-8"))
    quantity = Quantity(
        "a:b", vector["value"], vector["unit"], digits=vector.get("digits"), style=vector.get("style", "")
    )
    written = {speech.code: spaced(writing.written(quantity, speech, patterns)) for speech in LANGUAGES}
    assert written == {"en": vector["en"], "zh": vector["zh"]}


def test_a_unit_that_no_language_writes_is_named():
    with pytest.raises(writing.UnwrittenUnitError) as raised:
        writing.written(Quantity("a:b", 1, "tx"), LANGUAGES["en"], {})
    assert str(raised.value) == "`b`: no way to write the unit `tx`"


@pytest.mark.parametrize("vector", VECTORS["trees"], ids=json.dumps)
def test_a_tree_has_its_value(vector):
    values = vector.get("values", {})
    if vector.get("error"):
        with pytest.raises(tree.FormulaError):
            tree.evaluate(tree.from_json(vector["tree"]), values)
    else:
        value = tree.evaluate(tree.from_json(vector["tree"]), values)
        assert value == pytest.approx(vector["result"], rel=1e-12)
