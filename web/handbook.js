/* Conveniences. Without this file the page still works: the language link leads to the same
 * page, a heading's link to its section. */
(() => {
  const home = new URL("..", document.currentScript.src) // this language's root
  const root = new URL("..", home) // where the languages stand side by side
  const here = () => location.href.split(/[?#]/)[0].slice(home.href.length)

  // The header survives instant navigation, so its language link is set when it is about to be used:
  // same page, same section. The choice is what the root page forwards by.
  const aimLanguageLink = event => {
    const link = event.target.closest?.("a[data-language]")
    if (!link) return
    link.href = new URL(`${link.dataset.language}/${here()}${location.hash}`, root)
    if (event.type !== "click") return
    try { localStorage.setItem("handbook-language", link.dataset.language) } catch { /* private mode */ }
  }
  for (const type of ["pointerover", "focusin", "click"]) addEventListener(type, aimLanguageLink, true)

  // A heading's link copies the address without a language: it opens in each reader's own.
  const status = document.querySelector(".handbook-status")
  const say = text => {
    status.textContent = text
    clearTimeout(say.timer)
    say.timer = setTimeout(() => { status.textContent = "" }, 4000)
  }
  const copy = async link => {
    try {
      await navigator.clipboard.writeText(new URL(here() + link.hash, root).href)
      say(status.dataset.copied)
    } catch {
      say(status.dataset.copyFailed) // no permission, or an insecure origin
    }
  }

  // Until the next page is there, Material goes on noting where the reader stands in this one: the next
  // page's address would name a section of this one, and it would open as far down as this one was read.
  const pageOf = href => href.split("#")[0]
  let shown = pageOf(location.href)
  const push = history.pushState
  const leave = () => { if (pageOf(location.href) !== shown) history.replaceState = () => {} }
  history.pushState = (...entry) => {
    push.apply(history, entry)
    leave()
  }
  addEventListener("popstate", leave)
  window.document$?.subscribe(() => {
    shown = pageOf(location.href)
    delete history.replaceState
  })

  // A link within the text is the browser's to follow: on a slow processor Material's instant navigation
  // scrolls to the top instead. Its address follows the reader a moment behind: where somebody has just
  // scrolled, it would name the section that was passed and not the one that was linked.
  const keep = hash => {
    const until = performance.now() + 2000
    const look = () => {
      const top = document.getElementById(decodeURIComponent(hash.slice(1)))?.getBoundingClientRect().top
      if (!(top >= 0 && top < 100)) return // the reader is elsewhere already
      if (location.hash !== hash) history.replaceState(history.state, "", hash)
      if (performance.now() < until) setTimeout(look, 100)
    }
    setTimeout(look, 100)
  }
  addEventListener("click", event => {
    const link = event.target.closest?.(".md-content a[href]")
    const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
    if (!plain || !link?.hash || pageOf(link.href) !== pageOf(location.href)) return
    event.stopImmediatePropagation()
    keep(link.hash)
    // The address of a file is of no use to anybody else.
    if (link.matches(".headerlink") && location.protocol !== "file:") copy(link)
  }, true)

  // A report of an error names the section that the reader chooses, at first the one that was read last:
  // where the page rested before its foot came into view.
  let read = ""
  const note = () => {
    const top = node => node?.getBoundingClientRect().top
    if (top(document.querySelector("details.report")) < innerHeight) return
    const passed = [...document.querySelectorAll(".md-content :is(h1, h2, h3)[id]")].filter(node => top(node) < 100)
    read = passed.at(-1)?.id ?? ""
  }
  addEventListener("scroll", () => {
    clearTimeout(note.timer)
    note.timer = setTimeout(note, 1000)
  }, { passive: true })
  window.document$?.subscribe(() => { read = location.hash.slice(1) })

  const prepare = report => {
    const text = report.querySelector(".report-text"), link = report.querySelector(".report-link")
    const known = text.textContent.trim()
    const headings = [...document.querySelectorAll(".md-content :is(h1, h2, h3)[id]")]
    const select = document.createElement("select")
    select.append(...headings.map(({ id, firstChild }) => new Option(firstChild.textContent, id)))
    select.value = read
    if (select.selectedIndex < 0) select.selectedIndex = 0
    const choose = () => {
      text.textContent = `${known}#${select.value}`
      if (!link) return
      const words = { subject: document.title, body: text.textContent }
      link.href = link.dataset.address.replace(/\{(subject|body)\}/g, (_, name) => encodeURIComponent(words[name]))
    }
    select.onchange = choose
    choose()
    const label = document.createElement("label")
    label.append(`${report.dataset.section} `, select)
    text.before(label)
    if (link) return
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = report.dataset.copy
    button.onclick = () => navigator.clipboard.writeText(text.textContent)
      .then(() => say(report.dataset.copied), () => getSelection().selectAllChildren(text))
    text.after(button)
  }
  addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches?.(".report") && !target.querySelector("select")) prepare(target)
  }, true)

  // One page as a PDF: what the print dialog saves.
  addEventListener("click", event => { if (event.target.closest?.(".page-print")) print() })

  // In print the addresses of other sites are written out. Material makes all links absolute, so
  // the style sheet needs to be told which are ours.
  window.document$?.subscribe(() => {
    for (const button of document.querySelectorAll(".page-print")) button.hidden = false
    for (const link of document.querySelectorAll(".md-content a[href]"))
      if (link.host === location.host) link.dataset.internal = ""
  })
})()
