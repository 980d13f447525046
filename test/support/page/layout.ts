// Faults of the layout: parts that are cut off, scroll sideways or lie over others.

const controls = 'button, input, textarea, vscode-button, vscode-single-select, [role=separator]'
/** They lie over the page on purpose, one over the other never. */
const layers = '.menu, .under, .find-bar, .go-to, .span-tools, .line-actions, .below'
/** Text that is not wrapped scrolls sideways, as in an editor. */
const sideways = 'lifeline-lines'

export function layoutFaults(): readonly string[] {
  const seen = [...document.querySelectorAll(controls)].filter(isSeen)
  return [
    ...[...document.querySelectorAll('*')].filter(scrollsSideways).map(say('scrolls sideways')),
    ...seen.filter(isCut).map(say('is cut off')),
    ...seen.filter(hasCutWords).map(say('has words that are cut off')),
    ...overlaps(seen),
  ]
}

function isSeen(element: Element): boolean {
  if (element.closest('.sr') || !element.checkVisibility({ visibilityProperty: true })) return false
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && !isScrolledAway(element)
}

/** If only in part: then it lies under what stands beside what scrolls. */
function isScrolledAway(element: Element): boolean {
  const box = element.getBoundingClientRect()
  for (let around = element.parentElement; around; around = around.parentElement) {
    const { overflowY } = getComputedStyle(around)
    const edge = around.getBoundingClientRect()
    if (/auto|scroll/.test(overflowY) && (box.top < edge.top || box.bottom > edge.bottom))
      return true
  }
  return false
}

function scrollsSideways(element: Element): boolean {
  if (element === document.documentElement) return element.scrollWidth > innerWidth
  const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX)
  const { clientWidth, scrollWidth } = element
  return scrolls && clientWidth > 0 && scrollWidth > clientWidth + 1 && !element.matches(sideways)
}

/** By the page's edge, or by what hides its overflow. What can be scrolled to is not. */
function isCut(element: Element): boolean {
  const box = element.getBoundingClientRect()
  if (box.left < -1 || box.right > innerWidth + 1) return true
  for (let around = element.parentElement; around; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around)
    if (/auto|scroll/.test(overflowY) && around.scrollHeight > around.clientHeight) return false
    const edge = around.getBoundingClientRect()
    const beside = box.left < edge.left - 1 || box.right > edge.right + 1
    const above = box.top < edge.top - 1 || box.bottom > edge.bottom + 1
    if ((/hidden|clip/.test(overflowX) && beside) || (/hidden|clip/.test(overflowY) && above))
      return true
  }
  return false
}

function hasCutWords(element: Element): boolean {
  if (!element.matches('button')) return false
  const { textOverflow } = getComputedStyle(element)
  const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element
  if (scrollHeight > clientHeight + 1) return true
  return textOverflow !== 'ellipsis' && scrollWidth > clientWidth + 1
}

function overlaps(seen: readonly Element[]): readonly string[] {
  return seen.flatMap((one, at) =>
    seen
      .slice(at + 1)
      .filter((other) => isOver(one, other))
      .map((other) => say(`lies over ${nameOf(other)}`)(one)),
  )
}

function isOver(one: Element, other: Element): boolean {
  if (one.contains(other) || other.contains(one)) return false
  if (one.closest(layers) !== other.closest(layers)) return false
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return wide > 1 && high > 1
}

function say(fault: string): (element: Element) => string {
  return (element) => `${nameOf(element)} ${fault}`
}

function nameOf(element: Element): string {
  const words = element.ariaLabel ?? element.textContent.trim().slice(0, 30)
  return `<${element.localName} class="${element.className}"> “${words}”`
}
