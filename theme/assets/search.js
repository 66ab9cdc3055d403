/* Pagefind behind Material's own search box.
 *
 * Loaded in <head>, before Material's bundle. Material starts a search worker and sends it a set-up
 * message (0) with the index, then queries (2); it expects "ready" (1) and results (3) back. The
 * bridge answers in the worker's place. Nothing of Pagefind is loaded before the first query.
 *
 * handbook/search.py leaves Material's index empty on the finished site. In the live preview the
 * index is full and there is no Pagefind, so there the messages go to Material's real worker. */
(() => {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3
  const PAGES = 10, SECTIONS = 3, PAUSE = 80 // results shown; milliseconds between two keystrokes

  const site = new URL("..", document.currentScript.src)
  const NativeWorker = window.Worker

  const asWritten = text => text.replace(/\bAB\b/g, "A/B")

  const escape = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
  const total = section => section.weighted_locations.reduce((sum, l) => sum + l.balanced_score, 0)

  // "p99延迟" is one word to a tokenizer that splits on spaces; the index has it as two. It has "A/B"
  // as "AB", see handbook/search.py.
  const asIndexed = query => query
    .replace(/\bA\/B(?![a-z])/gi, "AB")
    .replace(/(\p{sc=Han})(?=[\p{sc=Latin}\d])/gu, "$1 ")
    .replace(/([\p{sc=Latin}\d%+])(?=\p{sc=Han})/gu, "$1 ")

  // Pagefind ranks by words. A page that has the query as a heading comes first, then one that has
  // it as written, then the others, each group in Pagefind's order.
  const plain = text => (text ?? "").toLowerCase().replace(/[\s\u200b]+/g, "")
  const byPhrase = (pages, query) => {
    const phrase = plain(query)
    const group = page =>
      [page.meta.title, ...page.anchors.map(anchor => anchor.text)].some(text => plain(text).includes(phrase)) ? 0
        : plain(page.content).includes(phrase) ? 1 : 2
    return pages.map(page => [group(page), page]).sort((a, b) => a[0] - b[0]).map(([, page]) => page)
  }

  // What Pagefind marked, so that Material highlights the same words on the page behind the link.
  // It marks up to the next space; punctuation and glued-on code are not what was asked for.
  const terms = excerpt => Object.fromEntries(
    [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)]
      .map(match => match[1].match(/^[^\p{L}\p{N}]*([\p{L}\p{N}%'’-]+)[^\p{L}\p{N}]*$/u)?.[1])
      .filter(Boolean)
      .map(term => [asWritten(term).toLowerCase(), true]))

  class SearchBridge extends EventTarget {
    constructor(url) {
      super()
      this.url = url
      this.latest = 0
    }

    postMessage(message) {
      if (this.worker) this.worker.postMessage(message)
      else if (message.type === SETUP) this.setUp(message)
      else if (message.type === QUERY) this.answer(message.data.trim())
    }

    setUp(message) {
      if (!message.data.docs.length) return queueMicrotask(() => this.send(READY))
      this.worker = new NativeWorker(this.url)
      this.worker.addEventListener("message", ({ data }) => this.send(data.type, data.data))
      this.worker.postMessage(message)
    }

    send(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }))
    }

    async answer(query) {
      const turn = ++this.latest
      // Not at once: Material still has to note that it asked.
      if (!query) return queueMicrotask(() => this.send(RESULT, { items: [] }))
      await new Promise(resolve => setTimeout(resolve, PAUSE))
      if (turn !== this.latest) return
      const pages = await this.search(asIndexed(query)).catch(() => [])
      if (turn === this.latest) this.send(RESULT, { items: pages.map(this.item) })
    }

    async search(query) {
      this.engine ||= import(new URL("pagefind/pagefind.js", site).href).then(async engine => {
        await engine.options({ excerptLength: 24, baseUrl: site.pathname })
        await engine.init()
        return engine
      })
      // A failed download must not be remembered: the next keystroke tries again.
      const engine = await this.engine.catch(error => { this.engine = null; throw error })
      const { results } = await engine.search(query)
      const pages = await Promise.all(results.slice(0, PAGES).map(result => result.data()))
      return byPhrase(pages, query)
    }

    // One page and its best sections. Material opens the highest score on Enter, so a section that
    // answers better than the top of its page is put a little above it.
    item(page, rank) {
      const score = 100 - rank
      const entry = (url, title, excerpt, score) =>
        ({ location: new URL(url, location.origin).href, title: asWritten(escape(title)), text: `<p>${asWritten(excerpt)}</p>`, terms: terms(excerpt), score })
      const best = [...page.sub_results].sort((a, b) => total(b) - total(a))
      const sections = best
        .filter(section => section.url.includes("#") && section.title !== page.meta.title)
        .slice(0, SECTIONS)
      return [
        entry(page.url.split("#")[0], page.meta.title, page.excerpt, score),
        ...sections.map(section =>
          entry(section.url, section.title, section.excerpt, section === best[0] ? score + 0.5 : score)),
      ]
    }

    terminate() { this.worker?.terminate() }
  }

  window.Worker = function (url, options) {
    const search = location.protocol !== "file:" && /\/workers\/search\./.test(url)
    return search ? new SearchBridge(url) : new NativeWorker(url, options)
  }
  window.Worker.prototype = NativeWorker.prototype

  // Material listens to keyup alone: it misses a paste, and it sees the half-typed words of an
  // input method as queries and its Enter as "open the result".
  const isSearch = event => event.target.matches?.(".md-search__input")
  const retype = event => event.target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
  for (const type of ["keydown", "keyup"])
    addEventListener(type, event => {
      if (isSearch(event) && event.isComposing) event.stopImmediatePropagation()
    }, true)
  addEventListener("input", event => { if (isSearch(event) && !event.isComposing) retype(event) })
  addEventListener("compositionend", event => { if (isSearch(event)) retype(event) })
})()
