// The facts above a payload as plain text: number, time, sizes, the frame that it answers.

import type { Frame } from '../../shared/frame/frame.ts'
import { answeredAfterMs, receivingMs } from '../../shared/frame/httpDetail.ts'
import {
  formatClock,
  formatCount,
  formatDelay,
  formatFromStart,
  formatLimit,
  formatSince,
  formatSize,
} from '../../shared/text/units.ts'
import type { Fact } from './facts/fact.ts'
import { kindFacts } from './kindFacts.ts'

/** `previousAt`: epoch ms of the row above, when it is known. */
export function frameFacts(frame: Frame, previousAt: number | null): readonly Fact[] {
  const facts: Fact[] = [
    { name: 'Frame', value: frameLine(frame) },
    { name: 'At', value: timeLine(frame, previousAt) },
  ]
  if (hasSize(frame)) facts.push({ name: 'Size', value: sizeLine(frame) })
  if (frame.replyTo !== null) {
    const name = tellsOf(frame) ? 'About' : 'Answers'
    facts.push({ name, value: `#${formatCount(frame.replyTo)}`, seq: frame.replyTo })
  }
  facts.push(...kindFacts(frame))
  if (frame.code !== null) facts.push({ name: 'Code', value: frame.code })
  return facts
}

/** An error or a notice is about a frame: it is no answer to it. */
export function tellsOf({ kind }: Frame): boolean {
  return kind === 'error' || kind === 'notice'
}

export function hasSize(frame: Frame): boolean {
  return frame.direction !== 'local' && !(tellsOf(frame) && frame.sizeBytes + frame.wireBytes === 0)
}

/**
 * How long after what it answers a frame came. Of a response that is when its first byte did; its frame stands where
 * the last one did. Empty for what is no answer. `askedAt`: epoch ms of the frame that it answers.
 */
export function afterWords(frame: Frame, askedAt: number): string {
  if (tellsOf(frame)) return ''
  const timings = frame.kind === 'response' ? frame.detail.timings : {}
  const after = answeredAfterMs(timings)
  if (after === undefined) return `after ${formatDelay(Math.max(0, frame.at - askedAt))}`
  const [answered, whole] = [formatDelay(after), formatDelay(after + receivingMs(timings))]
  return answered === whole ? `after ${answered}` : `after ${answered}, complete after ${whole}`
}

const directionWords = { out: 'out', in: 'in', local: 'local' } as const

function frameLine(frame: Frame): string {
  const connection = frame.connection > 0 ? ` · connection ${frame.connection}` : ''
  return `#${formatCount(frame.seq)} · ${kindWord(frame)} · ${directionWords[frame.direction]}${connection}`
}

export function kindWord(frame: Frame): string {
  return frame.kind === 'message' ? frame.detail.type : frame.kind
}

/** `14:22:07.318 421 (+1.2 ms)`, or `(at 12.304)`: the last three digits of the clock are microseconds. */
function timeLine(frame: Frame, previousAt: number | null): string {
  // Rounded once, so that the milliseconds and the microseconds belong together.
  const microseconds = Math.round(frame.at * 1000)
  const clock = formatClock(Math.floor(microseconds / 1000))
  const rest = String(microseconds % 1000).padStart(3, '0')
  return `${clock} ${rest} (${sinceWords(frame, previousAt)})`
}

/** As the row's first column has it. */
function sinceWords({ at, elapsedMs }: Frame, previousAt: number | null): string {
  if (previousAt === null) return `at ${formatFromStart(elapsedMs)}`
  return formatSince(at - previousAt)
}

function sizeLine(frame: Frame): string {
  const parts = [
    `${formatSize(frame.sizeBytes)} payload`,
    `${formatSize(frame.wireBytes)} on the wire`,
  ]
  if (frame.kind === 'message') {
    const { compressed, fragments } = frame.detail
    if (compressed) parts.push('deflate')
    parts.push(fragments === 1 ? '1 fragment' : `${formatCount(fragments)} fragments`)
  }
  if (frame.kind === 'response' && frame.detail.contentEncoding !== undefined) {
    parts.push(frame.detail.contentEncoding)
  }
  const cut = 'truncatedAt' in frame.detail ? frame.detail.truncatedAt : undefined
  if (cut !== undefined)
    parts.push(`cut: the first ${formatLimit(cut)} are kept${limitName(frame)}`)
  return parts.join(' · ')
}

/** The setting that cut the payload. The body of a refusal has a fixed limit, which is not named. */
function limitName(frame: Frame): string {
  const purpose = frame.kind === 'response' ? frame.detail.purpose : null
  const refusal = purpose === 'handshake' || purpose === 'stream'
  return refusal ? '' : ' (lifeline.capture.maxPayload)'
}
