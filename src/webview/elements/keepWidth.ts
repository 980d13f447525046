// Knows an element's width without asking for it: to ask right after something was painted lays the page out.

/** Answers a function that tells the width in px, 0 until it is known. `onChange`: it is another, or its height is. */
export function keepWidth(element: HTMLElement, onChange: () => void): () => number {
  let widthPx = 0
  new ResizeObserver(() => {
    widthPx = element.clientWidth
    onChange()
  }).observe(element)
  return () => widthPx
}
