// The figures of a session in words: what crossed, how it spread, why connections ended, what types there were.

import type { DecodedNumbers } from '../../../shared/session/decodedNumbers.ts'
import type {
  Distribution,
  Numbers,
  RoundTripKind,
  WayNumbers,
} from '../../../shared/session/numbers.ts'
import {
  formatCount,
  formatRate,
  formatSize,
  formatSpan,
  formatTimes,
} from '../../../shared/text/units.ts'
import { decodedTable, endRows, errorRows, typeTable } from './countedFigures.ts'
import { type FigureRow, type FigureTable, formatShare, none } from './figureTable.ts'

/** What stands above all: `2 min 14 s · 12,494 frames · 3 connections`. */
export function summaryOf({ frames, firstAt, lastAt, connections }: Numbers): string {
  if (firstAt === null || lastAt === null) return 'No frames'
  const parts = [
    formatSpan(lastAt - firstAt),
    frames === 1 ? '1 frame' : `${formatCount(frames)} frames`,
    connections === 1 ? '1 connection' : `${formatCount(connections)} connections`,
  ]
  return parts.join(' · ')
}

/** Those that have something to tell, in order. `decoded`: null while nothing is known of it. */
export function figureTables(
  numbers: Numbers,
  decoded: DecodedNumbers | null,
): readonly FigureTable[] {
  const tables = [
    trafficTable(numbers),
    spreadTable(numbers),
    efficiencyTable(numbers),
    {
      name: 'Why connections ended',
      columns: ['Connections', 'Count', 'Last'],
      rows: endRows(numbers.ends),
    },
    { name: 'Errors', columns: ['Errors', 'Count', 'Last'], rows: errorRows(numbers.errors) },
    decodedTable(decoded?.names ?? []),
    typeTable(numbers),
  ]
  return tables.filter(({ rows }) => rows.length > 0)
}

function trafficTable(numbers: Numbers): FigureTable {
  const ways = [numbers.in, numbers.out]
  const seconds = ((numbers.lastAt ?? 0) - (numbers.firstAt ?? 0)) / 1000
  const row = (name: string, tell: (way: WayNumbers) => string): FigureRow => ({
    name,
    cells: ways.map((way) => ({ text: tell(way) })),
  })
  return {
    name: 'Traffic',
    columns: ['Traffic', 'Received', 'Sent'],
    rows: [
      row('Frames', ({ frames }) => formatCount(frames)),
      ...(seconds > 0 ? [row('On average', ({ frames }) => formatRate(frames / seconds))] : []),
      row('Payload', ({ bytes }) => formatSize(bytes)),
      row('On the wire', ({ wireBytes }) => formatSize(wireBytes)),
      row('Wire to payload', wireShare),
    ],
  }
}

/** `29 %`, `12 ×`. */
function wireShare({ bytes, wireBytes }: WayNumbers): string {
  if (bytes === 0) return none
  const share = wireBytes / bytes
  return share < 2 ? formatShare(share) : `${share < 10 ? share.toFixed(1) : formatCount(share)} ×`
}

function efficiencyTable({ compressed, polling }: Numbers): FigureTable {
  const { frames, bytes, wireBytes } = compressed
  const rows: FigureRow[] = []
  if (frames > 0 && wireBytes > 0) {
    rows.push({
      name: 'Compressed',
      title: 'Payloads that were compressed, and what they took on the wire, framing included',
      cells: [
        { text: `${(bytes / wireBytes).toFixed(1)} : 1` },
        { text: `${formatSize(bytes)} as ${formatSize(wireBytes)}` },
      ],
    })
  }
  if (polling !== null) {
    const { polls, unchanged, empty, unchangedWireBytes } = polling
    rows.push(
      {
        name: 'Polls unchanged',
        cells: [
          { text: shareOf(unchanged, polls) },
          { text: unchanged === 0 ? none : `${formatSize(unchangedWireBytes)} on the wire` },
        ],
      },
      { name: 'Polls without data', cells: [{ text: shareOf(empty, polls) }, { text: none }] },
    )
  }
  return { name: 'Efficiency', columns: ['Efficiency', 'Share', 'Bytes'], rows }
}

/** `95 % of 1,200`. */
function shareOf(count: number, all: number): string {
  return `${formatShare(count / all)} of ${formatCount(all)}`
}

function spreadTable({ in: received, out: sent, roundTrips }: Numbers): FigureTable {
  const rows = [
    sizeRow('Size received', received.sizes),
    sizeRow('Size sent', sent.sizes),
    spreadRow('Between received', received.gaps, formatSpan, 'Time from one frame to the next'),
    spreadRow('Between sent', sent.gaps, formatSpan, 'Time from one frame to the next'),
    ...roundTrips.map(({ what, times }) =>
      spreadRow(answeredName(what, times.count), times, formatSpan),
    ),
  ]
  return {
    name: 'Sizes and times',
    columns: ['Sizes and times', 'p50', 'p95', 'p99', 'Most'],
    rows: rows.filter((row) => row !== null),
  }
}

const roundTripNames: Readonly<Record<RoundTripKind, string>> = {
  poll: 'Poll answered',
  'long-poll': 'Long poll answered',
  stream: 'Stream answered',
  handshake: 'Handshake answered',
  companion: 'Request answered',
  request: 'Request answered',
  ping: 'Ping answered',
}

/** `Poll answered × 12`; a handshake is one. */
function answeredName(what: RoundTripKind, count: number): string {
  const name = roundTripNames[what]
  return count === 1 ? name : formatTimes(name, count)
}

/** Null where no frame has a payload. */
function sizeRow(name: string, sizes: Distribution | null): FigureRow | null {
  return sizes === null || sizes.most === 0 ? null : spreadRow(name, sizes, formatSize)
}

/** Null without values. */
function spreadRow(
  name: string,
  spread: Distribution | null,
  tell: (value: number) => string,
  title?: string,
): FigureRow | null {
  if (spread === null) return null
  const { p50, p95, p99, most, mostSeq } = spread
  return {
    name,
    ...(title !== undefined && { title }),
    cells: [
      ...[p50, p95, p99].map((value) => ({ text: tell(value) })),
      { text: tell(most), seq: mostSeq },
    ],
  }
}
