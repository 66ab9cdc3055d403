"""What a page shows, gathered in one visit for all tests that look at it in the same way.

A look is a way to open a page (wide, on a phone, without scripts) and a function that gathers facts
there: numbers and texts, which tests then judge. Gathering changes the page as it likes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

DARK = "document.body.dataset.mdColorScheme === 'slate'"
AROUND = ".md-header, .md-sidebar, .md-footer, .md-search, .md-top, .headerlink, .page-edit, .diagram-zoom"

#: Opens what is folded, from the outside to the inside, as a reader does.
UNFOLD = "() => document.querySelectorAll('details:not([open]) > summary').forEach(summary => summary.click())"

#: Pieces of text in the diagrams with little contrast to what is painted under their middle. A board's minute
#: is chosen when its turn comes; what is still not painted has no contrast at all.
PALE = """limit => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = ([r, g, b, a], under) => [r, g, b].map((value, i) => value * a + under[i] * (1 - a))
  const luminance = rgb => rgb
    .map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0)
  const paint = element => {
    const style = getComputedStyle(element)
    const svg = element instanceof SVGElement && element.localName !== 'svg'
    const colour = rgba(!svg ? style.backgroundColor : style.fill === 'none' ? 'transparent' : style.fill)
    colour[3] *= style.opacity * (svg ? style.fillOpacity : 1)
    return colour
  }
  const stackAt = text => {
    const box = text.getBoundingClientRect()
    return document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      .filter(element => !element.closest('text'))
  }
  const drawn = stack => stack.some(element => element.localName === 'svg')
  return [...document.querySelectorAll('figure.diagram svg :is(text, tspan)')]
    .filter(text => [...text.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(text => {
      const step = text.closest('.boards-step')
      if (step && !step.checkVisibility()) document.getElementById(step.getAttribute('aria-labelledby'))?.click()
      let stack = stackAt(text)
      if (!drawn(stack)) { // outside of the window, or of what shows a part of a wide drawing
        text.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
        stack = stackAt(text)
      }
      if (!drawn(stack)) return [text.textContent, 0]
      const ground = stack.reverse().reduce((under, element) => over(paint(element), under), [255, 255, 255])
      const ink = over(paint(text), ground)
      const [low, high] = [luminance(ink), luminance(ground)].sort((a, b) => a - b)
      return [text.textContent, (high + 0.05) / (low + 0.05)]
    })
    .filter(([, ratio]) => !(ratio >= limit))
}"""

#: What reaches over the edge of a window that is as wide as asked for, but for what scrolls inside itself.
#: (A phone's `innerWidth` grows with a page that is too wide.)
TOO_WIDE = """width => [...document.querySelectorAll('body *')]
  .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
  .filter(element => !element.closest('.table-scroll, .diagram-scroll, pre, .formula'))
  .filter(element => !element.closest('.md-sidebar, .md-search'))
  .map(element => element.outerHTML.slice(0, 80)).slice(0, 5)"""

#: Pieces of text in the diagrams that are smaller on the screen than a limit in CSS pixels.
SMALL = """limit => [...document.querySelectorAll('figure.diagram svg :is(text, tspan)')]
  .filter(text => [...text.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(text => [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d])
  .filter(([, size]) => size < limit)"""

#: Pieces of values that a line's end takes apart: it may fall at a space, between the parts of a unit, and behind a minus.
BROKEN = """all => all.filter(value => value.checkVisibility()).flatMap(value => [...value.childNodes]
  .filter(node => node.nodeType === 3)
  .flatMap(node => [...node.data.matchAll(/[^ \\/·−]+/g)].filter(({ 0: { length }, index }) => {
    const piece = document.createRange()
    piece.setStart(node, index)
    piece.setEnd(node, index + length)
    return new Set([...piece.getClientRects()].filter(box => box.width).map(box => Math.round(box.top))).size > 1
  }).map(([text]) => text)))"""

#: What a reader of Chinese sees at the ends of lines: amounts of money and shares that are torn, brackets that open
#: at a line's end, and single characters that are alone on the last line of a cell, an item, a paragraph.
ENDS = r"""() => {
  const amount = /\d[\d.,]*[ \u00a0]?(?:万亿|[万亿])?[ \u00a0]?(?:美元|个百分点)|第[ \u00a0]\d+[ \u00a0]分钟/g
  const found = { torn: [], open: [], lone: [] }
  const box = ([node, at]) => {
    const range = document.createRange()
    range.setStart(node, at)
    range.setEnd(node, at + 1)
    return [...range.getClientRects()].filter(rect => rect.width).pop()
  }
  for (const block of document.querySelectorAll("article :is(li, td, dd, p, summary)")) {
    if (!block.checkVisibility()) continue
    const characters = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node; (node = walker.nextNode());) {
      if (node.parentElement.closest("li, td, dd, p, summary, table, pre, math, svg, div, ul, ol") !== block) continue
      for (let at = 0; at < node.data.length; at++) characters.push([node, at])
    }
    const text = characters.map(([node, at]) => node.data[at]).join("")
    for (const { 0: match, index } of text.matchAll(amount)) {
      const [first, last] = [box(characters[index]), box(characters[index + match.length - 1])]
      if (first && last && last.top > first.bottom - 2) found.torn.push(match)
    }
    for (const { index } of text.matchAll(/（(?=\S)/g)) {
      const [sign, next] = [box(characters[index]), box(characters[index + 1])]
      if (sign && next && next.top > sign.bottom - 2) found.open.push(text.slice(index - 8, index + 8))
    }
    if (!/[\u3400-\u9fff]/.test(text.slice(-3))) continue
    let last, count = 0
    for (let i = characters.length - 1; i >= 0 && count < 2; i--) {
      const rect = /\s/.test(text[i]) ? null : box(characters[i])
      if (!rect) continue
      last ??= rect
      if (rect.bottom < last.top + 2) {
        found.lone.push(text.slice(-12))
        break
      }
      if (!/[，。；：！？、）”」]/.test(text[i])) count++
    }
  }
  return found
}"""

#: Size of each diagram, and how many buttons it shows.
DRAWN = """all => all.map(figure => {
  const drawing = figure.querySelector('svg')
  const box = drawing.getBoundingClientRect()
  const shown = drawing.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const buttons = [...figure.querySelectorAll('button')].filter(button => button.checkVisibility())
  return [shown ? box.width : 0, shown ? box.height : 0, buttons.length]
})"""


def style(page: Page, css: str) -> None:
    """Give a page more style; a style element would be against its policy."""
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(css)
          document.adoptedStyleSheets.push(sheet)
        }""",
        css,
    )


def quiet(page: Page) -> dict[str, list[str]]:
    """Return what a page asked for in vain and complained about, once it has been scrolled."""
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 2000)")
    page.wait_for_timeout(100)
    return {"failed": list(page.watch.failed), "console": list(page.watch.console)}


