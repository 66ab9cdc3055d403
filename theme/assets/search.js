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
  const LOOKED_AT = 16, PAGES = 10, SECTIONS = 3 // pages whose text is compared; results shown
  const PAUSE = 80 // milliseconds between two keystrokes

  const site = new URL("..", document.currentScript.src)
  const NativeWorker = window.Worker

  const asWritten = text => text.replace(/\bAB\b/g, "A/B")

  const escape = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
  const total = section => section.weighted_locations.reduce((sum, l) => sum + l.balanced_score, 0)

  // "p99延迟" is one word to a tokenizer that splits on spaces; the index has it as two. It has "A/B"
  // as "AB", see handbook/search.py.
  const asIndexed = query => firstOfUnknown(query
    .replace(/\bA\/B(?![a-z])/gi, "AB")
    .replace(/(\p{sc=Han})(?=[\p{sc=Latin}\d])/gu, "$1 ")
    .replace(/([\p{sc=Latin}\d%+])(?=\p{sc=Han})/gu, "$1 "))

  // Pagefind has the browser split a query into words, and the browser knows fewer Chinese words than
  // the index: of "监控" it makes two. The first character alone finds it, as the beginning of a word.
  const firstOfUnknown = query => {
    if (!window.Intl?.Segmenter || !/\p{sc=Han}/u.test(query)) return query
    const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(query)].map(part => part.segment)
    const single = word => /^\p{sc=Han}$/u.test(word ?? "")
    return words.filter((word, at) => word.trim() && !(single(word) && single(words[at - 1]))).join(" ")
  }

  // Words in lower case with single spaces, none beside Chinese: there they mean nothing.
  const plain = text => (text ?? "").replace(/\bA\/B\b/gi, "AB").toLowerCase().replace(/[\u200b'’]/g, "")
    .replace(/[^\p{L}\p{N}%+]+/gu, " ").replace(/ ?(\p{sc=Han}+) ?/gu, "$1").trim()

  // Whether a text has a phrase, from the beginning of a word on: "rag" is not in "storage".
  const isWord = letter => /[\p{L}\p{N}]/u.test(letter ?? "") && !/\p{sc=Han}/u.test(letter)
  const has = (text, phrase) => {
    let at = text.indexOf(phrase)
    while (at > 0 && isWord(phrase[0]) && isWord(text[at - 1])) at = text.indexOf(phrase, at + 1)
    return at >= 0
  }

  // Pagefind ranks by words, so what says it in these words comes first: a title, a heading; the
  // same with more words around it; the text. Within each group Pagefind's order stays.
  const isHeading = anchor => /^h[1-6]$/.test(anchor.element)
  const nearness = (page, phrase) => {
    const title = plain(page.meta.title)
    const headings = page.anchors.filter(isHeading).map(anchor => plain(anchor.text))
    return [
      title === phrase, headings.includes(phrase), has(title, phrase),
      headings.some(heading => has(heading, phrase)), has(plain(page.content), phrase), true,
    ].indexOf(true)
  }
  const byPhrase = (pages, phrase) => pages
    .map(page => [nearness(page, phrase), page]).sort((a, b) => a[0] - b[0]).map(([, page]) => page)
  const bySection = (sections, phrase) => sections
    .map(section => [has(plain(section.title), phrase) ? 0 : 1, section])
    .sort((a, b) => a[0] - b[0] || total(b[1]) - total(a[1])).map(([, section]) => section)

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
      const phrase = plain(query)
      const pages = await this.search(asIndexed(query), phrase).catch(() => [])
      const items = pages.map((page, rank) => this.item(page, rank, phrase))
      if (turn === this.latest) this.send(RESULT, { items })
    }

    async search(query, phrase) {
      this.engine ||= import(new URL("pagefind/pagefind.js", site).href).then(async engine => {
        // A reference page is long because it says much: length counts little against it.
        await engine.options({ excerptLength: 24, baseUrl: site.pathname, ranking: { pageLength: 0.1 } })
        await engine.init()
        return engine
      })
      // A failed download must not be remembered: the next keystroke tries again.
      const engine = await this.engine.catch(error => { this.engine = null; throw error })
      let { results } = await engine.search(query)
      if (!results.length) results = await this.mostWords(engine, query.split(/\s+/))
      const pages = await Promise.all(results.slice(0, LOOKED_AT).map(result => result.data()))
      return byPhrase(pages, phrase).slice(0, PAGES)
    }

    // No page has every word: those that have the most of them.
    async mostWords(engine, words) {
      const found = new Map()
      if (words.length > 1)
        for (const word of words)
          for (const result of (await engine.search(word)).results) {
            const known = found.get(result.id)
            found.set(result.id, { result, words: (known?.words ?? 0) + 1, score: (known?.score ?? 0) + result.score })
          }
      return [...found.values()].sort((a, b) => b.words - a.words || b.score - a.score).map(({ result }) => result)
    }

    // One page and its best sections. Material opens the highest score on Enter, so a section that
    // answers better than the top of its page is put a little above it.
    item(page, rank, phrase) {
      const score = 100 - rank
      const entry = (url, title, excerpt, score) =>
        ({ location: new URL(url, location.origin).href, title: asWritten(escape(title)), text: `<p>${asWritten(excerpt)}</p>`, terms: terms(excerpt), score })
      const best = bySection(page.sub_results, phrase)
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
