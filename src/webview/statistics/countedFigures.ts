// The figures that count by reason, by code and by type, in words.

import { describeCloseCode } from '../../shared/frame/closeCodes.ts'
import { errorCodes, isErrorCode } from '../../shared/frame/errorCodes.ts'
import type { Direction } from '../../shared/frame/frame.ts'
import type { Counted, EndCause, Numbers, TypeNumbers } from '../../shared/session/numbers.ts'
import { formatCount, formatSize } from '../../shared/text/units.ts'
import { type FigureRow, type FigureTable, formatSpan, none } from './figureTable.ts'

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
    givesWay: 2,
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
  }
}
