// The parts of an answer as they are drawn: what has not changed keeps its elements while the text grows.

import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { makeElement } from '../../elements/makeElement.ts'
import type { AnswerPart, TextRange } from '../../model/answerText.ts'
import type { Block } from './markdown/block.ts'
import { drawBlock, drawPlain, type PlacedText } from './markdown/drawBlock.ts'
import { createGrowingBlocks } from './markdown/growingBlocks.ts'
import { layOutArguments } from './toolArguments.ts'

/** Beyond so many characters a text is plain: a page of so many elements would be slow. */
const markdownChars = 200_000

export interface DrawnPart {
  readonly root: HTMLElement
  /** `number`: of tool calls, from 1. `growing`: the stream is in it. */
  update(part: AnswerPart, number: number, growing: boolean): void
  /** Its texts in order of their places. */
  texts(): readonly PlacedText[]
}

export function createDrawnPart(kind: AnswerPart['kind']): DrawnPart {
  if (kind === 'tool') return createToolPart()
  return kind === 'reasoning' ? createReasoningPart() : createTextPart(kind)
}

interface DrawnBlock {
  readonly key: string
  readonly root: HTMLElement
  readonly texts: readonly PlacedText[]
}

function createBody(root: HTMLElement) {
  const growing = createGrowingBlocks()
  let drawn: readonly DrawnBlock[] = []
  let last = ''
  return {
    update(text: string, streams: boolean): void {
      const isGrowing = streams && text.length <= markdownChars
      const shown = `${text.length}${isGrowing}`
      if (shown === last) return
      last = shown
      const blocks = growing.update(text.slice(0, markdownChars), isGrowing)
      const levels = headingLevels(blocks)
      const next = blocks.map((block, index): DrawnBlock => {
        const key = `${block.kind} ${block.from} ${block.to} ${isGrowing && index >= blocks.length - 1}`
        const known = drawn[index]
        return known?.key === key ? known : drawNew(key, block, levels[index] ?? null)
      })
      const rest = text.slice(markdownChars)
      if (rest !== '') next.push(drawRest(rest))
      for (const [index, { root: one }] of next.entries())
        if (root.children[index] !== one) root.insertBefore(one, root.children[index] ?? null)
      while (root.children.length > next.length) root.lastElementChild?.remove()
      drawn = next
    },
    texts: () => drawn.flatMap(({ texts }) => texts),
  }
}

function drawNew(key: string, block: Block, level: number | null): DrawnBlock {
  const texts: PlacedText[] = []
  return { key, root: drawBlock(block, texts, level), texts }
}

/** The pane's own heading is of the second level, and none that follows leaves one out, whatever a model writes. */
function headingLevels(blocks: readonly Block[]): readonly (number | null)[] {
  let last = 2
  return blocks.map((block) => {
    if (block.kind !== 'heading') return null
    last = Math.min(6, block.level + 2, last + 1)
    return last
  })
}

function drawRest(text: string): DrawnBlock {
  const texts: PlacedText[] = []
  const root = makeElement('p', 'plain')
  root.append(...drawPlain(text, markdownChars, texts))
  return { key: 'rest', root, texts }
}

function createTextPart(kind: 'text' | 'refusal'): DrawnPart {
  const root = makeElement('div', `part ${kind}`)
  const body = makeElement('div', 'prose')
  if (kind === 'refusal') root.append(named('part-name', 'Refusal'))
  root.append(body)
  const drawn = createBody(body)
  return {
    root,
    update: ({ text }, _, growing) => drawn.update(text, growing),
    texts: drawn.texts,
  }
}

/** Folded, until the user opens it or a frame of it is selected. */
function createReasoningPart(): DrawnPart {
  const root = document.createElement('details')
  root.className = 'part reasoning'
  const summary = document.createElement('summary')
  const body = makeElement('div', 'prose')
  root.append(summary, body)
  const drawn = createBody(body)
  return {
    root,
    update({ text }, _, growing) {
      summary.textContent = `Reasoning${growing ? ' …' : ''} · ${formatCount(text.length)} characters`
      drawn.update(text, growing)
    },
    texts: drawn.texts,
  }
}

function createToolPart(): DrawnPart {
  const root = makeElement('div', 'part tool')
  const title = makeElement('span', 'part-name')
  const name = makeElement('span', 'tool-name')
  const body = makeElement('div', 'arguments')
  root.append(title, name, body)
  let texts: PlacedText[] = []
  let shown = -1
  return {
    root,
    update(part, number) {
      title.textContent = `tool call ${formatCount(number)}`
      name.textContent = visibleLine(part.name ?? '')
      if (shown === part.text.length) return
      shown = part.text.length
      texts = []
      const lines = layOutArguments(part.text.slice(0, markdownChars)).map(({ indent, run }) => {
        const line = makeElement('div', '')
        line.style.paddingLeft = `${indent * 2}ch`
        line.append(...drawPlain(run.text, run.at, texts))
        return line
      })
      root.classList.toggle('short', lines.length === 1)
      body.replaceChildren(...lines)
    },
    texts: () => texts,
  }
}

function named(className: string, text: string): HTMLElement {
  const root = makeElement('span', className)
  root.textContent = text
  return root
}

/** Where a part's range is drawn; null where it is not. */
export function domRange(texts: readonly PlacedText[], { from, to }: TextRange): Range | null {
  const first = placeOf(texts, from, true)
  const last = placeOf(texts, to, false)
  if (first === null || last === null) return null
  const range = document.createRange()
  range.setStart(first.node, first.offset)
  range.setEnd(last.node, last.offset)
  return range.collapsed ? null : range
}

/** `begins`: marks between two texts, which are not drawn, go with what follows. */
function placeOf(texts: readonly PlacedText[], at: number, begins: boolean) {
  let [from, to] = [0, texts.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const text = texts[middle] as PlacedText
    if (begins ? text.at + text.node.data.length > at : text.at >= at) to = middle
    else from = middle + 1
  }
  const text = texts[begins ? from : from - 1]
  if (text === undefined) return null
  return { node: text.node, offset: Math.min(Math.max(0, at - text.at), text.node.data.length) }
}