def sideways(page: Page) -> list[str] | None:
    """Return what is too wide, if the page can be moved to the side."""
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    width = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
    page.evaluate("scrollTo(500, 0)")
    moved = page.evaluate("scrollX")
    page.evaluate("scrollTo(0, 0)")
    window = page.viewport_size["width"]
    return page.evaluate(TOO_WIDE, window) if width > window or moved else None


def _desktop(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = quiet(page)
    found["resources"] = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    found["lost_sections"] = page.locator(".md-sidebar--secondary a[href*='#']").evaluate_all(
        """all => all.map(link => link.hash.slice(1))
             .filter(id => !document.getElementById(decodeURIComponent(id)))"""
    )
    page.emulate_media(media="print")
    found["printed_around"] = page.locator(AROUND).evaluate_all(
        "all => all.filter(element => element.checkVisibility()).map(element => element.className)"
    )
    # On a form to be filled in by hand one draws oneself.
    found["unprinted_diagrams"] = page.locator("figure.diagram:not(.template-form *) svg").evaluate_all(
        "all => all.filter(svg => !svg.checkVisibility()).length"
    )
    # A form is printed without the line that folds it, and not once more to copy.
    found["unprinted_answers"] = page.locator("details:not(.footer-note, .template-copy *, .template-form *)").evaluate_all(
        """all => all.filter(details => [...details.children].some(child =>
             !child.checkVisibility({ contentVisibilityAuto: true }) || !child.getBoundingClientRect().height))
             .map(details => details.innerText)"""
    )
    # Nothing in front of the diagrams.
    page.emulate_media(media="screen")
    style(page, ".md-header, .md-sidebar, .md-top { display: none !important }")
    page.evaluate(UNFOLD)
    found["pale"] = {}
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"({DARK}) === {'true' if scheme == 'dark' else 'false'}")
        found["pale"][scheme] = page.evaluate(PALE, 4.5)
    return found


