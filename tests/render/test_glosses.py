"""The first use of a term in each section is marked, and nothing else."""

from __future__ import annotations

import re

import pytest

from handbook.render.glosses import Gloss
from handbook.terms import pattern_of

AUC = Gloss("auc", pattern_of("AUC"), ("auc",))
PR_AUC = Gloss("pr-auc", pattern_of("PR-AUC", "area under PR"), ("pr", "area"))
TOWER = Gloss("two-tower", pattern_of("双塔"), ("双塔",))


def marked(renderer, text, *glosses):
    """Return the ids that were found, and each mark as `id:word`."""
    rendered = renderer.render(text, glosses=glosses)
    spans = re.findall(r'<span class="gloss" data-q="term:([\w-]+)">([^<]*)</span>', rendered.html)
    return rendered.terms, [f"{id_}:{word}" for id_, word in spans]


def test_only_the_first_use_in_a_section_is_marked(english):
    text = "AUC, and AUC again.\n\n## One {#one}\n\nAn AUC.\n\n### Below {#below}\n\nThe same AUC.\n\n## Two {#two}\n\nauc"
    assert marked(english, text, AUC) == (("auc",), ["auc:AUC", "auc:AUC", "auc:auc"])


def test_what_is_folded_is_a_section_of_its_own(english):
    text = '## One {#one}\n\nAUC\n\n??? question "AUC?"\n    AUC, AUC\n\nAUC'
    assert marked(english, text, AUC)[1] == ["auc:AUC", "auc:AUC"]


def test_of_two_terms_in_one_place_the_longer_counts(english):
    assert marked(english, "PR-AUC, PR-AUC, AUC", AUC, PR_AUC) == (
        ("auc", "pr-auc"),
        ["pr-auc:PR-AUC", "auc:AUC"],
    )


def test_a_term_of_several_words_may_have_a_plural(english):
    assert marked(english, "the area under PR, areas", PR_AUC)[1] == ["pr-auc:area under PR"]


def test_chinese_needs_no_spaces(chinese):
    rendered = chinese.render("召回用双塔模型。", glosses=(TOWER,))
    assert '召回用<span class="gloss" data-q="term:two-tower">双塔</span>模型。' in rendered.html


@pytest.mark.parametrize(
    "text",
    [
        "## AUC {#auc}",
        "[AUC](https://example.org/)",
        "`AUC`",
        "```\nAUC\n```",
        r"\(AUC\)",
        '!!! note "AUC"\n    text',
        "| AUC |\n|---|\n| text |",
        "<data value='1' data-q='AUC'>1 AUC</data> and <a href='#x'>1 AUC</a>",
        "no term, and none in LAUC",
    ],
)
def test_where_a_word_stands_for_itself_nothing_is_marked(text, english):
    assert marked(english, text, AUC) == ((), [])


def test_text_around_marks_and_between_elements_stays(english):
    text = "First AUC, *then* PR-AUC **and** AUC & `code` PR-AUC <b>x</b> end."
    bare = english.render(text).html
    glossed = english.render(text, glosses=(AUC, PR_AUC)).html
    assert glossed != bare
    assert re.sub(r'<span class="gloss"[^>]*>([^<]*)</span>', r"\1", glossed) == bare


def test_a_page_without_terms_is_as_it_was(english):
    text = "# A page {#a}\n\nOne *two* three.\n"
    assert english.render(text, glosses=(AUC,)) == english.render(text)


def test_one_page_leaves_nothing_to_the_next(english):
    english.render("AUC", glosses=(AUC,))
    assert english.render("AUC").terms == ()
