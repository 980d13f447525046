// The keys of the comparison's table: one stop for Tab, and arrows from figure to figure.

const figures = 'button.figure'

/** Where the focus was last, for Tab to come back to. */
const lastOf = new WeakMap<HTMLTableElement, HTMLElement>()

/** For the table's `focusin`: Tab that comes to the table goes on to a figure, and leaves it at once the other way. */
export function enterFigures(event: FocusEvent): void {
  const table = event.currentTarget as HTMLTableElement
  if (event.target === table) {
    const last = lastOf.get(table)
    const figure = last?.isConnected ? last : table.querySelector<HTMLElement>(figures)
    figure?.focus()
    return
  }
  table.tabIndex = -1
  if (event.target instanceof HTMLElement) lastOf.set(table, event.target)
}

/** For the table's `focusout`. */
export function leaveFigures(event: FocusEvent): void {
  const table = event.currentTarget as HTMLTableElement
  const isInside = event.relatedTarget instanceof Node && table.contains(event.relatedTarget)
  if (!isInside) table.tabIndex = 0
}

/** For the table's `keydown`. */
export function stepFigures(event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event
  if (ctrlKey || metaKey || altKey || shiftKey || !(target instanceof HTMLElement)) return
  const next = neighbour(target, key)
  if (next === undefined) return
  event.preventDefault()
  next?.focus()
}

/** Null where there is none that way; undefined of other keys. */
function neighbour(from: HTMLElement, key: string): HTMLElement | null | undefined {
  const row = from.closest('tr')
  const beside = figuresIn(row)
  const at = beside.indexOf(from)
  switch (key) {
    case 'ArrowLeft':
      return beside[at - 1] ?? null
    case 'ArrowRight':
      return beside[at + 1] ?? null
    case 'Home':
      return beside[0] ?? null
    case 'End':
      return beside.at(-1) ?? null
    case 'ArrowUp':
    case 'ArrowDown':
      return inNextRow(
        from,
        row,
        key === 'ArrowUp' ? 'previousElementSibling' : 'nextElementSibling',
      )
    default:
      return undefined
  }
}

/** Of the same session, in the next row that has figures of it. */
function inNextRow(
  from: HTMLElement,
  row: Element | null,
  way: 'previousElementSibling' | 'nextElementSibling',
): HTMLElement | null {
  const column = from.closest('td')?.cellIndex ?? 0
  const at = figuresIn(from.closest('td')).indexOf(from)
  for (let next = row?.[way]; next; next = next[way]) {
    const found = figuresIn(next.children[column] ?? null)
    if (found.length > 0) return found[Math.min(at, found.length - 1)] ?? null
  }
  return null
}

function figuresIn(part: Element | null): readonly HTMLElement[] {
  return [...(part?.querySelectorAll<HTMLElement>(figures) ?? [])]
}
