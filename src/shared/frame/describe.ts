// The one line that stands for a frame wherever it is drawn, listed, exported or read aloud.

import type { NamedValues } from '../text/namedValues.ts'
import { formatDelay, formatSize } from '../text/units.ts'
import { cutText, visibleText } from '../text/visibleText.ts'
import { cameWords } from './cameWords.ts'
import { changedWords } from './changedWords.ts'
import { describeCloseCode } from './closeCodes.ts'
import { carriesPackets, packetTone, packetWords } from './describePackets.ts'
import type { Frame, FrameKind, FrameOf, WaitReason } from './frame.ts'
import { isEventStream, lastValue } from './headerFields.ts'
import { controlWords } from './http2Detail.ts'
import type { ResponseDetail } from './httpDetail.ts'
import { ignoredReasons } from './ignoredReasons.ts'
import type { Packet } from './packet.ts'
import type { RecordDetail } from './streamDetail.ts'
import { fragmentWords } from './webSocketDetail.ts'

export interface Description {
  /** One line, at most `maxDescriptionChars` characters; nothing in it is a control character. */
  readonly text: string
  /** What stands in the right-hand column: a size, `handshake`, `refused`; may be empty. */
  readonly note: string
  readonly tone: 'normal' | 'muted' | 'warning' | 'error'
}

/** A line is read at a glance; the rest of a long URL or reason is in the frame's detail. */
export const maxDescriptionChars = 400
const maxNoteChars = 60

type Describers = {
  readonly [K in FrameKind]: (frame: FrameOf<K>, preview: string | null) => Description
}

/** `preview` and `decoded`: as in `FrameWithPreview`. The same frame always gives the same description. */
export function describe(
  frame: Frame,
  preview: string | null,
  decoded: readonly Packet[] = [],
): Description {
  const packets = packetWords(decoded)
  const { text, note, tone } = describerOf(frame)(frame, packets ?? preview)
  const line = packets !== null && carriesPackets(frame) ? packets : text
  return {
    text: cutText(visibleText(line), maxDescriptionChars),
    note: cutText(visibleText(note), maxNoteChars),
    tone: packetTone(decoded) ?? tone,
  }
}

/** The tone of the frame's description, on which the preview has no influence. */
export function toneOf(frame: Frame): Description['tone'] {
  return describerOf(frame)(frame, null).tone
}

/** TypeScript cannot see that the frame is of the kind by which the table is read. */
function describerOf({ kind }: Frame) {
  return describers[kind] as (frame: Frame, preview: string | null) => Description
}

