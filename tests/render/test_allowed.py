"""What only looks like a tag is text; what is a tag is on the list or refused."""

from __future__ import annotations

import pytest

from handbook.render import allowed, facts

TYPED = "即 a<b && c>d。"
SHOWN = "即 a&lt;b &amp;&amp; c&gt;d。"


@pytest.mark.parametrize(
    "place",
    [
        "{}然后**粗**",
        "| 名 |\n|---|\n| {} |",
        "| {} |\n|---|\n| 名 |",
        '!!! trap "{}"\n    文',
        '??? question "{}"\n    文',
        '!!! trap "框"\n    {}',
        "- {}",
        "> {}",
        "# {} {{#t}}",
        "[{}](https://a.example/)",
        "甲[^1]\n\n[^1]: {}",
        "*{}*",
    ],
)
@pytest.mark.parametrize("language", ["english", "chinese"])
def test_a_comparison_is_shown_as_typed(place, language, request):
    page = request.getfixturevalue(language).render(place.format(TYPED))
    assert SHOWN in page.html
    assert "<b " not in page.html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x<y>z", "<p>x&lt;y&gt;z</p>"),
        ("List<String>", "<p>List&lt;String&gt;</p>"),
        ("a<b", "<p>a&lt;b</p>"),
        ("R&D, AT&T, a &copy b", "<p>R&amp;D, AT&amp;T, a &amp;copy b</p>"),
        ("&lt;b&gt; &copy;", "<p>&lt;b&gt; &copy;</p>"),
        ("`a<b>` `a&b`", "<p><code>a&lt;b&gt;</code> <code>a&amp;b</code></p>"),
        ("a <? b", "<p>a &lt;? b</p>"),
        ("a <!-- b", "<p>a &lt;!-- b</p>"),
        ("<iframe src='x'></iframe>", "<p>&lt;iframe src='x'&gt;&lt;/iframe&gt;</p>"),
        ("<span onclick='x'>a</span>", "<p>&lt;span onclick='x'&gt;a</span></p>"),
        ("a <script>b</script> **c**", "<p>a &lt;script&gt;b&lt;/script&gt; <strong>c</strong></p>"),
        ("a<br>b<br/>c", "<p>a<br>b<br/>c</p>"),
        ("<span class='x'>**a**</span>", "<p><span class='x'><strong>a</strong></span></p>"),
        ("<data value='3' data-q='x'>3</data>", "<p><data value='3' data-q='x'>3</data></p>"),
        ("<https://a.example/>", '<p><a href="https://a.example/">https://a.example/</a></p>'),
    ],
)
def test_what_is_no_tag_that_we_allow_is_text(typed, shown, english):
    assert english.render(typed).html == shown


def test_the_text_of_titles_and_formulas_has_no_marks(english):
    page = english.render("# a<b {#t}\n\n\\(a<b\\)\n\n| a |\n|---|\n| b |\n")
    assert page.headings[0].title == "a&lt;b"
    assert 'alttext="a&lt;b"' in page.html
    assert 'aria-label="Table 1: a&lt;b"' in page.html
    assert allowed.LESS not in page.html


def test_tags_are_found_with_their_place_and_attributes():
    found = list(allowed.tags('a <img src=\n"x.png" ALT> <b && c> x<y <em>b</em>'))
    assert [(tag.start, tag.name, tag.attributes) for tag in found] == [
        (2, "img", ("src", "alt")),
        (38, "em", ()),
        (43, "em", ()),
    ]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<iframe></iframe>", "`<iframe>` is not allowed"),
        ("<p><script>x</script></p>", "`<script>` is not allowed"),
        ("<p onclick='x'>a</p>", "`onclick` is not allowed: a page runs no script"),
        ("<p b='x'>a</p>", "`b` is no attribute that a page may have"),
        ("<img src='https://a.example/x.png'>", "`https://a.example/x.png` is loaded from elsewhere"),
        ("<img src='//a.example/x.png'>", "`//a.example/x.png` is loaded from elsewhere"),
        ("<img src='x.png' srcset='y.png 2x'>", "`srcset` is no attribute that a page may have"),
        ("<p style='color: red'>a</p>", "`style` is not allowed: a page has no styles of its own"),
        ("<a href='javascript:x'>a</a>", "`javascript:x` is not allowed as a link"),
        ("<a href='\tjava\nscript:x'>a</a>", "`\tjava script:x` is not allowed as a link"),
        ("<a href='data:text/html,x'>a</a>", "`data:text/html,x` is not allowed as a link"),
        ("<a href='//a.example'>a</a>", "`//a.example` is not allowed as a link"),
        ("<a href='http://[x'>a</a>", "`http://[x` is no address"),
    ],
)
def test_what_a_page_may_not_have_is_a_fault(html, message):
    found = [fault.replace("\n", " ") for fault, _ in allowed.faults(facts.read(html).root)]
    assert found == [message]


@pytest.mark.parametrize(
    "html",
    [
        "<a href='../x/#y' class='z'>a</a>",
        "<a href='mailto:a@b.example'>a</a>",
        "<td class='right'>1</td>",
        "<img src='x.svg' alt='y'>",
        "<div data-x='y' aria-label='z' role='region' tabindex='0'>a</div>",
        "<figure><svg onload='ours'><style>x</style></svg></figure>",
    ],
)
def test_what_a_page_may_have_is_no_fault(html):
    assert list(allowed.faults(facts.read(html).root)) == []
