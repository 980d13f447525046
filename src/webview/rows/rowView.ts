// One row in words and named shapes: a pure function of the frame and the row before it.

import type { Method } from '../../shared/endpoint/endpoint.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import { describe, dottedKinds } from '../../shared/frame/describe.ts'
import { type Frame, isWireKind } from '../../shared/frame/frame.ts'
import { answeredAfterMs } from '../../shared/frame/httpDetail.ts'
import { type Label, labelText } from '../../shared/frame/label.ts'
import { type ShownCells, shownLabel } from '../../shared/frame/shownFields.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { Pending } from '../../shared/session/sessionState.ts'
import { type Unfinished, unfinishedText } from '../../shared/session/unfinished.ts'
import { formatClock, formatCount, formatDelay, formatRunning } from '../../shared/text/units.ts'
import type { FirstAfter } from '../model/firstAfter.ts'
import { foldView, gapView } from './foldView.ts'
import { type CountedFrom, timeText } from './rowTime.ts'
import { columnLabel, type ShownColumns } from './shownColumns.ts'

/** How the row is drawn between the two lifelines. */
export type RowShape = 'out' | 'in' | 'broken' | 'wait' | 'notice' | 'end' | 'fold' | 'gap'

/** Its colour. A shape, a dash or words always say the same as the colour. */
export type RowInk = 'out' | 'in' | 'binary' | 'muted' | 'warning' | 'error'

export interface RowView {
  /** The row's time in the words of `timeText`. */
  readonly since: string
  readonly text: string
  /** `after 3.4 ms`: when a request was answered, behind the text; empty where the time since the row before says it. */
  readonly after: string
  /** What is drawn of the text, in parts. */
  readonly words: Label
  /** `first frame after 12 ms`, which leads to it; mostly empty. */
  readonly link: string
  readonly note: string
  /** How long the server held what this row ends, or Lifeline waits in it, in ms: drawn as a bar. */
  readonly lastsMs: number | null
  readonly tone: 'normal' | 'muted' | 'warning' | 'error'
  readonly shape: RowShape
  readonly ink: RowInk
  /** Control frames and comments are dotted. */
  readonly dotted: boolean
  /** Whether it stands for a folded run, or begins one that was opened; null for all other rows. */
  readonly expanded: boolean | null
  /** Frames by time, each bin as wide, drawn as a tiny graph; null for most rows. */
  readonly rate: readonly number[] | null
  /** A row of the wire layer is lighter and thinner than others. */
  readonly wire: boolean
  /** A poll's request, one of many: its arrow is as pale as that of what comes. */
  readonly isPoll: boolean
  /** The first of its kind: its arrow is as clear as that of what was sent. */
  readonly isFirst: boolean
  /** A tap holds it, or it tells what the user has decided about what was held; null for all other rows. */
  readonly hold: 'waits' | 'decided' | null
  /** The whole row as a sentence, for screen readers. */
  readonly label: string
}

/**
 * The view of a recorded row. `from`: what its time counts from. `firstAfter`: what came first after a companion
 * request. `said`: what a model said in a folded burst, or that its answer was cut here.
 */
export function rowView(
  row: Row,
  from: CountedFrom,
  firstAfter: FirstAfter | null = null,
  fields: FieldColumns | null = null,
  said: string | null = null,
): RowView {
  const { frame, preview, fold, gapMs, decoded, label, shown } = row
  if (gapMs !== undefined) return gapView(row, gapMs)
  if (fold && !fold.open) return foldView(row, fold, from, said)
  const described = describe(frame, preview, decoded, label)
  const note = noteOf(frame, described.note)
  const tone = said === null ? described.tone : 'error'
  const { text, words } = withSaid(
    said,
    shown && fields
      ? shownWords(fields, frame.seq, shown)
      : { text: described.text, words: described.label },
  )
  const shape = shapeOf(frame)
  const after = answeredAfter(frame)
  const view = {
    since: timeText(frame, from),
    text,
    words,
    after: after === null || saysAlso(frame, from, after) ? '' : `after ${formatDelay(after)}`,
    link: firstAfter === null ? '' : `first frame after ${formatDelay(firstAfter.afterMs)}`,
    note,
    lastsMs: frame.kind === 'wait' ? frame.detail.delayMs : holdMs(frame),
    tone,
    shape,
    ink: inkOf(frame, tone),
    dotted: dottedKinds.has(frame.kind),
    expanded: fold?.firstSeq === frame.seq ? true : null,
    rate: null,
    wire: isWireKind(frame.kind),
    isPoll: isPoll(frame),
    isFirst: row.isFirst ?? false,
    hold: holdCodes.has(frame.code) ? ('decided' as const) : null,
  }
  return { ...view, label: labelOf(frame, view, after) }
}

