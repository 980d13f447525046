// A selection in lines of which only those that are seen are drawn: its ends stay drawn, and all between them is copied.

export interface TextSelection {
  /** The lines in which it begins and ends. */
  readonly lines: readonly number[]
  listen(): void
  leave(): void
  /** Puts what is selected, as it stands in the text, on the clipboard. */
  copy(event: ClipboardEvent, text: string): void
}

interface Redrawn extends HTMLElement {
  requestUpdate(): void
}

/** `startOf`: the offset at which a line begins. */
export function createTextSelection(
  host: Redrawn,
  startOf: (line: number) => number,
): TextSelection {
  let lines: readonly number[] = []

  function handleChange(): void {
    const selection = getSelection()
    const ends =
      selection === null || selection.isCollapsed
        ? []
        : [selection.anchorNode, selection.focusNode].flatMap((node) => lineOf(host, node) ?? [])
    if (ends.length === lines.length && ends.every((line, i) => line === lines[i])) return
    lines = ends
    host.requestUpdate()
  }

  return {
    get lines() {
      return lines
    },
    listen: () => document.addEventListener('selectionchange', handleChange),
    leave: () => document.removeEventListener('selectionchange', handleChange),
    copy(event, text) {
      const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : undefined
      if (!range || range.collapsed || !event.clipboardData) return
      const offset = (node: Node, at: number) => offsetOf(host, node, at, startOf)
      const from = offset(range.startContainer, range.startOffset)
      const end = offset(range.endContainer, range.endOffset)
      // An end that is in no line is beyond them: all was selected.
      event.clipboardData.setData('text/plain', text.slice(from ?? 0, end ?? text.length))
      event.preventDefault()
    },
  }
}

function lineElement(host: HTMLElement, node: Node | null): HTMLElement | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null)
  const line = element?.closest<HTMLElement>('.text-line') ?? null
  return line && host.contains(line) ? line : null
}

function lineOf(host: HTMLElement, node: Node | null): number | null {
  const line = lineElement(host, node)
  return line && Number(line.dataset.line)
}

/** The offset in the text of a place in the page; null for one in no line. */
function offsetOf(
  host: HTMLElement,
  node: Node,
  at: number,
  startOf: (line: number) => number,
): number | null {
  const line = lineElement(host, node)
  const chars = line?.querySelector('.chars')
  if (!line || !chars) return null
  const start = startOf(Number(line.dataset.line))
  // In the number, or between the lines.
  if (!chars.contains(node)) return start
  const before = document.createRange()
  before.selectNodeContents(chars)
  before.setEnd(node, at)
  return start + before.toString().length
}
