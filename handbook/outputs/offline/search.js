/* Search from the file system, behind Material's own search box.
 *
 * A page from `file:` can start no worker and fetch no index, so this takes the place of Material's
 * worker: it gets a set-up message (0) and queries (2), and answers "ready" (1) and results (3). The
 * sections of all pages come as one script, loaded with the first query. There are few enough of
 * them to look through each: no index has to be built, and any part of a Chinese word is found. */
(() => {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3
  const PAGES = 10, SECTIONS = 3, PAUSE = 80, AROUND = 70
  const top = new URL("..", document.currentScript.src)
  const NativeWorker = window.Worker

  const escape = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
  const fold = text => text.toLowerCase().normalize("NFKC").replace(/\ba\/b\b/g, "ab")

  let loading
  const sections = () => loading ||= new Promise((resolve, reject) => {
    window.handbookSections = rows => resolve(rows.map(([url, page, title, text]) =>
      ({ url, page, title, text, folded: [fold(page), fold(title), fold(text)] })))
    const script = document.createElement("script")
    script.src = new URL("search/sections.js", top)
    script.onerror = () => { loading = null; reject(new Error("no sections")) }
    document.head.append(script)
  })

  // "p99延迟" is two words. A run of Chinese is looked for as a whole, and by its pairs, since a reader
  // may join words that the text has apart.
  const words = query => [...fold(query).matchAll(/[\p{sc=Han}]+|[\p{L}\p{N}%+]+(?:[-'’.][\p{L}\p{N}]+)*/gu)]
    .map(([word]) => {
      const characters = [...word]
      const han = /\p{sc=Han}/u.test(word)
      const pairs = han && characters.length > 2
        ? characters.slice(1).map((c, i) => characters[i] + c) : []
      return { word, pairs, han }
    })

  const count = (text, word, whole) => {
    let n = 0
    for (let at = text.indexOf(word); at >= 0 && n < 20; at = text.indexOf(word, at + word.length))
      if (!whole || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ")) n++
    return n
  }
  const WEIGHTS = [4, 8, 1] // page's title, section's heading, text

  const score = (section, { word, pairs, han }) => {
    const of = (part, wanted) => {
      const found = count(part, wanted, !han)
      return found && (1 + Math.log(found)) / (1 + Math.log(1 + part.length / 400))
    }
    const whole = WEIGHTS.reduce((sum, weight, i) => sum + weight * of(section.folded[i], word), 0)
    if (whole || !pairs.length) return whole
    const hits = pairs.filter(pair => section.folded.some(part => part.includes(pair)))
    return hits.length * 2 > pairs.length ? 0.3 * hits.length / pairs.length : 0
  }

  const look = (rows, query) => {
    const wanted = words(query)
    if (!wanted.length) return []
    const found = rows.map(section => ({ section, scores: wanted.map(word => score(section, word)) }))
    // A word that is everywhere says little.
    const rarity = wanted.map((_, i) => Math.log(1 + rows.length / (1 + found.filter(f => f.scores[i]).length)))
    const most = Math.max(...found.map(f => f.scores.filter(Boolean).length))
    if (!most) return []
    return found
      .filter(f => f.scores.filter(Boolean).length === most)
      .map(f => ({ ...f.section, score: f.scores.reduce((sum, s, i) => sum + s * rarity[i], 0) }))
      .sort((a, b) => b.score - a.score)
  }

  const marked = (text, wanted) => {
    const terms = wanted.flatMap(({ word, pairs }) => fold(text).includes(word) ? [word] : pairs)
      .filter(Boolean).map(term => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    const pattern = terms.length ? new RegExp(terms.join("|"), "gi") : /(?!)/g
    const first = Math.max(0, text.search(pattern))
    const from = Math.max(0, first - AROUND), to = first + AROUND * 2
    const excerpt = (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "")
    return escape(excerpt).replace(pattern, "<mark>$&</mark>")
  }

  class FileSearch extends EventTarget {
    postMessage(message) {
      if (message.type === SETUP) queueMicrotask(() => this.send(READY))
      else if (message.type === QUERY) this.answer(message.data.trim())
    }

    send(type, data) { this.dispatchEvent(new MessageEvent("message", { data: { type, data } })) }

    async answer(query) {
      const turn = this.latest = (this.latest ?? 0) + 1
      if (!query) return this.send(RESULT, { items: [] })
      await new Promise(resolve => setTimeout(resolve, PAUSE))
      if (turn !== this.latest) return
      const found = look(await sections().catch(() => []), query)
      if (turn !== this.latest) return
      const pages = new Map()
      for (const section of found) {
        const page = section.url.split("#")[0]
        pages.set(page, [...(pages.get(page) ?? []), section])
      }
      const wanted = words(query)
      const terms = Object.fromEntries(wanted.map(({ word }) => [word, true]))
      const entry = (url, title, section, score) => ({
        location: new URL(url, top).href, title: escape(title), text: `<p>${marked(section.text, wanted)}</p>`, terms, score,
      })
      this.send(RESULT, {
        items: [...pages].slice(0, PAGES).map(([page, list], rank) => [
          entry(page, list[0].page, list[0], 100 - rank),
          ...list.filter(section => section.url !== page).slice(0, SECTIONS)
            .map((section, i) => entry(section.url, section.title, section, 100 - rank + (i ? 0 : 0.5))),
        ]),
      })
    }

    terminate() {}
  }

  window.Worker = function (url, options) {
    return /\/workers\/search\./.test(url) ? new FileSearch() : new NativeWorker(url, options)
  }

  // Material listens to keyup alone: it misses a paste, and it sees the half-typed words of an input
  // method as queries and its Enter as "open the result".
  const isSearch = event => event.target.matches?.(".md-search__input")
  const retype = event => event.target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
  for (const type of ["keydown", "keyup"])
    addEventListener(type, event => {
      if (isSearch(event) && event.isComposing) event.stopImmediatePropagation()
    }, true)
  addEventListener("input", event => { if (isSearch(event) && !event.isComposing) retype(event) })
  addEventListener("compositionend", event => { if (isSearch(event)) retype(event) })
})()
