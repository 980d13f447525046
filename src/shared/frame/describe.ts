// The one line that stands for a frame wherever it is drawn, listed, exported or read aloud.

import type { NamedValues } from '../text/namedValues.ts'
import { formatDelay, formatSize } from '../text/units.ts'
import { cutText, visibleText } from '../text/visibleText.ts'
import { cameWords } from './cameWords.ts'
import { describeCloseCode } from './closeCodes.ts'
import { describeRequest, describeResponse } from './describeExchange.ts'
import { carriesPackets, packetTone, packetWords } from './describePackets.ts'
import type { Frame, FrameKind, FrameOf, WaitReason } from './frame.ts'
import { lastValue } from './headerFields.ts'
import { controlWords } from './http2Detail.ts'
import { ignoredReasons } from './ignoredReasons.ts'
import { cutLabel, type Label, labelText } from './label.ts'
import { type Line, sizeNote, words } from './lineWords.ts'
import type { Packet } from './packet.ts'
import { companionName } from './protocolName.ts'
import type { RecordDetail } from './streamDetail.ts'
import { fragmentWords } from './webSocketDetail.ts'

/** The line that stands for a frame. */
export interface Description extends Line {
  /** The text in parts. */
  readonly label: Label
}

/** A line is read at a glance; the rest of a long URL or reason is in the frame's detail. */
export const maxDescriptionChars = 400
const maxNoteChars = 60

type Describers = {
  readonly [K in FrameKind]: (frame: FrameOf<K>, preview: string | null) => Line
}

/** `preview`, `decoded` and `label`: as in `FrameWithPreview`. The same frame always gives the same description. */
export function describe(
  frame: Frame,
  preview: string | null,
  decoded: readonly Packet[] = [],
  label?: Label,
): Description {
  const packets = packetWords(frame.kind === 'request' ? decoded.map(besideRequest) : decoded)
  const { text, note, tone } = describerOf(frame)(frame, packets ?? (label ? null : preview))
  const line = packets !== null && carriesPackets(frame, decoded) ? packets : text
  const said = label && packets === null ? beside(headOf(frame, line), label) : null
  // Each line of NDJSON comes by here, where nothing is in parts.
  const whole = said === null ? cutText(visibleText(line), maxDescriptionChars) : ''
  const drawn = said === null ? [{ text: whole }] : visibleLabel(said)
  return {
    text: said === null ? whole : labelText(drawn),
    label: drawn,
    note: cutText(visibleText(note), maxNoteChars),
    tone: packetTone(decoded) ?? tone,
  }
}

/** What stands before the fields that a row shows. `type`: as `Labels.type` tells. */
export function leadWords(
  frame: Frame,
  decoded: readonly Packet[] = [],
  type: string | null = null,
): string {
  return describe(frame, null, decoded, type === null ? [] : [{ text: type }]).text.trimEnd()
}

/** The line of the request says its method and path already. */
function besideRequest({ name, ...packet }: Packet): Packet {
  if (packet.protocol === companionName || name === undefined) return packet
  return { ...packet, name }
}

function visibleLabel(label: Label): Label {
  const visible = label.map((part) => ({ ...part, text: visibleText(part.text) }))
  return cutLabel(visible, maxDescriptionChars)
}

function beside(head: string, label: Label): Label {
  return head === '' ? label : [{ text: `${head}  ` }, ...label]
}

/** What stands before the words of a payload; those say by themselves that it is a text or an event. */
function headOf(frame: Frame, text: string): string {
  if (frame.kind === 'message') return ''
  if (frame.kind === 'event') return frame.detail.type === 'message' ? '' : frame.detail.type
  return frame.kind === 'record' && text === 'record' ? '' : text
}

/** The tone of the frame's description, on which the preview has no influence. */
export function toneOf(frame: Frame): Description['tone'] {
  return describerOf(frame)(frame, null).tone
}

/** TypeScript cannot see that the frame is of the kind by which the table is read. */
function describerOf({ kind }: Frame) {
  return describers[kind] as (frame: Frame, preview: string | null) => Line
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
    note: frame.detail.injected ? words('sent by Lifeline', sizeNote(frame)) : sizeNote(frame),
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
    text: words(detail.message, cameWords(code, preview, detail.message)),
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
  'json-array': 'record',
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

const waitReasons: Readonly<Record<WaitReason, string | null>> = {
  reconnect: null,
  'back-off': 'back-off',
  retry: 'retry',
  'retry-after': 'Retry-After',
}

function describeWait({ detail }: FrameOf<'wait'>): Line {
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

function describeError({ detail, code }: FrameOf<'error'>, preview: string | null): Line {
  const told =
    detail.closeCode === 1006
      ? '✕ connection lost · code 1006, no close frame'
      : `✕ ${detail.message}`
  return { text: words(told, cameWords(code, preview, told)), note: '', tone: 'error' }
}