const describers: Describers = {
  request: describeRequest,
  response: describeResponse,
  event: (frame, preview) => ({
    text: words('event', frame.detail.type, preview),
    note: sizeNote(frame),
    tone: 'normal',
  }),
  comment: (frame, preview) => ({
    text: words('comment', preview),
    note: sizeNote(frame),
    tone: 'muted',
  }),
  ignored: (frame, preview) => ({
    text: words(`ignored, ${ignoredReasons[frame.detail.why]}:`, preview),
    note: sizeNote(frame),
    tone: 'muted',
  }),
  retry: ({ detail }) => ({
    text: `retry ${formatDelay(detail.delayMs)}`,
    note: '',
    tone: 'muted',
  }),
  record: (frame, preview) => ({
    text: words(recordWords(frame.detail), preview),
    note: sizeNote(frame),
    tone: frame.detail.flaw === undefined ? 'normal' : 'warning',
  }),
  message: (frame, preview) => ({
    text: words(frame.detail.type, preview),
    note: sizeNote(frame),
    tone: 'normal',
  }),
  fragment: ({ detail, sizeBytes }) => ({
    text: fragmentWords(detail),
    note: formatSize(sizeBytes),
    tone: 'muted',
  }),
  control: ({ detail, wireBytes }) => ({
    text: controlWords(detail),
    note: formatSize(wireBytes),
    tone: 'muted',
  }),
  ping: ({ sizeBytes }) => ({
    text: 'ping',
    note: sizeBytes > 0 ? formatSize(sizeBytes) : '',
    tone: 'muted',
  }),
  pong: ({ detail, sizeBytes }) => ({
    text: words('pong', detail.rttMs === undefined ? null : formatDelay(detail.rttMs)),
    note: sizeBytes > 0 ? formatSize(sizeBytes) : '',
    tone: 'muted',
  }),
  close: ({ detail, direction, replyTo }) => ({
    text: words(
      `close ${detail.code} (${describeCloseCode(detail.code)})`,
      detail.reason === '' ? null : `“${detail.reason}”`,
      // Both sides send one; only the first of them closes the connection.
      replyTo === null
        ? `by ${detail.by}`
        : `answered by ${direction === 'out' ? 'client' : 'server'}`,
    ),
    note: detail.replyMs === undefined ? '' : `after ${formatDelay(detail.replyMs)}`,
    tone: quietCloseCodes.has(detail.code) ? 'normal' : 'warning',
  }),
  wait: describeWait,
  error: describeError,
  notice: ({ detail, code }, preview) => ({
    text: words(detail.message, cameWords(code, preview)),
    note: '',
    tone: code === null ? 'muted' : 'warning',
  }),
  end: ({ detail }) => ({
    // The error before it has said the rest.
    text: words('end', endWords(detail.brief ?? detail.message)),
    note: '',
    tone: endTones[detail.by],
  }),
}

const endWords = (said: string) => (said === '' ? null : `· ${said}`)

const endTones = { user: 'muted', server: 'muted', limit: 'warning', error: 'error' } as const

/** Drawn with a dotted line: control frames, comments, and what is a row in the wire layer only. */
export const dottedKinds: ReadonlySet<FrameKind> = new Set([
  'ping',
  'pong',
  'comment',
  'ignored',
  'retry',
  'fragment',
  'control',
])

function recordWords({ format, flaw, partial, headers }: RecordDetail): string {
  if (partial) return 'part of the answer:'
  const name = recordNames[format] + (headers ? mediaWords(headers) : '')
  if (flaw === undefined) return name
  return flaw === 'not-json' ? `${name}, no JSON:` : `${name}, cut short:`
}

const recordNames: Readonly<Record<RecordDetail['format'], string>> = {
  ndjson: 'record',
  'json-seq': 'record',
  text: 'text',
  multipart: 'part',
}

/** What is no text says what it is. */
function mediaWords(headers: NamedValues): string {
  const type = visibleText((lastValue(headers, 'content-type') ?? '').split(';', 1)[0] ?? '').trim()
  return type === '' || /^text\/|json$/i.test(type) ? '' : ` ${type}`
}

/** Normal closure, going away, no code given: an end without a problem. */
const quietCloseCodes: ReadonlySet<number> = new Set([1000, 1001, 1005])

function describeRequest(frame: FrameOf<'request'>, preview: string | null): Description {
  const { purpose, method, target, gapMs } = frame.detail
  const line = `${method} ${target}`
  if (purpose === 'handshake') {
    return { text: `${line} Upgrade: websocket`, note: 'handshake', tone: 'normal' }
  }
  // Without a body the head is all there is, so the head is what the size tells.
  const note = formatSize(frame.sizeBytes > 0 ? frame.sizeBytes : frame.wireBytes)
  const gap = gapMs === undefined ? null : `(gap ${formatDelay(gapMs)})`
  return { text: words(line, gap, preview), note, tone: 'normal' }
}

