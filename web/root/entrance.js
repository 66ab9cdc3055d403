/* Leads from the pages above the languages to the reader's own language. What a page leads to is in the
   attributes of its script element, and it is read before anything is painted. */
(() => {
  const { links, moved = "", pages, codes, to } = document.currentScript.dataset

  // The reader's earlier choice, then the browser's languages, in order.
  const readersLanguage = offered => {
    let chosen
    try { chosen = localStorage.getItem("handbook-language") } catch { /* private mode */ }
    return [chosen, ...navigator.languages].map(tag => String(tag).split("-")[0]).find(code => offered.includes(code))
  }

  // A click is a choice, and keeps the section and the words to be marked there.
  addEventListener("click", event => {
    const link = event.target.closest("a[data-language]")
    if (!link) return
    const query = new URLSearchParams(location.search)
    query.delete("choose")
    link.search = query
    if (location.hash) link.hash = location.hash
    try { localStorage.setItem("handbook-language", link.dataset.language) } catch { /* private mode */ }
  })

  // A page opened from a file names its file.
  const index = location.protocol === "file:" ? "index.html" : ""
  const keep = () => location.search + (location.hash || moved)

  // A page that moved, within one language.
  if (to) location.replace(to + keep())

  // An address without a language; "?choose" stays.
  if (links) {
    const offered = JSON.parse(links)
    const code = readersLanguage(Object.keys(offered))
    if (code && !/[?&]choose\b/.test(location.search)) location.replace(offered[code] + index + keep())
  }

  // Where nothing is: a page's address in an older or shorter form is corrected. The site's own path is read
  // off the address, since the site may be served below any path.
  if (pages) {
    const known = JSON.parse(pages)
    const asked = location.pathname.replace(/(\/index)?\.html$/, "/").replace(/$/, "/").replace(/\/+/g, "/")
    const place = Object.keys(known).find(place => place && asked.endsWith("/" + place))
    if (place) {
      const above = asked.slice(0, -place.length)
      const [base, given] = above.match(new RegExp(`^(.*/)(${codes})/$`))?.slice(1) ?? [above]
      const language = known[place].includes(given) ? given : readersLanguage(known[place]) ?? known[place][0]
      // Only the path of the own address changes: a path like "//host/" must not become another host.
      const goal = new URL(location)
      goal.pathname = `${base}${language}/${place}`
      if (goal.pathname !== location.pathname) location.replace(goal)
    }
  }
})()
