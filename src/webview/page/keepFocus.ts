// The keyboard's place in the page, kept while another part of the window has the focus.

/**
 * Chromium takes the focus from an element when the palette, a menu or another view gets it, and gives it
 * back to the page as a whole, where no key does anything. `otherwise` chooses a place where there was none
 * before, or it is gone. The ring is there again if it was there: a page that opens has none.
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
  // What had the focus may go while it has it: a strip that closes itself.
  new MutationObserver(() => {
    if (last !== null && !last.isConnected && document.hasFocus()) restore()
  }).observe(document.body, { childList: true, subtree: true })
  // A page that is not in front must not take it.
  if (document.hasFocus()) restore()
}
