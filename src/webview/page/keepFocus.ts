// The keyboard's place in the page, kept while another part of the window has the focus.

/**
 * Chromium takes the focus from an element when the palette, a menu or another view gets it, and gives it
 * back to the page as a whole, where no key does anything. `otherwise` chooses a place where there was none
 * before, or it is gone. The ring is there again if it was there: a page that opens has none until the first key.
 */
export function keepFocus(otherwise: (options: FocusOptions) => void): void {
  let last: HTMLElement | null = null
  let focusVisible = false
  const restore = () => {
    const active = document.activeElement
    if (active !== null && active !== document.body) return
    last?.focus({ preventScroll: true, focusVisible })
    if (document.activeElement !== last || last === null) otherwise({ focusVisible })
  }
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target === document.body) return
    last = target
    focusVisible = target.matches(':focus-visible')
  })
  window.addEventListener('focus', restore)
  document.addEventListener('keydown', showRing, true)
  // What had the focus may go while it has it: a strip that closes itself.
  new MutationObserver(() => {
    if (last !== null && !last.isConnected && document.hasFocus()) restore()
  }).observe(document.body, { childList: true, subtree: true })
  // A page that is not in front must not take it.
  if (document.hasFocus()) restore()
}

/** Chromium decides on the ring when the focus comes; the keys may come later than a click, or than the page. */
function showRing({ key }: KeyboardEvent): void {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body || heldAlone.has(key)) return
  if (active.matches(':focus-visible')) return
  active.blur()
  active.focus({ preventScroll: true, focusVisible: true })
}

/** Keys that do nothing by themselves, as the Ctrl of a Ctrl-click. */
const heldAlone: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'])