function describeResponse(frame: FrameOf<'response'>, preview: string | null): Description {
  const { status, statusText, purpose, changed, empty, cursor, redirectTo } = frame.detail
  const { difference, unchangedInRow, serverTimeout } = frame.detail
  const failed = status >= 400 && empty !== true
  const judged = [
    `${status} ${statusText}`.trimEnd(),
    // What an error says is no news of what is polled.
    changed === undefined || failed
      ? null
      : changed
        ? changedWords(difference)
        : unchangedWords(unchangedInRow),
    empty ? (serverTimeout ? 'no data, the server’s time limit' : 'no data') : null,
    cursor ? cursorWords(cursor) : null,
  ]
  const text = words(
    judged.filter((part) => part !== null).join(' · '),
    redirectTo === undefined ? null : `→ ${redirectTo}`,
    preview,
  )
  if (purpose === 'handshake' || purpose === 'stream') {
    if (isAccepted(frame.detail)) {
      return { text, note: openedNote(frame.detail), tone: 'normal' }
    }
    // A redirect refuses nothing, and 204 ends a stream as agreed. [spec] HTML 9.2.3
    const agreed = redirectTo !== undefined || (purpose === 'stream' && status === 204)
    return { text, note: agreed ? '' : 'refused', tone: agreed ? 'normal' : 'error' }
  }
  const tone = failed ? 'error' : changed === false || empty ? 'muted' : 'normal'
  return { text, note: sizeNote(frame), tone }
}

function unchangedWords(inRow: number | undefined): string {
  return inRow === undefined || inRow < 2 ? 'unchanged' : `unchanged × ${inRow}`
}

function cursorWords({ from, to }: { from: string | null; to: string | null }): string | null {
  if (to === null) return null
  return from === null || from === to ? `cursor ${to}` : `cursor ${from} → ${to}`
}

/** Whether the answer opens what was asked for. [rfc6455] 4.1, [spec] HTML 9.2.3 */
function isAccepted(detail: ResponseDetail): boolean {
  if (detail.purpose === 'handshake') return detail.status === 101 && detail.refused !== true
  return detail.stream !== undefined || isEventStream(detail)
}

/** What the server agreed to: WebSocket extensions and subprotocol, or that a stream is open. */
function openedNote({ purpose, headers, stream }: ResponseDetail): string {
  if (purpose === 'stream') {
    return stream === undefined || stream === 'sse' ? 'stream open' : `${stream} open`
  }
  const agreed = headers
    .filter(([name]) => /^sec-websocket-(extensions|protocol)$/i.test(name))
    .map(([, value]) => value.split(';')[0]?.trim() ?? '')
  return agreed.length > 0 ? agreed.join(' · ') : 'open'
}

const waitReasons: Readonly<Record<WaitReason, string | null>> = {
  reconnect: null,
  'back-off': 'back-off',
  retry: 'retry',
  'retry-after': 'Retry-After',
}

function describeWait({ detail }: FrameOf<'wait'>): Description {
  const { reason, delayMs, attempt, attempts, message } = detail
  const why = waitReasons[reason]
  const next =
    attempt === undefined
      ? ''
      : `, then attempt ${attempt}${Number.isFinite(attempts) ? ` of ${attempts}` : ''}`
  return {
    text: words(
      `waits ${formatDelay(delayMs)}${why === null ? '' : ` (${why})`}${next}`,
      message === undefined ? null : `· ${message}`,
    ),
    note: '',
    tone: 'warning',
  }
}

function describeError({ detail, code }: FrameOf<'error'>, preview: string | null): Description {
  const told =
    detail.closeCode === 1006
      ? '✕ connection lost · code 1006, no close frame'
      : `✕ ${detail.message}`
  return { text: words(told, cameWords(code, preview)), note: '', tone: 'error' }
}

/** The payload's size, and whether the capture holds only its start. */
function sizeNote(
  frame: FrameOf<'response' | 'event' | 'comment' | 'ignored' | 'record' | 'message'>,
): string {
  const size = formatSize(frame.sizeBytes)
  return frame.detail.truncatedAt === undefined ? size : `${size}, cut`
}

function words(...parts: readonly (string | null)[]): string {
  return parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ')
}
