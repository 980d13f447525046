// One element of the pool: made once, and painted with one row after another.

import type { LabelPart } from '../../shared/frame/label.ts'
import { columnsOf } from '../../shared/text/textColumns.ts'
import { formatCount } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { codicon } from '../elements/codicon.ts'
import { makeElement } from '../elements/makeElement.ts'
import type { AnswerPart } from './answerBars.ts'
import { barLength } from './barLength.ts'
import { type DrawnPart, drawnParts } from './drawnParts.ts'
import { createFindingFlag, paintedFinding } from './findingFlag.ts'
import type { PairPart } from './pairs.ts'
import { createRateGraph } from './rateGraph.ts'
import type { TimeWeight } from './rowTime.ts'
import type { RowView } from './rowView.ts'
import { type FrameMarks, spokenMarks } from './spokenMarks.ts'

/** What the rows around it and the selection add to a row. */
export interface RowContext extends FrameMarks {
  readonly index: number
  readonly selected: boolean
  /** The keys act on it, and the detail is of it. */
  readonly active: boolean
  /** The part of a server-side hold that this row shows. */
  readonly hold: 'none' | 'begins' | 'passes' | 'ends'
  /** The part of a model's answer that this row shows. */
  readonly answer: AnswerPart | null
  /** The part of a bracket between a frame and its answer. */
  readonly pair: PairPart | null
  readonly weight: TimeWeight
  /** The text that a filter looks for; empty without one. */
  readonly sought: readonly string[]
  /** Characters of the label that are seen; only told where something is sought. */
  readonly room: number
  /** It is among what is sought. */
  readonly match: boolean
}

export interface RowElement {
  readonly root: HTMLElement
  /** Null paints a row that has not been read yet. */
  paint(view: RowView | null, context: RowContext): void
  move(offsetPx: number): void
  /** Nothing of it is cut, or what is cut comes behind these words. */
  shows(words: string): boolean
}

/** `id` is what `aria-activedescendant` names. */
export function createRowElement(id: string): RowElement {
  const root = makeElement('div', 'row')
  root.id = id
  root.setAttribute('role', 'row')
  const since = cell('since')
  const lane = cell('lane')
  const mark = makeElement('i', 'fold-mark')
  mark.ariaHidden = 'true'
  const text = makeElement('span', 'text')
  const after = makeElement('span', 'after')
  const link = makeElement('span', 'lane-link')
  const remark = makeElement('span', 'remark')
  const line = makeElement('span', 'line')
  const bars = ['wait-bar', 'hold-track', 'hold-bar'].map((name) => makeElement('i', name))
  const note = cell('note')
  const graph = createRateGraph()
  lane.append(mark, text, after, remark, link, graph.root, line, ...bars)
  const pair = makeElement('i', 'pair')
  pair.ariaHidden = 'true'
  const bookmark = codicon('bookmark')
  bookmark.classList.add('bookmark')
  const flag = createFindingFlag()
  root.append(since, lane, note, pair, bookmark, flag.root)
  let painted = ''

  function paint(view: RowView | null, context: RowContext): void {
    const classes = ['row']
    if (view) {
      classes.push(`shape-${view.shape}`, `ink-${view.ink}`, `tone-${view.tone}`)
      if (view.dotted) classes.push('dotted')
      if (view.wire) classes.push('wire')
      if (view.isPoll) classes.push('poll')
      if (view.isFirst) classes.push('first')
      if (view.hold !== null) classes.push(`held-${view.hold}`)
    } else {
      classes.push('loading')
    }
    if (context.selected) classes.push('selected')
    if (context.active) classes.push('active')
    if (context.match) classes.push('match')
    if (context.bookmark !== null) classes.push('marked')
    if (context.finding !== null) classes.push('flagged')
    if (context.weight !== 'usual') classes.push(`time-${context.weight}`)
    if (context.hold !== 'none') classes.push(`hold-${context.hold}`)
    classes.push(...answerClasses(context.answer), ...pairClasses(context.pair))
    const className = classes.join(' ')
    const key = `${context.index} ${className} ${view?.since} ${view?.expanded} ${view?.label} ${view?.after} ${view?.words.map(paintedPart).join('')} ${context.room} ${context.sought.join('\n')} ${context.bookmark} ${context.pair?.leadsTo} ${paintedFinding(context.finding)}`
    if (key === painted) return
    painted = key
    root.className = className
    root.ariaRowIndex = String(context.index + 1)
    root.ariaSelected = String(context.selected)
    root.ariaLabel = spokenLabel(view, context)
    // Rows of a grid have no such state, cells do.
    lane.ariaExpanded = view === null || view.expanded === null ? null : String(view.expanded)
    setText(since, view?.since ?? '')
    mark.className = markClass(view?.expanded ?? null)
    text.replaceChildren(
      ...drawnParts(view?.words ?? [], context.sought, context.room).map(partNode),
    )
    setText(after, view?.after ?? '')
    setText(remark, visibleLine(context.bookmark ?? ''))
    remark.title = remark.textContent
    setText(link, view?.link ?? '')
    setText(note, view?.note ?? '')
    graph.paint(view?.rate ?? null)
    root.style.setProperty('--lasts', `${barLength(view?.lastsMs ?? 0)}px`)
    showPair(pair, context.pair)
    flag.paint(context.finding)
  }

  return {
    root,
    paint,
    shows: (words) => text.scrollWidth <= text.clientWidth || seenText(text).includes(words),
    move: (offsetPx) => {
      root.style.transform = `translateY(${offsetPx}px)`
    },
  }
}

