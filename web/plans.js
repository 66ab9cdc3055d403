/* Ticks for the steps of a plan, kept in the reader's browser and nowhere else; and ways to take them along.
   Without this file, and on paper, each step has an empty box. */
(() => {
  const KEY = "handbook-plans"
  const LONGEST = 100000 // characters of a text that is taken over

  // What was ticked, by plan: { weeks: ["fraud", …] }. In private mode it lasts as long as the page.
  let memory = {}
  const read = () => {
    try { return checked(localStorage.getItem(KEY)) ?? memory } catch { return memory }
  }
  const write = ticks => {
    memory = ticks
    try { localStorage.setItem(KEY, JSON.stringify(ticks)) } catch { /* private mode */ }
  }

  // The ticks of a text, or nothing if it is another text.
  const checked = text => {
    if (!text || text.length > LONGEST) return null
    let ticks
    try { ticks = JSON.parse(text) } catch { return null }
    if (!ticks || typeof ticks !== "object" || Array.isArray(ticks)) return null
    const lists = Object.values(ticks)
    const good = lists.every(list => Array.isArray(list) && list.every(id => typeof id === "string"))
    return good ? ticks : null
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (field, name) => values[name] ?? field)
  const plans = () => [...document.querySelectorAll(".plan.ticked")]
  const showAll = () => {
    for (const plan of plans()) plan.show()
    for (const text of document.querySelectorAll(".plan-ticks textarea")) text.value = JSON.stringify(read())
  }

  const beginPlan = plan => {
    const words = JSON.parse(plan.dataset.words)
    const name = plan.dataset.plan
    const steps = [...plan.querySelectorAll(".plan-part")].flatMap(part => {
      const ids = part.dataset.steps.split(" ")
      return [...part.querySelectorAll("tbody tr")].map((row, i) => ({ id: ids[i], row }))
    })
    for (const step of steps) {
      const [box, what, where, minutes] = step.row.cells
      step.minutes = Number(minutes.textContent)
      step.input = document.createElement("input")
      step.input.type = "checkbox"
      step.input.id = `plan-${name}-${step.id}`
      const label = document.createElement("label")
      label.htmlFor = step.input.id
      label.append(...what.childNodes)
      what.append(label)
      box.replaceChildren(step.input)
      label.id = `${step.input.id}-what`
      where.id = `${step.input.id}-where`
      step.input.setAttribute("aria-labelledby", `${label.id} ${where.id}`)
      step.input.onchange = () => {
        const ticks = read()
        const others = (ticks[name] ?? []).filter(id => id !== step.id)
        write({ ...ticks, [name]: step.input.checked ? [...others, step.id] : others })
        showAll()
      }
    }
    const bar = document.createElement("p")
    bar.className = "plan-progress"
    const progress = document.createElement("progress")
    progress.max = steps.length
    const status = document.createElement("output")
    bar.append(progress, status)
    plan.prepend(bar)
    plan.show = () => {
      const ticks = read()[name] ?? []
      let left = 0
      for (const step of steps) {
        step.input.checked = ticks.includes(step.id)
        step.row.classList.toggle("is-done", step.input.checked)
        if (!step.input.checked) left += step.minutes
      }
      const done = steps.filter(step => step.input.checked).length
      const time = { h: Math.floor(left / 60), m: left % 60 }
      progress.value = done
      status.textContent = fill(words.progress, {
        done, all: steps.length, left: fill(time.h ? words.time : words.short, time),
      })
      progress.setAttribute("aria-label", status.textContent)
    }
    plan.classList.add("ticked")
  }

  const beginTicks = place => {
    const words = JSON.parse(place.dataset.words)
    const make = (tag, properties, ...inner) => {
      const made = Object.assign(document.createElement(tag), properties)
      made.append(...inner)
      return made
    }
    const text = make("textarea", { id: "plan-ticks-text", rows: 3, spellcheck: false })
    const status = make("output", {})
    const say = word => { status.textContent = words[word] }
    const take = given => {
      const ticks = checked(given)
      if (!ticks) return say("refused")
      write(ticks)
      showAll()
      say("loaded")
    }
    const button = (word, onclick) => make("button", { type: "button", onclick }, words[word])
    const copy = async () => {
      text.select()
      try { await navigator.clipboard.writeText(text.value) } catch { document.execCommand("copy") }
      say("copied")
    }
    const save = () => {
      const file = new Blob([JSON.stringify(read(), null, 2)], { type: "application/json" })
      const link = make("a", { href: URL.createObjectURL(file), download: "handbook-ticks.json" })
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 1000)
    }
    const remove = () => {
      if (!confirm(words.sure)) return
      write({})
      showAll()
      say("removed")
    }
    const file = make("input", { type: "file", id: "plan-ticks-file", accept: ".json,application/json,text/plain" })
    file.onchange = async () => {
      if (file.files[0]) take(await file.files[0].text())
      file.value = ""
    }
    place.replaceChildren(
      make("p", {}, make("label", { htmlFor: text.id }, words.text), text),
      make("p", { className: "plan-bar" },
        button("copy", copy), button("save", save), button("load", () => take(text.value)), button("remove", remove)),
      make("p", {}, make("label", { htmlFor: file.id }, words.file), file),
      make("p", {}, status),
    )
    place.classList.add("ready")
  }

  const all = () => {
    document.querySelectorAll(".plan:not(.ticked)").forEach(beginPlan)
    document.querySelectorAll(".plan-ticks:not(.ready)").forEach(beginTicks)
    showAll()
  }
  all()
  window.document$?.subscribe(all) // instant navigation
  addEventListener("storage", event => { if (event.key === KEY) showAll() }) // another tab
})()
