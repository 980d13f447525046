// The parts of an answer as they are drawn: what has not changed keeps its elements while the text grows.

import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { makeElement } from '../../elements/makeElement.ts'
import type { AnswerPart, TextRange } from '../../model/answerText.ts'
import type { Block } from './markdown/block.ts'
import { drawBlock, drawPlain, type PlacedText } from './markdown/drawBlock.ts'
import { createGrowingBlocks } from './markdown/growingBlocks.ts'
import { layOutArguments } from './toolArguments.ts'

/** Beyond so many characters, or so many elements about, a text is plain: the page would be slow. */
const markdownChars = 200_000
const markdownElements = 24_000
/** A line may have so many elements by itself; each mark may begin another. */
const lineElements = 4
const mayBegin = /[\n*_`~[<>|&#+-]/g

/** Where a text becomes plain; the same however it goes on. */
function markdownEnd(text: string): number {
  let elements = 0
  for (const { 0: mark, index } of text.slice(0, markdownChars).matchAll(mayBegin)) {
    elements += mark === '\n' ? lineElements : 1
    if (elements > markdownElements) return index
  }
  return Math.min(text.length, markdownChars)
}

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
      const end = markdownEnd(text)
      const isGrowing = streams && text.length === end
      const shown = `${text.length}${isGrowing}`
      if (shown === last) return
      last = shown
      const blocks = growing.update(text.slice(0, end), isGrowing)
      const levels = headingLevels(blocks)
      const next = blocks.map((block, index): DrawnBlock => {
        const key = `${block.kind} ${block.from} ${block.to} ${isGrowing && index >= blocks.length - 1}`
        const known = drawn[index]
        return known?.key === key ? known : drawNew(key, block, levels[index] ?? null)
      })
      const rest = text.slice(end)
      if (rest !== '') next.push(drawRest(rest, end))
      place(root, next)
      drawn = next
    },
    texts: () => drawn.flatMap(({ texts }) => texts),
  }
}

/** By neighbours: a place in `children` is counted out anew after each change. */
function place(root: HTMLElement, blocks: readonly DrawnBlock[]): void {
  let there = root.firstElementChild
  for (const { root: one } of blocks) {
    if (there === one) there = one.nextElementSibling
    else root.insertBefore(one, there)
  }
  while (there !== null) {
    const next: Element | null = there.nextElementSibling
    there.remove()
    there = next
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

function drawRest(text: string, from: number): DrawnBlock {
  const texts: PlacedText[] = []
  const root = makeElement('p', 'plain')
  root.append(...drawPlain(text, from, texts))
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
      const lines = layOutArguments(part.text).map(({ indent, run }) => {
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
