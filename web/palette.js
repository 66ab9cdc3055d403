/* The reader's colours, before anything of the page is laid out, and their switch.
 *
 * Material has both: the first as an inline script, which a Content-Security-Policy forbids; the second runs when
 * the page stands, and what it sets, even to the same, has every element of a long page computed again three times.
 * Where things are kept (__md_…) is Material's affair. */
window.__md_scope = new URL("..", document.currentScript.src)
window.__md_hash = text => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0)
window.__md_get = (key, storage = localStorage, scope = __md_scope) =>
  JSON.parse(storage.getItem(`${scope.pathname}.${key}`))
window.__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try { storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value)) } catch { /* private mode */ }
}

{
  const options = [...document.querySelectorAll("[name=__palette]")]
  const light = matchMedia("(prefers-color-scheme: light)")
  const [colorScheme, themeColor] = ["color-scheme", "theme-color"].map(name => {
    const meta = document.head.appendChild(document.createElement("meta"))
    meta.name = name
    return meta
  })
  const colorsOf = option => Object.fromEntries(
    ["media", "scheme", "primary", "accent"].map(key => [key, option.getAttribute(`data-md-color-${key}`)])
  )

  const show = index => {
    options[index].checked = true
    for (const [at, option] of options.entries()) option.nextElementSibling.hidden = at !== index
    let colors = colorsOf(options[index])
    if (colors.media === "(prefers-color-scheme)") {
      const media = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`
      colors = options.map(colorsOf).find(option => option.media === media)
    }
    for (const [key, value] of Object.entries(colors)) document.body.setAttribute(`data-md-color-${key}`, value)
    const header = getComputedStyle(document.querySelector(".md-header"))
    colorScheme.content = header.colorScheme
    themeColor.content = header.backgroundColor
  }
  let chosen = __md_get("__palette")?.index ?? 0
  const choose = index => {
    chosen = index
    show(index)
    __md_set("__palette", { index, color: colorsOf(options[index]) })
  }

  document.documentElement.classList.replace("no-js", "js") // as Material does it, later and for every element
  show(chosen)
  light.addEventListener("change", () => show(chosen))
  for (const [index, option] of options.entries()) option.addEventListener("change", () => choose(index))
  // What looks like a button listens to both keys.
  addEventListener("keydown", event => {
    if (!options.includes(event.target) || ![" ", "Enter"].includes(event.key)) return
    event.preventDefault()
    const next = options[(chosen + 1) % options.length]
    next.click()
    next.focus()
  })
}
