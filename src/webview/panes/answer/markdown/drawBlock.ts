// Elements for a block of Markdown: nothing but text in them, whatever a model says.

import { visibleLine, visibleParts } from '../../../../shared/text/visibleText.ts'
import { makeElement } from '../../../elements/makeElement.ts'
import { type Block, looks, type Run, type Runs } from './block.ts'

/** A text of the page, and where it begins in the source. */
export interface PlacedText {
  readonly node: Text
  readonly at: number
}

/** `placed` gets the texts, in order. `level`: that of a heading on the page; null where it is none there. */
export function drawBlock(
  block: Block,
  placed: PlacedText[],
  level: number | null = null,
): HTMLElement {
  switch (block.kind) {
    case 'paragraph':
      return withRuns(makeElement('p', ''), block.runs, placed)
    case 'heading': {
      const root = withRuns(makeElement('p', `heading level-${block.level}`), block.runs, placed)
      if (level !== null) root.setAttribute('role', 'heading')
      if (level !== null) root.ariaLevel = String(level)
      return root
    }
    case 'code':
      return drawCode(block.language, block.runs, placed)
    case 'quote': {
      const root = makeElement('blockquote', '')
      root.append(...block.blocks.map((inner) => drawBlock(inner, placed)))
      return root
    }
    case 'list':
      return drawList(block, placed)
    case 'table':
      return drawTable(block, placed)
    default:
      return makeElement('hr', '')
  }
}

/** A text that is no Markdown; characters that are not seen are told apart in so many parts. */
export function drawPlain(
  text: string,
  at: number,
  placed: PlacedText[],
  mostParts?: number,
): readonly Node[] {
  let from = at
  return visibleParts(text, mostParts).map(({ shown, hidden }) => {
    const node = document.createTextNode(hidden ?? shown)
    placed.push({ node, at: from })
    from += node.data.length
    return hidden === null ? node : drawUnseen(node, shown)
  })
}

/** A hidden character stands in the text as it came, so that a selection copies it; its sign is drawn beside it. */
function drawUnseen(node: Text, shown: string): HTMLElement {
  const root = makeElement('span', 'unseen')
  root.dataset.shown = shown
  root.title = 'Invisible characters'
  const inner = makeElement('span', '')
  inner.append(node)
  root.append(inner)
  return root
}

function drawCode(language: string, runs: Runs, placed: PlacedText[]): HTMLElement {
  const root = makeElement('pre', 'code')
  const code = makeElement('code', '')
  if (language !== '') root.dataset.language = visibleLine(language, 24)
  for (const { text, at } of runs) code.append(...drawPlain(text, at, placed))
  root.append(code)
  return root
}

function drawList(block: Block & { readonly kind: 'list' }, placed: PlacedText[]): HTMLElement {
  const root = makeElement(block.first === null ? 'ul' : 'ol', '')
  if (root instanceof HTMLOListElement && block.first !== null) root.start = block.first
  for (const { done, blocks } of block.items) {
    const item = makeElement('li', done === null ? '' : 'task')
    if (done !== null) {
      const box = makeElement('span', 'box')
      box.textContent = done ? '☑ ' : '☐ '
      item.append(box)
    }
    item.append(...blocks.map((inner) => drawBlock(inner, placed)))
    root.append(item)
  }
  return root
}

function drawTable(block: Block & { readonly kind: 'table' }, placed: PlacedText[]): HTMLElement {
  const root = makeElement('table', 'said')
  const drawn = block.rows.map((row, index) => {
    const line = makeElement('tr', '')
    row.forEach((runs, column) => {
      const cell = withRuns(makeElement(index === 0 ? 'th' : 'td', ''), runs, placed)
      cell.style.textAlign = block.aligns[column] ?? ''
      line.append(cell)
    })
    const missing = block.aligns.length - row.length
    if (missing > 0) {
      const rest = makeElement('td', '')
      rest.colSpan = missing
      line.append(rest)
    }
    return line
  })
  root.append(...drawn)
  // Scrolls by itself where it is wide.
  const frame = makeElement('div', 'table')
  frame.append(root)
  return frame
}

function withRuns(root: HTMLElement, runs: Runs, placed: PlacedText[]): HTMLElement {
  runs.forEach((run, index) => {
    root.append(...drawRun(run, placed))
    const { address } = run
    if (address !== undefined && runs[index + 1]?.address !== address)
      root.append(...drawAddress(address, run))
  })
  return root
}

/** From the innermost on. */
const elements = [
  { look: looks.code, name: 'code' },
  { look: looks.struck, name: 's' },
  { look: looks.emphasis, name: 'em' },
  { look: looks.strong, name: 'strong' },
] as const

function drawRun({ text, at, look, address }: Run, placed: PlacedText[]): readonly Node[] {
  let nodes = drawPlain(text, at, placed)
  const around = (root: HTMLElement) => {
    root.append(...nodes)
    nodes = [root]
  }
  for (const one of elements) if (look & one.look) around(makeElement(one.name, ''))
  if (address !== undefined) around(makeElement('span', 'linked'))
  return nodes
}

/** Told, as it is never opened: nothing that a model names is loaded. */
function drawAddress(address: string, { text }: Run): readonly Node[] {
  if (address === '' || address === text) return []
  const root = makeElement('span', 'address')
  root.textContent = ` (${visibleLine(address)})`
  return [root]
}
