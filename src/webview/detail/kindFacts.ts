// The facts that only frames of one kind have.

import { describeCloseCode, explainCloseCode } from '../../shared/frame/closeCodes.ts'
import type { Frame, FrameKind, FrameOf } from '../../shared/frame/frame.ts'
import type { FieldChange, Freshness, ResponseDetail } from '../../shared/frame/httpDetail.ts'
import { ignoredReasons } from '../../shared/frame/ignoredReasons.ts'
import { adviceOf } from '../../shared/frame/offeredActions.ts'
import { formatCount, formatDelay } from '../../shared/text/units.ts'
import type { Fact } from './facts/fact.ts'

type KindFacts = {
  readonly [K in FrameKind]?: (frame: FrameOf<K>) => readonly (Fact | null)[]
}

export function kindFacts(frame: Frame): readonly Fact[] {
  // The table's type is right for each kind; the compiler cannot see that this frame is of this kind.
  const factsOf = factsByKind[frame.kind] as
    | ((frame: Frame) => readonly (Fact | null)[])
    | undefined
  return factsOf === undefined ? [] : factsOf(frame).filter((fact) => fact !== null)
}

const factsByKind: KindFacts = {
  request: ({ detail }) => [
    { name: 'URL', value: detail.url },
    streamFact(detail.streamId),
    textFact('Proxy', detail.proxy),
    textFact('Socket', detail.socketPath),
    delayFact('No request open', detail.gapMs),
    textFact('Client', detail.client?.address),
    textFact('User-Agent', detail.client?.agent),
    changesFact(detail.changes),
  ],
  response: ({ detail }) => responseFacts(detail),
  event: ({ detail }) => [
    { name: 'Event', value: detail.type },
    textFact(
      'Last event ID',
      detail.sameId ? `${detail.lastEventId}, given again` : detail.lastEventId,
    ),
  ],
  ignored: ({ detail }) => [
    { name: 'Ignored', value: ignoredReasons[detail.why] },
    { name: 'Means', value: 'A client ignores these lines; they make no event.' },
  ],
  retry: ({ detail }) => [delayFact('Reconnection time', detail.delayMs)],
  record: ({ detail }) => [
    { name: 'Format', value: recordFormats[detail.format] },
    detail.flaw === undefined
      ? null
      : { name: 'Flaw', value: recordFlaws[detail.flaw], tone: 'warning' },
    detail.partial === true
      ? { name: 'Part', value: 'of the response that follows, whose size includes it' }
      : null,
  ],
  close: ({ detail, direction, replyTo }) => [
    { name: 'Close code', value: `${detail.code} (${describeCloseCode(detail.code)})` },
    textFact('Means', explainCloseCode(detail.code) ?? undefined),
    textFact('Reason', detail.reason),
    { name: 'Close started by', value: detail.by },
    replyTo === null
      ? null
      : { name: 'Answered by', value: direction === 'out' ? 'client' : 'server' },
    delayFact('Answered after', detail.replyMs),
  ],
  control: ({ detail }) => [
    { name: 'HTTP/2', value: detail.ack === true ? `${detail.type} ACK` : detail.type },
    {
      name: 'About',
      value: detail.streamId === 0 ? 'the connection' : `stream ${formatCount(detail.streamId)}`,
    },
    textFact('Says', detail.says),
  ],
  pong: ({ detail }) => [delayFact('Round trip', detail.rttMs)],
  error: (frame) => errorFacts(frame),
  wait: ({ detail }) => [
    { name: 'Waits', value: formatDelay(detail.delayMs), tone: 'warning' },
    textFact('Why', detail.message),
  ],
  notice: (frame) => [{ name: 'Notice', value: frame.detail.message }, adviceFact(frame)],
  end: ({ detail }) => [{ name: 'Ended', value: detail.message }],
}

function adviceFact(frame: Frame): Fact | null {
  return textFact('What to do', adviceOf(frame) ?? undefined)
}

function errorFacts(frame: FrameOf<'error'>): readonly (Fact | null)[] {
  const { message, closeCode, cause, certificate } = frame.detail
  return [
    { name: 'Error', value: message, tone: 'error' },
    closeCode === undefined ? null : textFact('Means', explainCloseCode(closeCode) ?? undefined),
    adviceFact(frame),
    textFact('Certificate', certificate?.subject),
    textFact('SHA-256', certificate?.fingerprint),
    textFact('Cause', cause),
  ]
}

const recordFormats = {
  ndjson: 'NDJSON, a record a line',
  'json-seq': 'JSON text sequence',
  'json-array': 'JSON array, a record an element',
  text: 'plain text, as it arrived',
  multipart: 'multipart, a record a part',
} as const

const recordFlaws = {
  'not-json': 'This is not JSON.',
  'cut-short': 'It was cut off before its end.',
} as const

function responseFacts(detail: ResponseDetail): readonly (Fact | null)[] {
  const { changed, unchangedInRow = 1, cursor, freshness } = detail
  const inRow = unchangedInRow > 1 ? ` · ${formatCount(unchangedInRow)} in a row` : ''
  return [
    { name: 'Status', value: `${detail.status} ${detail.statusText}`.trim() },
    changed === undefined
      ? null
      : { name: 'Compared', value: changed ? 'changed' : `unchanged${inRow}` },
    freshness === undefined ? null : textFact('Freshness', freshnessWords(freshness)),
    detail.serverTimeout === true
      ? { name: 'Wait', value: 'The server ended it without data.' }
      : null,
    !cursor || cursor.to === null
      ? null
      : {
          name: 'Cursor',
          value: cursor.from === null ? cursor.to : `${cursor.from} → ${cursor.to}`,
        },
    changesFact(detail.changes),
    streamFact(detail.streamId),
    textFact('Leads to', detail.redirectTo),
    detail.stream === undefined ? null : readAsFact(detail.stream),
  ]
}

/** Names alone: what they were and are stands with the headers. */
function changesFact(changes: readonly FieldChange[] = []): Fact | null {
  return textFact('Changed on the way', changes.map(({ name }) => name).join(', '))
}

function readAsFact(format: NonNullable<ResponseDetail['stream']>): Fact {
  return format === 'sse'
    ? { name: 'Stream', value: 'read as an event stream' }
    : { name: 'Records', value: recordFormats[format] }
}

/** Empty where nothing was said. */
function freshnessWords({ maxAgeMs, ageMs, uncached }: Freshness): string {
  const parts = [
    ageMs === undefined ? '' : `${formatDelay(ageMs)} old when it came`,
    maxAgeMs === undefined ? '' : `fresh for ${formatDelay(maxAgeMs)}`,
    uncached === true ? 'not to be cached' : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function textFact(name: string, value: string | undefined): Fact | null {
  return value === undefined || value === '' ? null : { name, value }
}

/** HTTP/1.1 has no streams. */
function streamFact(id: number | undefined): Fact | null {
  return id === undefined ? null : { name: 'HTTP/2', value: `stream ${formatCount(id)}` }
}

function delayFact(name: string, ms: number | undefined): Fact | null {
  return ms === undefined ? null : { name, value: formatDelay(ms) }
}
