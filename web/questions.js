/* Filters the list of questions by domain, hardest stage and difficulty. Without this file, and on paper,
   the whole list stands. */
(() => {
  const FILTERS = [1, 2, 3] // columns

  const begin = list => {
    const table = list.querySelector("table")
    if (!table) return
    list.classList.add("filtered")
    const rows = [...table.tBodies[0].rows]
    const said = (row, column) => row.cells[column].textContent.trim()
    const bar = document.createElement("form")
    bar.className = "question-filter"
    const selects = FILTERS.map(column => {
      const label = document.createElement("label")
      label.append(`${said(table.tHead.rows[0], column)} `)
      const select = document.createElement("select")
      const found = [...new Set(rows.map(row => said(row, column)))]
      select.append(new Option(list.dataset.all, ""), ...found.map(text => new Option(text, text)))
      label.append(select)
      bar.append(label)
      return select
    })
    const status = document.createElement("output")
    bar.append(status)
    const show = () => {
      let shown = 0
      for (const row of rows) {
        row.hidden = selects.some((select, i) => select.value && select.value !== said(row, FILTERS[i]))
        if (!row.hidden) shown++
      }
      status.textContent = list.dataset.shown.replace("#", shown)
    }
    bar.onchange = show
    bar.onsubmit = event => event.preventDefault()
    list.prepend(bar)
    show()
  }

  const all = () => document.querySelectorAll(".question-list:not(.filtered)").forEach(begin)
  all()
  window.document$?.subscribe(all) // instant navigation
})()
