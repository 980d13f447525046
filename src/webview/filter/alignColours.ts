// Keeps the colours over a text box where its letters are: they go along when it scrolls to the caret.

/** Both live as long as the page. The browser tells of every move of the caret, and not of all scrolling. */
export function alignColours(box: HTMLInputElement, colours: HTMLElement): void {
  const align = () => {
    requestAnimationFrame(() => {
      colours.style.translate = `${-box.scrollLeft}px`
    })
  }
  document.addEventListener('selectionchange', align)
  new ResizeObserver(() => {
    // The count beside it has come or grown: the browser leaves the caret where it cannot be seen.
    if (box.matches(':focus') && box.selectionStart === box.value.length)
      box.scrollLeft = box.scrollWidth
    align()
  }).observe(box)
  for (const name of ['input', 'keydown', 'wheel', 'blur', 'scroll'])
    box.addEventListener(name, align)
}
