/* Our search behind Material's own search box, on a host and from a file.
 *
 * Loaded in <head>, before Material's bundle. Material starts a search worker and sends it a set-up
 * message (0), then queries (2); it expects "ready" (1) and results (3) back. The bridge answers in the
 * worker's place. What ranks (`search-core.js`) and the index come with the first use of the box. */
(() => {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3
  const READ = 12, PAGES = 10, SECTIONS = 3 // pages whose text is read; results shown
  const PAUSE = 50 // milliseconds between two keystrokes

  const here = document.currentScript.src
  const top = new URL("..", here)
  const BOX = ".md-search__input"

  // ---- the index --------------------------------------------------------------------------------

  const arriving = new Map() // parts that were asked for, by name
  window.handbookIndex = (name, data) => arriving.get(name)?.(data)
  const script = address => new Promise((resolve, reject) => {
    const element = document.createElement("script")
    element.src = address
    element.onload = () => { element.remove(); resolve() }
    element.onerror = () => { element.remove(); reject(new Error(`${address} does not load`)) }
    document.head.append(element)
  })
  const part = (name, path) => {
    const arrived = new Promise(resolve => arriving.set(name, resolve))
    return script(new URL(`search/${path}`, top)).then(() => arrived)
  }

  // What failed to load must not be remembered: the next keystroke tries again, past any cache, since an
  // old index may name parts that a new edition of the site does not have.
  let loaded = new Map(), edition = ""
  const once = (name, load) => {
    if (!loaded.has(name)) loaded.set(name, load())
    return loaded.get(name)
  }
  const forget = error => { loaded = new Map(); edition = `?${Date.now()}`; throw error }
  const open = () => once("index", async () => {
    const [index] = await Promise.all([part("index", `index.js${edition}`), script(new URL("search-core.js", here))])
    return { index, engine: window.handbookSearch.engine(index) }
  })
  const parts = (index, kind, numbers) => Promise.all(numbers.map(number => {
    const name = `${kind}-${number}`
    return once(name, () => part(name, `${index.edition}/${name}.js`))
  })).then(all => new Map(numbers.map((number, i) => [number, all[i]])))

  // ---- a query ----------------------------------------------------------------------------------

  const look = async text => {
    const { index, engine } = await open()
    const query = engine.read(text)
    const words = await parts(index, "words", engine.shards(query))
    const texts = await parts(index, "page", engine.candidates(query, words, READ))
    return engine.rank(query, texts).slice(0, PAGES)
      .map((page, rank) => entries(index.pages[page.page], page, texts.get(page.page), query, rank))
  }

  const escape = text => text.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`)

  // Material opens the highest score on Enter, so the section that answers best is put a little above
  // its page, unless the page's beginning does.
  const entries = (page, { sections }, texts, query, rank) => {
    const score = 100 - rank
    const entry = (section, title, anchor, score) => {
      const { excerpt, said } = window.handbookSearch.excerpt(texts[section], query)
      const text = excerpt.map(({ text, marked }) => marked ? `<mark>${escape(text)}</mark>` : escape(text)).join("")
      const address = new URL(page.place || (top.protocol === "file:" ? "" : "."), top)
      if (top.protocol === "file:") address.pathname += "index.html"
      return {
        location: address.href + anchor, title: escape(title), text: `<p>${text}</p>`,
        terms: Object.fromEntries(said.map(term => [term, true])), score,
      }
    }
    const shown = sections.slice(0, SECTIONS).filter(({ section }) => section)
    return [
      entry(sections[0].section, page.title, "", score),
      ...shown.map(({ section }, i) => {
        const [anchor, heading] = page.sections[section]
        return entry(section, heading, `#${anchor}`, i || !sections[0].section ? score : score + 0.5)
      }),
    ]
  }

  class SearchBridge extends EventTarget {
    latest = 0

    postMessage({ type, data }) {
      if (type === SETUP) queueMicrotask(() => this.send(READY))
      else if (type === QUERY) this.answer(data.trim())
    }

    send(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }))
    }

    async answer(text) {
      const turn = ++this.latest
      // Not at once: Material still has to note that it asked.
      if (!text) return queueMicrotask(() => this.send(RESULT, { items: [] }))
      await new Promise(resolve => setTimeout(resolve, PAUSE))
      if (turn !== this.latest) return
      const items = await look(text).catch(forget).catch(() => [])
      if (turn === this.latest) this.send(RESULT, { items })
    }

    terminate() {}
  }

  const NativeWorker = window.Worker
  window.Worker = function (url, options) {
    return /\/workers\/search\./.test(url) ? new SearchBridge() : new NativeWorker(url, options)
  }
  window.Worker.prototype = NativeWorker.prototype

  // ---- the box ----------------------------------------------------------------------------------

  const isBox = event => event.target.matches?.(BOX)
  const type = box => box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))

  // Who goes to the box will ask.
  addEventListener("focusin", event => { if (isBox(event)) open().catch(forget).catch(() => {}) })

  // Material listens to keyup alone: it misses a paste, and it sees the half-typed words of an
  // input method as queries and its Enter as "open the result".
  for (const name of ["keydown", "keyup"])
    addEventListener(name, event => {
      if (isBox(event) && event.isComposing) event.stopImmediatePropagation()
    }, true)
  addEventListener("input", event => { if (isBox(event) && !event.isComposing) type(event.target) })
  addEventListener("compositionend", event => { if (isBox(event)) type(event.target) })

  // Who comes back from a result finds the query and its results.
  const KEPT = "handbook-search"
  const address = () => location.href.split("#")[0]
  addEventListener("click", event => {
    if (!event.target.closest?.("a.md-search-result__link")) return
    const query = document.querySelector(BOX).value
    try { sessionStorage.setItem(KEPT, JSON.stringify({ address: address(), query })) } catch { /* private mode */ }
  }, true)
  const CLOSED = 250 // milliseconds after which Material has closed what a change of address closes
  const LATE = 5000 // milliseconds after which no page is waited for
  const restore = () => {
    let kept
    try { kept = JSON.parse(sessionStorage.getItem(KEPT)) } catch { /* private mode */ }
    if (kept?.address !== address()) return
    sessionStorage.removeItem(KEPT)
    const box = document.querySelector(BOX), toggle = document.getElementById("__search")
    box.value = kept.query
    if (!toggle.checked) toggle.click()
    box.focus()
    type(box)
    // A page that comes late closes it later; afterwards it is closed by the reader alone.
    const again = () => toggle.checked || setTimeout(() => toggle.click()) // no click within a click
    const enough = () => toggle.removeEventListener("change", again)
    toggle.addEventListener("change", again)
    for (const name of ["keydown", "pointerdown"]) addEventListener(name, enough, { once: true, capture: true })
    setTimeout(enough, LATE)
  }
  let timer
  const soon = () => { clearTimeout(timer); timer = setTimeout(restore, CLOSED) }
  addEventListener("popstate", soon)
  addEventListener("load", () => {
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") soon()
  })
})()