def _phone(page: Page) -> dict[str, Any]:
    page.evaluate(UNFOLD)
    return {
        "scale": page.evaluate("visualViewport.scale"),
        "text_size": page.locator("article p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)"),
        "small": page.evaluate(SMALL, 11.95),
        "sideways": sideways(page),
        "broken_values": page.locator("article data").evaluate_all(BROKEN),
        "bare_tables": page.locator("article table").evaluate_all(
            """all => all.filter(table => !table.closest('.table-scroll'))
                 .map(table => table.innerText.slice(0, 60))"""
        ),
        "wide_tables": page.locator(".table-scroll").evaluate_all(
            "all => all.filter(box => box.scrollWidth > box.clientWidth + 1).length"
        ),
        "wide_cells": page.locator(".table-scroll td").evaluate_all(
            """all => all
                 .filter(cell => cell.scrollWidth > cell.clientWidth + 1 || cell.scrollHeight > cell.clientHeight + 3)
                 .map(cell => cell.innerText.slice(0, 60))"""
        ),
        **page.evaluate(ENDS),
        "stuck_tables": page.locator(".table-scroll").evaluate_all(
            """all => all.filter(box => box.scrollWidth > box.clientWidth + 1)
                 .filter(box => { box.scrollLeft = 40; return box.scrollLeft === 0 || box.tabIndex !== 0 })
                 .map(box => box.innerText.slice(0, 60))"""
        ),
    }


def _plain(page: Page) -> dict[str, Any]:
    link = page.locator("a.language-link")
    found: dict[str, Any] = {
        "title_shown": page.locator("h1").is_visible(),
        "headings": page.locator("article h2").count(),
        "headings_shown": page.locator("article h2:visible").count(),
        "unlinked": page.locator("article :is(h1, h2, h3, h4)").evaluate_all(
            """all => all
                 .filter(heading =>
                   heading.querySelector('a.headerlink')?.getAttribute('href') !== '#' + heading.id)
                 .map(heading => heading.outerHTML)"""
        ),
        "undrawn": page.locator("article pre.mermaid, article .diagram-error").count(),
        "links": page.locator(
            "nav.md-nav--primary a:visible, footer a:visible, article a:visible"
        ).evaluate_all("all => all.map(link => link.href)"),
        "language": page.locator("html").get_attribute("lang"),
        "alternates": dict(
            page.locator("link[hreflang]").evaluate_all("all => all.map(link => [link.hreflang, link.href])")
        ),
        "switches": link.count(),
        "switch": [link.inner_text(), link.evaluate("link => link.href")],
        "switch_in_view": [],
    }
    page.evaluate(UNFOLD)
    found["diagrams"] = page.locator("figure.diagram").evaluate_all(DRAWN)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        box = link.bounding_box()
        inside = box and box["x"] >= 0 and box["x"] + box["width"] <= width and 0 <= box["y"] < 900
        found["switch_in_view"].append(bool(inside) and link.is_visible())
    return found


#: How a page is opened for each look, and what gathers its facts.
OPTIONS: dict[str, dict[str, Any]] = {
    "desktop": {"color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "plain": {"java_script_enabled": False},
}
LOOKS: dict[str, Callable[[Page], dict[str, Any]]] = {"desktop": _desktop, "phone": _phone, "plain": _plain}
