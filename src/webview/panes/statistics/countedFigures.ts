// The figures that count by reason, by code and by type, in words.

import type { FilterTest } from '../../../shared/filter/filterNode.ts'
import { formatFilter } from '../../../shared/filter/formatFilter.ts'
import { describeCloseCode } from '../../../shared/frame/closeCodes.ts'
import { errorCodes, isErrorCode } from '../../../shared/frame/errorCodes.ts'
import type { Direction, FrameKind } from '../../../shared/frame/frame.ts'
import type { NamedNumbers } from '../../../shared/session/decodedNumbers.ts'
import type { Counted, EndCause, Numbers, TypeNumbers } from '../../../shared/session/numbers.ts'
import { formatCount, formatSize, formatSpan } from '../../../shared/text/units.ts'
import { type Figure, type FigureRow, type FigureTable, none } from './figureTable.ts'

export function endRows(ends: readonly Counted<EndCause>[]): readonly FigureRow[] {
  return ends.map((end) => countedRow(endWords(end.what), end, meaningOf(end.what)))
}

export function errorRows(errors: readonly Counted<string>[]): readonly FigureRow[] {
  return errors.map((error) => countedRow(error.what, error, codeMeaning(error.what)))
}

/** The name of what is counted, its count, and the newest frame of it. */
function countedRow(
  name: string,
  { count, seq }: Counted<unknown>,
  title: string | undefined,
): FigureRow {
  return {
    name,
    ...(title !== undefined && { title }),
    cells: [{ text: formatCount(count) }, { text: `#${formatCount(seq)}`, seq }],
  }
}

const sessionEnds: Readonly<Record<Extract<EndCause, { kind: 'end' }>['by'], string>> = {
  user: 'Disconnected',
  server: 'Ended by the server',
  error: 'Given up',
  limit: 'Ended by a limit',
}

function endWords(cause: EndCause): string {
  switch (cause.kind) {
    case 'close': {
      const who = cause.by === 'server' ? 'The server' : 'The client'
      return `${who} closed: ${cause.code} (${describeCloseCode(cause.code)})`
    }
    case 'error':
      return cause.code
    case 'status':
      return `Answered with ${cause.status}`
    case 'next':
      return 'The next one followed'
    case 'end':
      return sessionEnds[cause.by]
  }
}

function meaningOf(cause: EndCause): string | undefined {
  return cause.kind === 'error' ? codeMeaning(cause.code) : undefined
}

function codeMeaning(code: string): string | undefined {
  return isErrorCode(code) ? errorCodes[code].meaning : undefined
}

/** What was asked and told by name, with the time to the answers. */
export function decodedTable(names: readonly NamedNumbers[]): FigureTable {
  return {
    name: 'Calls',
    columns: ['Calls', 'Count', 'Failed', 'No answer', 'p50', 'p95', 'p99', 'Most'],
    givesWay: [5, 6],
    few: 8,
    rows: names.map(decodedRow),
  }
}

function decodedRow(one: NamedNumbers): FigureRow {
  const { protocol, name, count, failed, unanswered, answered } = one
  const times: readonly Figure[] =
    answered === null
      ? [{ text: none }, { text: none }, { text: none }, { text: none }]
      : [
          { text: formatSpan(answered.p50) },
          { text: formatSpan(answered.p95) },
          { text: formatSpan(answered.p99) },
          { text: formatSpan(answered.most), seq: answered.mostSeq },
        ]
  return {
    name,
    title: protocol,
    cells: [
      { text: formatCount(count) },
      { text: formatCount(failed) },
      { text: formatCount(unanswered) },
      ...times,
    ],
    filter: formatFilter({ kind: 'name', field: 'name', names: [[name]] }),
  }
}

const arrows: Readonly<Record<Direction, string>> = { in: '←', out: '→', local: '·' }
const directionWords: Readonly<Record<Direction, string>> = {
  in: 'received',
  out: 'sent',
  local: 'on this side',
}

export function typeTable({ types }: Pick<Numbers, 'types'>): FigureTable {
  return {
    name: 'Kinds and types',
    columns: ['Kinds and types', 'Frames', 'Payload', 'Size p50', 'Every p50'],
    givesWay: [2],
    few: 8,
    // What is on this side alone is no traffic; errors have their own table.
    rows: types.filter(({ direction }) => direction !== 'local').map(typeRow),
  }
}

function typeRow(one: TypeNumbers): FigureRow {
  const { kind, direction, type, others, frames, bytes, sizes, gaps } = one
  const name = type ?? (others ? 'others' : '')
  return {
    name: `${arrows[direction]} ${kind} ${name}`.trimEnd(),
    title: `${kind} ${name}, ${directionWords[direction]}`.replace(' ,', ','),
    cells: [
      { text: formatCount(frames) },
      { text: formatSize(bytes) },
      { text: sizes === null ? none : formatSize(sizes.p50) },
      { text: gaps === null ? none : formatSpan(gaps.p50) },
    ],
    ...(others === undefined && { filter: filterOf(one) }),
  }
}

/** A filter that shows just these frames; methods of requests it cannot tell apart. */
function filterOf({ kind, direction, type }: TypeNumbers): string {
  const parts: FilterTest[] = [
    { kind: 'name', field: 'dir', names: [[direction]] },
    { kind: 'name', field: 'kind', names: [[kind]] },
  ]
  if (type !== null && typedKinds.has(kind))
    parts.push({ kind: 'name', field: 'type', names: [[type]] })
  if (type !== null && kind === 'response') {
    const status = Number(type)
    parts.push({
      kind: 'number',
      field: 'status',
      ranges: [[{ is: '=', value: status }]],
      written: `:${type}`,
    })
  }
  return formatFilter({ kind: 'and', parts })
}

const typedKinds: ReadonlySet<FrameKind> = new Set(['event', 'message', 'record'])
