// Watches what waits in a stream's parser: since when, for what, and whether it will ever end.

import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import { type Unfinished, unfinishedText } from '../../../shared/session/unfinished.ts'
import { formatDelay } from '../../../shared/text/units.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import type { AnswerFormat } from '../../protocols/stream/streamFormat.ts'
import { streamMistake } from '../../protocols/stream/streamMistake.ts'
import type { StreamParser } from '../../protocols/stream/streamParser.ts'
import { now } from '../clock.ts'

/** What ends sooner is never looked at. */
const lookMs = 1000
/** A part that has come and is not followed by the rest for so long is told of, whatever it is. */
const silenceMs = 3000
/** So is one that still grows. */
const growthMs = 10_000
/** Mistakes show at the start of what waits. */
const readBytes = 64 * 1024

export interface StreamWatchOptions {
  readonly format: AnswerFormat
  readonly parser: StreamParser
  notice(code: NoticeCode, message: string): void
  /** Text has come that is no event and no record, and nobody was told of it. */
  hasStray(): boolean
  /** And nothing more comes. */
  onStraySilence(): void
}

export interface StreamWatch {
  /** Before the parser gets the next bytes, which came at `at`. */
  before(bytes: Uint8Array, at: number): void
  /** When it has had them. */
  after(at: number): void
  waiting(): Unfinished | null
  stop(): void
}

export function createStreamWatch(options: StreamWatchOptions): StreamWatch {
  const { format, parser, notice } = options
  let timer: NodeJS.Timeout | null = null
  /** Of the item that waits. */
  let since = 0
  let ended = 0
  let within = 0
  let atStart = 0
  let lastAt = 0
  /** Bytes that waited when the last ones had been read. */
  let waited = 0
  let told = false

  function begin(at: number): void {
    since = at
    within = 0
    atStart = 0
  }

  function look(): void {
    timer = null
    const bytes = parser.waitingBytes()
    const at = now()
    const silentMs = at - lastAt
    if (options.hasStray() && silentMs >= silenceMs) options.onStraySilence()
    const age = at - since
    // Timers may fire early.
    if (bytes > 0 && !told && age >= lookMs - 2) tell(silentMs, age)
    lookLater()
  }

  function lookLater(): void {
    const isOpen = (!told && parser.waitingBytes() > 0) || options.hasStray()
    if (timer === null && isOpen) timer = setTimeout(look, lookMs)
  }

  function tell(silentMs: number, age: number): void {
    const waits = unfinishedText({ bytes: parser.waitingBytes(), awaits: parser.awaits() })
    const text = decodeText(parser.waitingText(readBytes))
    const mistake = streamMistake(format, { text, fieldStarts: { within, atStart } })
    told = true
    if (mistake !== null) notice('stream-no-end', `${waits}. ${mistake}`)
    else if (silentMs >= silenceMs) {
      notice(
        'stream-unfinished',
        `${waits}, and nothing more has come for ${formatDelay(silentMs)}.`,
      )
    } else if (age >= growthMs) {
      notice('stream-unfinished', `${waits}, and more is coming.`)
    } else told = false
  }

  return {
    before(bytes, at) {
      if (waited === 0) begin(at)
      else if (beginsField(bytes)) {
        if (parser.awaits() === 'line-end') within++
        else atStart++
      }
    },
    after(at) {
      lastAt = at
      waited = parser.waitingBytes()
      if (parser.ended() !== ended) {
        ended = parser.ended()
        begin(at)
      }
      if (timer === null && (waited > 0 || options.hasStray())) lookLater()
    },
    waiting() {
      const bytes = parser.waitingBytes()
      return bytes === 0 ? null : { bytes, since, awaits: parser.awaits() }
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

const fields = ['data:', 'event:', 'id:', 'retry:'].map((name) => Buffer.from(name))

function beginsField(bytes: Uint8Array): boolean {
  return fields.some((name) => name.every((byte, i) => bytes[i] === byte))
}
