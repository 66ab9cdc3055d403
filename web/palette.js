/* The reader's colours, before anything is painted. This is Material's own inline script as a file, so
 * that a Content-Security-Policy can forbid inline scripts; where it keeps things is Material's affair. */
window.__md_scope = new URL("..", document.currentScript.src)
window.__md_hash = text => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0)
window.__md_get = (key, storage = localStorage, scope = __md_scope) =>
  JSON.parse(storage.getItem(`${scope.pathname}.${key}`))
window.__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try { storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value)) } catch { /* private mode */ }
}

{
  const color = __md_get("__palette")?.color ?? {}
  if (color.media === "(prefers-color-scheme)") {
    const light = matchMedia("(prefers-color-scheme: light)").matches
    color.media = `(prefers-color-scheme: ${light ? "light" : "dark"})`
    color.scheme = light ? "default" : "slate"
  }
  for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value)
}

// Material switches by Enter alone; what looks like a button listens to Space as well.
addEventListener("keydown", event => {
  if (event.key !== " " || event.target.name !== "__palette") return
  event.preventDefault()
  event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))
})
