// The place of a native menu that a key asks for: the line the keys act on. Chromium takes the middle of what has the
// focus, which of a grid or a tree is on another line.

/** For the document's `contextmenu`, before anyone else hears of it. */
export function placeKeyMenu(event: PointerEvent): void {
  const { target } = event
  // Chromium's way to say that no button was pressed.
  const isByKey = event.button === -1
  if (!isByKey || !(target instanceof HTMLElement)) return
  // A box has a caret, where Chromium opens it.
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return
  const id = target.getAttribute('aria-activedescendant')
  const line = (id === null ? null : document.getElementById(id)) ?? target
  event.preventDefault()
  event.stopImmediatePropagation()
  const [inner, outer] = [line.getBoundingClientRect(), target.getBoundingClientRect()]
  const { left } = outer
  const middle = (inner.top + inner.bottom) / 2
  line.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      composed: true,
      button: 2,
      clientX: left + Math.min(insetPx, outer.width / 2),
      clientY: Math.min(Math.max(middle, outer.top + 1), outer.bottom - 1),
    }),
  )
}

/** From the left edge, so that the head of the line is seen beside the menu. */
const insetPx = 96
