/* Full-screen view of a diagram: pan and zoom by pointer, pinch, wheel and keyboard.
   The drawing itself moves into the dialog and back, so that its ids stay unique. */
(() => {
  const TEXT = {
    en: { out: "Zoom out", in: "Zoom in", fit: "Fit to screen", close: "Close" },
    zh: { out: "缩小", in: "放大", fit: "适应屏幕", close: "关闭" },
  }
  const PAN = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }

  let shown // the dialog that Back leaves

  const reveal = () => {
    for (const button of document.querySelectorAll(".diagram-zoom")) button.hidden = false
  }

  const open = (button) => {
    const box = button.parentNode.querySelector(".diagram-scroll")
    const svg = box.querySelector("svg")
    if (!svg) return
    const text = TEXT[document.documentElement.lang.slice(0, 2)] || TEXT.en
    const dialog = document.createElement("dialog")
    dialog.className = "diagram-dialog"
    dialog.setAttribute("aria-label", button.getAttribute("aria-label"))
    const control = (name, sign) =>
      `<button type="button" data-do="${name}" aria-label="${text[name]}">${sign}</button>`
    dialog.innerHTML =
      `<div class="diagram-bar">${control("out", "−")}${control("in", "+")}${control("fit", "⤢")}` +
      `${control("close", "×")}</div><div class="diagram-pan"></div>`
    const pan = dialog.lastChild
    const width = +svg.getAttribute("width")
    const height = +svg.getAttribute("height")
    let x, y, scale

    const draw = () => (svg.style.transform = `translate(${x}px,${y}px) scale(${scale})`)
    const fit = (least = 0) => {
      scale = Math.min((pan.clientWidth - 32) / width, (pan.clientHeight - 80) / height, 3)
      scale = Math.max(scale, least)
      x = (pan.clientWidth - width * scale) / 2
      y = Math.max((pan.clientHeight - height * scale) / 2 + 24, 60)
      draw()
    }
    // The point of the drawing under (cx, cy) stays where it is.
    const zoom = (factor, cx = pan.clientWidth / 2, cy = pan.clientHeight / 2) => {
      factor = Math.min(8, Math.max(0.1, scale * factor)) / scale
      x = cx - (cx - x) * factor
      y = cy - (cy - y) * factor
      scale *= factor
      draw()
    }
    const move = (dx, dy) => {
      x += dx
      y += dy
      draw()
    }
    const act = {
      out: () => zoom(0.8),
      in: () => zoom(1.25),
      fit: () => fit(),
      close: () => dialog.close(),
    }

    const fingers = new Map()
    pan.onpointerdown = (event) => {
      pan.setPointerCapture(event.pointerId)
      fingers.set(event.pointerId, event)
    }
    pan.onpointerup = pan.onpointercancel = (event) => fingers.delete(event.pointerId)
    pan.onpointermove = (event) => {
      const before = fingers.get(event.pointerId)
      if (!before) return
      fingers.set(event.pointerId, event)
      const other = [...fingers.values()].find((finger) => finger.pointerId != event.pointerId)
      if (!other) return move(event.clientX - before.clientX, event.clientY - before.clientY)
      const distance = (finger) =>
        Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY) || 1
      zoom(distance(event) / distance(before), other.clientX, other.clientY)
    }
    pan.addEventListener("wheel", (event) => {
      event.preventDefault()
      zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), event.clientX, event.clientY)
    }, { passive: false })
    dialog.onclick = (event) => act[event.target.dataset.do]?.()
    dialog.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const action = { "+": act.in, "=": act.in, "-": act.out, 0: act.fit }[event.key]
      if (PAN[event.key]) move(...PAN[event.key])
      else if (action) action()
      else return event.stopPropagation() // Material listens for letters: f, s, n, p
      event.preventDefault()
      event.stopPropagation()
    }
    dialog.onclose = () => {
      svg.style.transform = box.style.height = ""
      box.append(svg)
      dialog.remove()
      button.focus()
      if (shown) history.back()
    }
    history.pushState(history.state, "")
    shown = dialog
    box.style.height = `${box.offsetHeight}px` // the page below must not jump
    pan.append(svg)
    document.body.append(dialog)
    dialog.showModal()
    dialog.querySelector("[data-do=close]").focus()
    fit(1) // never smaller than natural size: the page itself may show less
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".diagram-zoom")
    if (button) open(button)
  })
  // Back closes the view. Material's script comes later and must not see it: it would fetch the page.
  addEventListener("popstate", (event) => {
    if (!shown) return
    event.stopImmediatePropagation()
    const dialog = shown
    shown = null
    dialog.close()
  })

  const begin = () => {
    reveal()
    window.document$?.subscribe(reveal) // instant navigation
  }
  if (document.readyState === "complete") begin()
  else addEventListener("DOMContentLoaded", begin)
})()
