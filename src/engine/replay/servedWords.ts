// The words for what is served: the list of a script, and each turn as it is taken.

import { padColumns } from '../../shared/text/textColumns.ts'
import { formatCount, formatDelay } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { Route, Script, StreamFormat, Turn } from './script/script.ts'

const formats: Readonly<Record<StreamFormat, string>> = {
  sse: 'SSE',
  ndjson: 'NDJSON',
  'json-seq': 'JSON text sequence',
  'json-array': 'JSON array',
  text: 'text stream',
  multipart: 'multipart stream',
}

export interface TurnPlace {
  /** From 1. */
  readonly number: number
  readonly of: number
  /** The last event that the client has; empty where it names none. */
  readonly behind: string
}

/** `answer 3 of 40, after 25 s`, `stream 1 of 2, behind event 42`. */
export function turnWords(turn: Turn, { number, of, behind }: TurnPlace): string {
  const heldMs = turn.holdMs >= 1000 ? `, recorded after ${formatDelay(turn.holdMs)}` : ''
  const after = behind === '' ? '' : `, behind event ${visibleLine(behind, 100)}`
  return `${turn.kind} ${number} of ${of}${heldMs}${after}`
}

/** A line for each route: `GET  /poll  short polling  40 answers`. */
export function routeLines({ routes }: Script): readonly string[] {
  const cells = routes.map(({ method, path, turns }) => [
    visibleLine(method, 20),
    visibleLine(path, 200),
    sortOf(turns),
    countsOf(turns),
  ])
  const widths = [0, 1, 2].map((column) =>
    Math.min(60, Math.max(0, ...cells.map((row) => (row[column] ?? '').length))),
  )
  return cells.map((row) =>
    row.map((cell, column) => padColumns(cell, widths[column] ?? 0)).join('  '),
  )
}

/** Sentences about what is served otherwise than it came. */
export function flawLines({ flaws }: Script): readonly string[] {
  const { cut, hidden, unanswered, leftOut } = flaws
  return [
    ...(cut > 0
      ? [`Recorded in part: ${counted(cut, 'payload')}, which are served as far as they were kept.`]
      : []),
    ...(hidden > 0
      ? [`Hidden credentials: references stand in their place in ${counted(hidden, 'frame')}.`]
      : []),
    ...(unanswered > 0
      ? [`Left out: ${counted(unanswered, 'request')} without a recorded answer.`]
      : []),
    ...(leftOut > 0 ? [`Left out: ${counted(leftOut, 'frame')} beyond what a replay keeps.`] : []),
  ]
}

function sortOf(turns: Route['turns']): string {
  for (const turn of turns) {
    if (turn.kind === 'conversation') return 'WebSocket'
    if (turn.kind === 'stream') return formats[turn.format]
  }
  const sorts = turns.map((turn) => (turn.kind === 'answer' ? turn.sort : 'request'))
  if (sorts.includes('long-poll')) return 'long polling'
  return sorts.includes('poll') ? 'short polling' : 'requests'
}

function countsOf(turns: Route['turns']): string {
  let [answers, streams, items, conversations, messages] = [0, 0, 0, 0, 0]
  for (const turn of turns) {
    if (turn.kind === 'answer') answers++
    else if (turn.kind === 'stream') {
      streams++
      items += turn.items.filter(
        ({ what }) => what.kind === 'event' || what.kind === 'record',
      ).length
    } else {
      conversations++
      messages += turn.messages.filter(({ what }) => 'seq' in what).length
    }
  }
  return [
    ...(answers > 0 ? [counted(answers, 'answer')] : []),
    ...(streams > 0 ? [counted(streams, 'stream'), counted(items, 'item')] : []),
    ...(conversations > 0
      ? [counted(conversations, 'conversation'), counted(messages, 'message')]
      : []),
  ].join(', ')
}

function counted(count: number, name: string): string {
  return `${formatCount(count)} ${name}${count === 1 ? '' : 's'}`
}