/** In a tap, which has many connections, a request says which is its: the words of a handshake say that it is one. */
function noteOf(frame: Frame, note: string): string {
  if (frame.kind !== 'request' || frame.detail.client === undefined) return note
  const connection = `#${formatCount(frame.connection)}`
  return frame.detail.purpose === 'handshake' ? connection : `${connection} · ${note}`
}

/** Of notices. */
const holdCodes: ReadonlySet<Frame['code']> = new Set(['tap-held', 'tap-changed', 'tap-dropped'])

/** The fields that rows show, with the room for each. */
export interface FieldColumns {
  readonly names: readonly string[]
  readonly columns: ShownColumns
  /** By the number of a frame, the cells of the row above that is of its kind. */
  readonly above: ReadonlyMap<number, ShownCells>
}

function shownWords({ names, columns, above }: FieldColumns, seq: number, shown: ShownCells) {
  return {
    text: labelText(shownLabel(names, shown)),
    words: columnLabel(columns, shown, above.get(seq)),
  }
}

/** Before what is cut where there is no room. */
function withSaid(said: string | null, view: Pick<RowView, 'text' | 'words'>) {
  if (said === null) return view
  return { text: `${said} · ${view.text}`, words: [{ text: `${said} · ` }, ...view.words] }
}

function isPoll({ kind, detail }: Frame): boolean {
  return kind === 'request' && (detail.purpose === 'poll' || detail.purpose === 'long-poll')
}

/** How long the server held a long poll; null when there is nothing to draw a bar for. */
export function holdMs(frame: Frame): number | null {
  if (frame.kind !== 'response' || frame.detail.purpose !== 'long-poll') return null
  return frame.replyTo === null ? null : (frame.detail.holdMs ?? null)
}

/** The live row's text while something comes that is not complete. */
export function unfinishedRowText(unfinished: Unfinished, now: number): string {
  return `[${unfinishedText(unfinished)} · ${formatRunning(Math.max(0, now - unfinished.since))}]`
}

/** The live row's text: what is being waited for at `now` (epoch ms). */
export function pendingText(pending: Pending, method: Method, now: number): string {
  const forMs = Math.max(0, now - pending.since)
  if (pending.kind !== 'answer') {
    const next = pending.kind === 'poll' ? 'next request' : 'next attempt'
    if (pending.until === undefined) return `waits for the ${next}`
    return `${next} in ${formatRunning(Math.max(0, pending.until - now))}`
  }
  const what = methods[method].holds ? 'data' : 'an answer'
  return `[waits for ${what} · ${formatRunning(forMs)}]`
}

function shapeOf(frame: Frame): RowShape {
  switch (frame.kind) {
    case 'error':
      return 'broken'
    case 'wait':
      return 'wait'
    case 'notice':
      return 'notice'
    case 'end':
      return 'end'
    default:
      return frame.direction === 'local' ? 'notice' : frame.direction
  }
}

function inkOf(frame: Frame, tone: RowView['tone']): RowInk {
  if (tone === 'error' || tone === 'warning') return tone
  if (tone === 'muted') return 'muted'
  if (frame.kind === 'message' && frame.detail.type === 'binary') return 'binary'
  return frame.direction === 'local' ? 'muted' : frame.direction
}

/** How long the answer took, of a long poll how long the server held it; null for other frames. */
function answeredAfter(frame: Frame): number | null {
  const ms = frame.kind === 'response' ? answeredAfterMs(frame.detail.timings) : undefined
  return holdMs(frame) ?? ms ?? null
}

/** Whether the row's time is about the same, which nobody needs to read twice. */
function saysAlso({ at }: Frame, from: CountedFrom, afterMs: number): boolean {
  if (typeof from !== 'number') return false
  return Math.abs(at - from - afterMs) <= Math.max(0.2, afterMs / 10)
}

const directionWords = { out: 'sent', in: 'received', local: 'Lifeline' } as const

function labelOf(frame: Frame, view: Omit<RowView, 'label'>, after: number | null): string {
  const parts = [
    `#${formatCount(frame.seq)}`,
    formatClock(frame.at),
    directionWords[frame.direction],
    view.text,
    after === null ? '' : `${holdMs(frame) === null ? 'after' : 'held for'} ${formatDelay(after)}`,
    view.link,
    view.note,
  ]
  return parts.filter((part) => part !== '').join(', ')
}
