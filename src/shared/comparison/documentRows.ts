// The words that comparisons of the four methods commonly have, each beside what was measured here, and where they differ.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import { isClientMethod, methods } from '../endpoint/methods.ts'
import { formatCount, formatDelay, formatSize } from '../text/units.ts'
import type { ComparedMethod, Comparison } from './comparison.ts'

export interface DocumentCell {
  /** What was measured; empty where nothing can be. */
  readonly measured: string
  /** What is said of the method in general. */
  readonly word: string
  /** How the measurement disagrees; null where it does not, or where nothing was measured. */
  readonly verdict: 'better here' | 'worse here' | null
}

export interface DocumentRow {
  readonly label: string
  /** One for each session, in order. */
  readonly cells: readonly DocumentCell[]
}

/** What is said of each method in general, by row. */
type Words = Readonly<Record<ClientMethod, string>>

interface Measure {
  readonly label: string
  readonly words: Words
  readonly measured: (method: ComparedMethod) => string
  /** How good a word is, and what was measured, from 0 up; absent where they cannot be compared. */
  readonly grade?: {
    readonly ofWord: Readonly<Record<ClientMethod, number>>
    /** Null where nothing was measured. */
    readonly ofMeasured: (method: ComparedMethod) => number | null
  }
}

/** Milliseconds. Up to the first people take it for at once, up to the second they do not wait. */
const delaySteps = [100, 400] as const
/** Milliseconds. What is later is not in real time for anybody who looks at it. */
const realTimeMs = 1000
/** Bytes beside the payload, for each item. */
const overheadSteps = [100, 600] as const
/** Shares of payload in the bytes on the wire. */
const shareSteps = [0.25, 0.6] as const

const grades = (polling: number, longPolling: number, sse: number, websocket: number) => ({
  ...{ polling, sse, websocket },
  'long-polling': longPolling,
})

const words = (polling: string, longPolling: string, sse: string, websocket: string): Words => ({
  ...{ polling, sse, websocket },
  'long-polling': longPolling,
})

const measures: readonly Measure[] = [
  {
    label: 'Real-time updates',
    words: words('no', 'yes', 'yes', 'yes'),
    measured: (method) => told(delayOf(method, 'p95'), (ms) => `95 % within ${formatDelay(ms)}`),
    grade: {
      ofWord: grades(0, 1, 1, 1),
      ofMeasured: (method) => graded(delayOf(method, 'p95'), (ms) => (ms <= realTimeMs ? 1 : 0)),
    },
  },
  {
    label: 'Bidirectional',
    words: words('by requests', 'by requests', 'by requests', 'yes'),
    measured: ({ sent }) => (sent === 0 ? 'nothing sent' : `${formatCount(sent)} sent`),
  },
  {
    label: 'Communication',
    words: words('client → server', 'client → server', 'server → client', 'two-way'),
    measured: ({ requests, items }) => `${count(requests, 'request')}, ${count(items, 'item')}`,
  },
  {
    label: 'Latency',
    words: words('high', 'medium', 'low', 'very low'),
    measured: (method) => told(delayOf(method, 'p50'), formatDelay),
    grade: {
      ofWord: grades(0, 1, 2, 2),
      ofMeasured: (method) => graded(delayOf(method, 'p50'), (ms) => 2 - step(delaySteps, ms)),
    },
  },
  {
    label: 'Overhead, an item',
    words: words('high', 'medium', 'low', 'very low'),
    measured: ({ overheadPerItem }) =>
      told(overheadPerItem, (bytes) => formatSize(Math.max(0, bytes))),
    grade: {
      ofWord: grades(0, 1, 2, 2),
      ofMeasured: ({ overheadPerItem }) =>
        graded(overheadPerItem, (bytes) => 2 - step(overheadSteps, bytes)),
    },
  },
  {
    label: 'Efficiency, payload in all bytes',
    words: words('low', 'medium', 'high', 'very high'),
    measured: (method) => told(shareOf(method), (share) => `${Math.round(100 * share)} %`),
    grade: {
      ofWord: grades(0, 1, 2, 2),
      ofMeasured: (method) => graded(shareOf(method), (share) => step(shareSteps, share)),
    },
  },
  {
    label: 'Complexity',
    words: words('low', 'medium', 'low', 'medium'),
    measured: () => '',
  },
  {
    label: 'Best for',
    words: words('rare updates', 'older clients', 'feeds, dashboards', 'chat, games'),
    measured: ({ news, watchedMs }) =>
      watchedMs > 0 ? `${formatCount((60_000 * news) / watchedMs)} items/min` : '',
  },
]

export function documentRows({ methods: compared }: Comparison): readonly DocumentRow[] {
  return measures.map((measure) => ({
    label: measure.label,
    cells: compared.map((method) => cellOf(measure, method)),
  }))
}

function cellOf({ words: all, measured, grade }: Measure, method: ComparedMethod): DocumentCell {
  const own = grade?.ofMeasured(method) ?? null
  const word = isClientMethod(method.method) ? all[method.method] : ''
  const usual = isClientMethod(method.method) ? (grade?.ofWord[method.method] ?? 0) : own
  const verdict =
    own === null || usual === null || own === usual
      ? null
      : own > usual
        ? 'better here'
        : 'worse here'
  return { measured: measured(method), word, verdict }
}

/** What each method asks of both sides, since nothing can measure how complex that is: a sentence for each session. */
export function complexityNotes({ methods: compared }: Comparison): readonly string[] {
  return compared.map(
    ({ name, method, requests, reconnects }) =>
      `${name} (${methods[method].label}): ${isClientMethod(method) ? duties[method] : tapDuty} Seen: ${count(requests, 'request')}, ${count(reconnects, 'loss', 'losses')}.`,
  )
}

const duties: Words = words(
  'the server answers, the client asks at an interval that somebody must choose.',
  'the server holds each request and keeps what comes between two, the client asks again and says where it was.',
  'the server keeps a stream open for each client and can begin behind an event, the client comes back by itself.',
  'the server speaks another protocol and keeps a connection for each client, the client must see by itself that it is lost, come back, and ask for what it missed.',
)

const tapDuty = 'what the program and its server have chosen.'

/** Since their origin, or behind the first where no origin is known. */
function delayOf({ freshnessMs, behindMs }: ComparedMethod, which: 'p50' | 'p95'): number | null {
  return (freshnessMs ?? behindMs)?.[which] ?? null
}

function shareOf({ payloadBytes, wireBytesIn, wireBytesOut }: ComparedMethod): number | null {
  const wire = wireBytesIn + wireBytesOut
  return wire === 0 ? null : payloadBytes / wire
}

/** How many of the steps a number is above. */
function step(steps: readonly number[], value: number): number {
  return steps.filter((least) => value > least).length
}

/** In words; nothing of what was not measured. */
function told(value: number | null, say: (value: number) => string): string {
  return value === null ? '' : say(value)
}

function graded(value: number | null, grade: (value: number) => number): number | null {
  return value === null ? null : grade(value)
}

function count(many: number, one: string, others = `${one}s`): string {
  return `${formatCount(many)} ${many === 1 ? one : others}`
}