/** What is drawn of a part, as text. */
function paintedPart({ text, quiet }: LabelPart): string {
  return quiet ? `\0${text}` : text
}

function answerClasses(answer: AnswerPart | null): readonly string[] {
  if (answer === null) return []
  const { how, begins, ends } = answer
  const more = [begins ? 'answer-begins' : '', ends ? 'answer-ends' : '']
  return [`answer-${how}`, ...more.filter((name) => name !== '')]
}

function pairClasses(pair: PairPart | null): readonly string[] {
  if (pair === null) return []
  const { part, look, failed, partner } = pair
  const more = [failed ? 'pair-failed' : '', partner ? 'pair-partner' : '']
  return [`pair-${part}`, `pair-${look}`, ...more.filter((name) => name !== '')]
}

/** A click on it leads to its pair. */
function showPair(element: HTMLElement, pair: PairPart | null): void {
  if (pair === null) return
  element.dataset.leadsTo = String(pair.leadsTo)
  const name = `#${formatCount(pair.leadsTo)}`
  element.title =
    pair.look === 'chosen' ? `The selected frame and ${name}, its pair` : `Pairs with ${name}`
}

/** A screen reader tells the row, not its cells. */
function spokenLabel(view: RowView | null, marks: FrameMarks): string {
  if (view === null) return 'Loading'
  const fold = view.expanded === null ? '' : `, ${view.expanded ? 'unfolded' : 'folded'}`
  return `${view.label}${fold}${spokenMarks(marks)}`
}

/** Of a folded run, and of the first row of one that was opened. A decoder's `▸ call` has a mark of its own. */
function markClass(expanded: boolean | null): string {
  return expanded === null
    ? 'fold-mark'
    : `fold-mark codicon codicon-chevron-${expanded ? 'down' : 'right'}`
}

function cell(className: string): HTMLElement {
  const made = makeElement('span', className)
  made.setAttribute('role', 'gridcell')
  return made
}

export function partNode({ text, quiet, hit, fixed }: DrawnPart): Node {
  if (!quiet && !hit && !fixed) return document.createTextNode(text)
  const node = makeElement(hit ? 'mark' : 'span', hit ? 'hit' : quiet ? 'quiet' : '')
  if (fixed) {
    node.classList.add('fixed')
    node.style.width = `${columnsOf(text)}ch`
  }
  node.textContent = text
  return node
}

/** Its letters have one width. */
function seenText({ textContent, scrollWidth, clientWidth }: HTMLElement): string {
  const letterPx = scrollWidth / textContent.length
  // The last one that is seen is an ellipsis.
  return textContent.slice(0, Math.floor(clientWidth / letterPx) - 1)
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text
}
