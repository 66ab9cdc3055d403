/* Where a value of the page comes from, and what a term means: on hover and tap, and by keyboard from the line at the page's top,
   which is one stop for all of them. What is said comes with the first use, as a script, since a page that
   was opened from a file can fetch nothing else. Without this file the tables of the page say the same. */
(() => {
  const home = new URL("..", document.currentScript.src)
  const TEXT = {
    en: { assumed: "Assumed", sourced: "From a source", computed: "Computed",
      gloss: "Term", walk: "Values and terms one by one", help: "← → to the next, Enter for its links, Esc back" },
    zh: { assumed: "假设", sourced: "有出处", computed: "算出", gloss: "术语", walk: "逐个看数字和术语",
      help: "← → 换一个，Enter 到链接，Esc 返回" },
  }
  const VALUE = ".md-content [data-q]"
  const text = TEXT[document.documentElement.lang.slice(0, 2)] || TEXT.en

  const arrived = new Map() // pages whose origins were asked for
  window.handbookOrigins = (slug, origins) => arrived.get(slug)?.resolve(origins)
  const originsOf = slug => {
    if (!arrived.has(slug)) {
      const entry = {}
      entry.origins = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }))
      arrived.set(slug, entry)
      const script = document.createElement("script")
      script.src = new URL(`origins/${slug}.js`, home)
      script.onload = () => script.remove()
      script.onerror = () => { script.remove(); arrived.delete(slug); entry.reject() }
      document.head.append(script)
    }
    return arrived.get(slug).origins
  }
  const here = () => location.href.split(/[?#]/)[0].slice(home.href.length).replace(/index\.html$|\/$/g, "").replace(/\/$/, "")

  const tip = document.createElement("div")
  tip.className = "origin"
  tip.setAttribute("role", "status")
  let shown = null, timer = 0
  const hide = () => { clearTimeout(timer); shown?.classList.remove("is-told"); shown = null; tip.textContent = "" }

  const tell = async (value, help) => {
    if (shown === value) return
    hide()
    shown = value
    const slug = here()
    // A folder's page is its index.
    const origins = await originsOf(slug || "index").catch(() => originsOf(`${slug}/index`)).catch(() => null)
    const origin = origins?.[value.dataset.q]
    if (!origin || shown !== value) return
    const kind = text[["assumed", "sourced", "gloss"].find(name => value.classList.contains(name)) || "computed"]
    const [label, from] = origin
    const add = (tag, content) => Object.assign(tip.appendChild(document.createElement(tag)), { textContent: content })
    tip.textContent = ""
    add("b", kind)
    add("span", ` ${label}`)
    if (from) add("p", "").innerHTML = from
    if (help) add("small", text.help)
    for (const link of tip.querySelectorAll("a"))
      if (location.protocol === "file:" && !/^[a-z]+:|^#/.test(link.getAttribute("href")))
        link.href = link.getAttribute("href").replace(/\/?(#|$)/, "/index.html$1")
    document.body.append(tip)
    value.classList.add("is-told")
    const at = value.getClientRects()[0]
    const left = Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))
    const below = at.bottom + 6 + tip.offsetHeight < innerHeight
    tip.style.left = `${left + scrollX}px`
    tip.style.top = `${(below ? at.bottom + 4 : at.top - tip.offsetHeight - 4) + scrollY}px`
  }

  const later = (what, pause) => { clearTimeout(timer); timer = setTimeout(what, pause) }
  addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return
    const value = event.target.closest?.(VALUE)
    if (value) later(() => tell(value), 150)
    else if (event.target.closest?.(".origin")) clearTimeout(timer)
    else if (shown && document.activeElement !== shown && !tip.contains(document.activeElement)) later(hide, 250)
    else if (!shown) clearTimeout(timer)
  })
  addEventListener("click", event => {
    if (event.target.closest?.(".origin")) return
    const value = event.target.closest?.(VALUE)
    if (value && !value.closest("a, summary")) tell(value)
    else if (!event.target.closest?.(".values")) hide()
  })

  // By keyboard: from the line at the top to the values one by one, and back.
  const values = () => [...document.querySelectorAll(VALUE)].filter(value => value.offsetParent)
  const go = value => {
    if (!value) return
    value.tabIndex = -1
    value.focus()
    tell(value, true)
  }
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { activeElement } = document
    if (event.key === "Escape" && shown) {
      const from = shown, within = tip.contains(activeElement)
      hide()
      if (within) go(from)
      else if (activeElement === from) document.querySelector(".values button")?.focus()
    } else if (activeElement?.matches(VALUE)) {
      const all = values(), i = all.indexOf(activeElement)
      if (event.key === "ArrowRight") go(all[i + 1])
      else if (event.key === "ArrowLeft") go(all[i - 1])
      else if (event.key === "Enter") tip.querySelector("a")?.focus()
      else return
    } else return
    event.preventDefault()
    event.stopPropagation() // Material listens for letters and arrows
  }, true)

  const begin = () => {
    hide()
    const first = document.querySelector(".md-content article > p")
    if (first && document.querySelector(VALUE) && !document.querySelector(".values"))
      first.insertAdjacentHTML("afterend", '<p class="values"></p>')
    for (const line of document.querySelectorAll(".values:not(:has(button))")) {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = text.walk
      button.onclick = () => {
        const all = values()
        go(all.find(value => value.getBoundingClientRect().top > 60) || all[0])
      }
      line.append(" ", button)
    }
  }
  begin()
  window.document$?.subscribe(begin) // instant navigation
})()
