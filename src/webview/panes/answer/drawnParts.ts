// The parts of an answer as they are drawn: what has not changed keeps its elements while the text grows.

import { shownLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine, wholePairs } from '../../../shared/text/visibleText.ts'
import { makeElement } from '../../elements/makeElement.ts'
import type { AnswerPart, TextRange } from '../../model/answerText.ts'
import { type ElementRoom, grantOf, measureMarkdown, unseenElements } from './elementRoom.ts'
import type { Block } from './markdown/block.ts'
import { drawBlock, drawPlain, type PlacedText } from './markdown/drawBlock.ts'
import { createGrowingBlocks } from './markdown/growingBlocks.ts'
import { layOutArguments, mostLines } from './toolArguments.ts'

export interface DrawnPart {
  readonly root: HTMLElement
  /** `number`: of tool calls, from 1. `growing`: the stream is in it. Takes its elements out of the room. */
  update(part: AnswerPart, number: number, growing: boolean, room: ElementRoom): void
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

/** For which text and grant it was measured. */
interface Measured {
  readonly length: number
  readonly grant: number
}

function createBody(root: HTMLElement) {
  const growing = createGrowingBlocks()
  let drawn: readonly DrawnBlock[] = []
  let last = ''
  let measured: (ReturnType<typeof measureMarkdown> & Measured) | null = null
  const rest = createRest()
  let restNodes = 0

  function draw(text: string, isGrowing: boolean, end: number, restParts: number): void {
    const blocks = growing.update(text.slice(0, end), isGrowing)
    const levels = headingLevels(blocks)
    const next = blocks.map((block, index): DrawnBlock => {
      const key = `${block.kind} ${block.from} ${block.to} ${isGrowing && index >= blocks.length - 1}`
      const known = drawn[index]
      return known?.key === key ? known : drawNew(key, block, levels[index] ?? null)
    })
    const plain = end === text.length ? null : rest.update(text, end, restParts)
    restNodes = plain?.texts.length ?? 0
    drawn = plain === null ? next : [...next, plain]
    place(root, drawn)
  }

  return {
    update(text: string, streams: boolean, room: ElementRoom): void {
      const grant = grantOf(room)
      if (measured?.length !== text.length || measured.grant !== grant)
        measured = { length: text.length, grant, ...measureMarkdown(text, grant) }
      const { end, elements } = measured
      const restParts = Math.min(
        shownLimits.textParts,
        Math.floor((grant - elements) / unseenElements),
      )
      const isGrowing = streams && text.length === end
      const shown = `${text.length} ${isGrowing} ${end} ${restParts}`
      room.left -= elements
      if (shown !== last) draw(text, isGrowing, end, restParts)
      last = shown
      room.left -= restNodes
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

/** To make its characters visible takes time: what stands before the last piece is not drawn again. */
const pieceChars = 20_000

/** What is plain, in pieces. */
function createRest() {
  const root = makeElement('p', 'plain')
  let pieces: readonly DrawnBlock[] = []
  return {
    /** Of `text` what stands behind `from`; its characters that are not seen in so many parts. */
    update(text: string, from: number, mostParts: number): DrawnBlock {
      const next: DrawnBlock[] = []
      let left = mostParts
      for (let at = from; at < text.length; ) {
        const words = wholePairs(text.slice(at, at + pieceChars + 1), pieceChars)
        const known = pieces[next.length]
        const key = `${at} ${words.length}`
        const piece = known?.key === key ? known : drawPiece(key, words, at, left)
        at += words.length
        if (piece !== known) {
          known?.root.remove()
          root.append(piece.root)
        }
        left = Math.max(0, left - piece.texts.length)
        next.push(piece)
      }
      for (const gone of pieces.slice(next.length)) gone.root.remove()
      pieces = next
      return { key: 'rest', root, texts: next.flatMap(({ texts }) => texts) }
    },
  }
}

function drawPiece(key: string, text: string, at: number, mostParts: number): DrawnBlock {
  const texts: PlacedText[] = []
  const root = makeElement('span', '')
  root.append(...drawPlain(text, at, texts, mostParts))
  return { key, root, texts }
}

function createTextPart(kind: 'text' | 'refusal'): DrawnPart {
  const root = makeElement('div', `part ${kind}`)
  const body = makeElement('div', 'prose')
  if (kind === 'refusal') root.append(named('part-name', 'Refusal'))
  root.append(body)
  const drawn = createBody(body)
  return {
    root,
    update: ({ text }, _, growing, room) => drawn.update(text, growing, room),
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
    update({ text }, _, growing, room) {
      summary.textContent = `Reasoning${growing ? ' …' : ''} · ${formatCount(text.length)} characters`
      drawn.update(text, growing, room)
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
  let shown = ''
  let elements = 0

  function draw(json: string, grant: number): void {
    texts = []
    elements = 0
    const lines = layOutArguments(json, Math.min(mostLines, grant)).map(({ indent, run }) => {
      const line = makeElement('div', '')
      line.style.paddingLeft = `${indent * 2}ch`
      const left = Math.floor((grant - elements) / unseenElements)
      const nodes = drawPlain(run.text, run.at, texts, Math.min(shownLimits.textParts, left))
      elements += nodes.length
      line.append(...nodes)
      return line
    })
    root.classList.toggle('short', lines.length === 1)
    body.replaceChildren(...lines)
  }

  return {
    root,
    update(part, number, _, room) {
      title.textContent = `tool call ${formatCount(number)}`
      name.textContent = visibleLine(part.name ?? '')
      const grant = grantOf(room)
      const now = `${part.text.length} ${grant}`
      if (now !== shown) draw(part.text, grant)
      shown = now
      room.left -= elements
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
