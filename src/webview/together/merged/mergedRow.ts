// One element of the merged list's pool: time, session, way, words and size of a frame.

import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { codicon } from '../../elements/codicon.ts'
import { makeElement } from '../../elements/makeElement.ts'
import { drawnParts } from '../../rows/drawnParts.ts'
import { createFindingFlag, paintedFinding } from '../../rows/findingFlag.ts'
import { partNode } from '../../rows/rowElement.ts'
import type { TimeWeight } from '../../rows/rowTime.ts'
import type { RowShape, RowView } from '../../rows/rowView.ts'
import { type FrameMarks, spokenMarks } from '../../rows/spokenMarks.ts'
import { createSessionCell } from './laneSign.ts'

/** What a row shows beside its own view. */
export interface MergedContext extends FrameMarks {
  readonly index: number
  readonly lane: number
  /** Of its session. */
  readonly name: string
  readonly weight: TimeWeight
  readonly selected: boolean
  readonly active: boolean
  /** The text that a filter looks for. */
  readonly sought: readonly string[]
  /** Characters of the words that are seen. */
  readonly room: number
}

export interface MergedRowElement {
  readonly root: HTMLElement
  /** Null paints a row that has not been read yet. */
  paint(view: RowView | null, context: MergedContext): void
  move(offsetPx: number): void
}

/** As the arrows between the lifelines: each has a shape of its own. */
const ways: Readonly<Record<RowShape, string>> = {
  out: '→',
  in: '←',
  // Its words begin with a sign.
  broken: '',
  wait: '⋯',
  notice: '·',
  end: '■',
  fold: '·',
  gap: '·',
}

/** `id` is what `aria-activedescendant` names. */
export function createMergedRow(id: string): MergedRowElement {
  const root = makeElement('div', 'row')
  root.id = id
  root.setAttribute('role', 'row')
  const since = cell('since')
  const session = createSessionCell()
  const way = cell('way')
  const words = cell('lane')
  const text = makeElement('span', 'text')
  const after = makeElement('span', 'after')
  const remark = makeElement('span', 'remark')
  words.append(text, after, remark)
  const note = cell('note')
  const bookmark = codicon('bookmark')
  bookmark.classList.add('bookmark')
  const flag = createFindingFlag()
  root.append(since, session.root, way, words, note, bookmark, flag.root)
  let painted = ''

  function paint(view: RowView | null, context: MergedContext): void {
    const { index, lane, name, selected, sought, room, bookmark: mark, finding } = context
    const className = classesOf(view, context).join(' ')
    const key = `${index} ${lane} ${name}\n${className} ${view?.since} ${view?.label} ${room} ${sought.join('\n')} ${mark} ${paintedFinding(finding)}`
    if (key === painted) return
    painted = key
    root.className = className
    root.ariaRowIndex = String(index + 1)
    root.ariaSelected = String(selected)
    root.ariaLabel = spokenLabel(view, context)
    since.textContent = view?.since ?? ''
    session.root.hidden = view === null
    if (view) session.paint(lane, name)
    way.textContent = view ? ways[view.shape] : ''
    text.replaceChildren(...drawnParts(view?.words ?? [], sought, room).map(partNode))
    after.textContent = view?.after ?? ''
    remark.textContent = visibleLine(mark ?? '')
    remark.title = remark.textContent
    note.textContent = view?.note ?? ''
    flag.paint(finding)
  }

  return {
    root,
    paint,
    move: (offsetPx) => {
      root.style.transform = `translateY(${offsetPx}px)`
    },
  }
}

function classesOf(
  view: RowView | null,
  { selected, active, bookmark, finding, weight }: MergedContext,
): readonly string[] {
  return [
    'row',
    ...(view ? [`shape-${view.shape}`, `ink-${view.ink}`, `tone-${view.tone}`] : ['loading']),
    ...(view?.wire ? ['wire'] : []),
    ...(selected ? ['selected'] : []),
    ...(active ? ['active'] : []),
    ...(bookmark === null ? [] : ['marked']),
    ...(finding === null ? [] : ['flagged']),
    ...(weight === 'usual' ? [] : [`time-${weight}`]),
  ]
}

/** A screen reader tells the row, not its cells. */
function spokenLabel(view: RowView | null, context: MergedContext): string {
  const { name, index } = context
  if (view === null) return `Row ${formatCount(index + 1)}, loading`
  return `${name}, ${view.label}${spokenMarks(context)}`
}

function cell(className: string): HTMLElement {
  const made = makeElement('span', className)
  made.setAttribute('role', 'gridcell')
  return made
}
