/* Steps through a whiteboard: its minutes become tabs, of which one shows its board, the last one first: it is
   the whole. Without this file, and on paper, all of them stand one after the other. */
(() => {
  const TEXT = {
    en: { name: "The board, minute by minute", print: "Print on one sheet each" },
    zh: { name: "白板，一步步看", print: "每张打印一页" },
  }
  const STEP = { ArrowRight: 1, ArrowLeft: -1, Home: -99, End: 99 }

  const show = (tabs, steps, chosen) => steps.forEach((step, i) => {
    step.classList.toggle("is-shown", i === chosen)
    tabs[i].setAttribute("aria-selected", i === chosen)
    tabs[i].tabIndex = i === chosen ? 0 : -1
  })

  // Nothing but the sheets of a page: its key numbers, and its board at each minute.
  const sheets = () => {
    const { dataset } = document.documentElement
    dataset.sheets = ""
    addEventListener("afterprint", () => delete dataset.sheets, { once: true })
    window.print()
  }

  const begin = board => {
    const steps = [...board.querySelectorAll(":scope > .boards-step")]
    if (steps.length < 2) return
    const text = TEXT[document.documentElement.lang.slice(0, 2)] || TEXT.en
    const list = document.createElement("div")
    list.className = "boards-tabs"
    list.setAttribute("role", "tablist")
    list.setAttribute("aria-label", text.name)
    const tabs = steps.map(step => {
      const tab = document.createElement("button")
      tab.type = "button"
      tab.id = `${step.id}-tab`
      tab.textContent = step.querySelector(".boards-minute > span:nth-child(2)").textContent
      tab.setAttribute("role", "tab")
      tab.setAttribute("aria-controls", step.id)
      step.setAttribute("role", "tabpanel")
      step.setAttribute("aria-labelledby", tab.id)
      return tab
    })
    list.append(...tabs)
    list.onclick = event => {
      const i = tabs.indexOf(event.target)
      if (i >= 0) show(tabs, steps, i)
    }
    list.onkeydown = event => {
      const by = STEP[event.key]
      if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      const next = Math.min(Math.max(tabs.indexOf(event.target) + by, 0), tabs.length - 1)
      show(tabs, steps, next)
      tabs[next].focus()
      event.preventDefault()
    }
    const print = document.createElement("button")
    print.type = "button"
    print.className = "boards-print"
    print.textContent = text.print
    print.onclick = sheets
    const bar = document.createElement("div")
    bar.className = "boards-bar"
    bar.append(list, print)
    board.prepend(bar)
    board.classList.add("stepped")
    // A link to a minute shows it.
    const linked = () => steps.findIndex(step => `#${step.id}` === location.hash)
    show(tabs, steps, linked() < 0 ? steps.length - 1 : linked())
    addEventListener("hashchange", () => { if (board.isConnected && linked() >= 0) show(tabs, steps, linked()) })
  }

  const all = () => document.querySelectorAll(".boards:not(.stepped)").forEach(begin)
  all()
  window.document$?.subscribe(all) // instant navigation
})()
