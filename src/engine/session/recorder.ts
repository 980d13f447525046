// Records what a session sees: numbers, redacts, counts and writes it. There is no other way into a capture.

import type { EndDetail, Frame, NewFrame } from '../../shared/frame/frame.ts'
import { mayHoldCredentials } from '../../shared/secrets/credentialTraces.ts'
import { createSecretFinder, type SecretFinder } from '../../shared/secrets/finder/secretFinder.ts'
import { bodySecrets, proxySecrets } from '../../shared/secrets/implicitSecrets.ts'
import { readings, rememberVerdicts } from '../../shared/secrets/keepableText.ts'
import { createValueJudge } from '../../shared/secrets/valuePlaces.ts'
import type { Secret, SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { Statistics } from '../../shared/session/sessionState.ts'
import { CaptureError } from '../capture/format/captureError.ts'
import type { Recording } from '../capture/recording.ts'
import { createLiveStatistics } from './liveStatistics.ts'
import { createOriginals, type Original } from './originals.ts'
import { createRedactor } from './redaction.ts'
import type { Timers } from './timers.ts'

type LocalKind = 'wait' | 'error' | 'notice'

/** The part of a local frame that its maker knows; the recorder adds time, sizes and direction. */
export type LocalFrame = {
  [K in LocalKind]: Pick<Extract<NewFrame, { kind: K }>, 'kind' | 'code' | 'detail' | 'connection'>
}[LocalKind]

/** A source without an endpoint has put no secrets anywhere. */
export type RecordingPlan = Pick<SessionPlan, 'secrets' | 'network' | 'limits'> &
  Partial<Pick<SessionPlan, 'endpoint'>>

export interface RecorderOptions {
  readonly plan: RecordingPlan
  readonly capture: Recording
  readonly timers: Timers
  onFrame: ((frame: Frame, payload: Uint8Array | null) => void) | undefined
  /** A frame was recorded, or bytes crossed the wire. */
  onChange(): void
  /** The capture has reached `limits.captureBytes`. Told once. */
  onFull(): void
  /** The capture cannot be written. Told once; what comes after stays in memory. */
  onFailure(error: CaptureError): void
}

export interface Recorder {
  /** Records a frame and returns its sequence number. Never throws for want of space or rights. */
  emit(frame: NewFrame): number
  /** As `SourceIo.hear`. */
  hear(listener: NonNullable<RecorderOptions['onFrame']>): void
  /** Hides these values too, from now on. */
  hide(secrets: readonly Secret[]): void
  /** The same until several others have passed. */
  hidePassing(secrets: readonly Secret[]): void
  /** What crossed the wire as the frame of this number; in memory, and to be sent again only. */
  original(seq: number): Original
  /** The text with its secrets replaced as in frames, for use outside of the capture. */
  clean(text: string): string
  /** Whether a text that somebody typed has one in it. */
  holdsSecret(text: string): boolean
  /** Records something that crossed no wire, now. */
  emitLocal(frame: LocalFrame): number
  /** Writes what is queued. */
  flush(): void
  /** Records and writes the last frame; nothing is recorded after it. Answers with what was recorded. */
  end(connection: number, detail: EndDetail): { readonly at: number; readonly detail: EndDetail }
  wire(bytesIn: number, bytesOut: number): void
  countConnection(): void
  statistics(): Statistics
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { plan, capture, timers, onFrame } = options
  let secrets = [...plan.secrets, ...proxySecrets(plan.network.proxyUrl)]
  /** Those that stood in what was sent. */
  let learnt: readonly Secret[] = []
  let passing: readonly Secret[] = []
  const isMeant = createValueJudge(plan.endpoint ?? null)
  let finder = createSecretFinder(secrets, isMeant)
  let redact = createRedactor(finder)
  let holdsSecret = createHolds(finder)
  const statistics = createLiveStatistics()
  capture.keepStatistics(statisticsNow)
  let cancelFlush: (() => void) | null = null
  const tap = plan.endpoint?.tap ?? null
  const mayTell = tap === null ? isOwnWord : tap.keepCredentials ? () => false : carriesContent
  const sentSecrets = createSentSecrets(tap !== null)
  const originals = createOriginals()
  let heard: RecorderOptions['onFrame']
  let sealed = false
  let full = false

  function statisticsNow(): Statistics {
    return statistics.snapshot(timers.now())
  }

  function emit(frame: NewFrame): number {
    if (sealed || (full && !isFarewell(frame))) return capture.frames
    if (frame.payload !== null && mayTell(frame)) {
      const found = sentSecrets(frame.payload)
      learn(isStreamed(frame) ? found.filter(looksRandom) : found)
    }
    const clean = redact(frame)
    const seq = record(clean)
    if (clean !== frame) originals.keep(seq, frame, clean)
    return seq
  }

  function hide(more: readonly Secret[]): void {
    const added = unknown(more)
    if (added.length === 0) return
    secrets = [...secrets, ...added]
    renew()
  }

  /** In the payload of the frame that is being recorded, too. */
  function learn(more: readonly Secret[]): void {
    const found = unknown(more)
    if (found.length === 0) return
    learnt = [...learnt, ...found].slice(-Math.max(mostLearnt, found.length))
    renew()
  }

  function hidePassing(more: readonly Secret[]): void {
    const found = unknown(more)
    // What is used again is forgotten later than what is not.
    const again = new Set(more.map(({ value }) => value))
    const [old, used] = [passing.filter(isOther), passing.filter((one) => !isOther(one))]
    passing = [...old, ...used, ...found].slice(-Math.max(mostPassing, more.length))
    if (found.length > 0) renew()

    function isOther({ value }: Secret): boolean {
      return !again.has(value)
    }
  }

  function unknown(more: readonly Secret[]): readonly Secret[] {
    const known = new Set([...secrets, ...learnt, ...passing].map(({ value }) => value))
    return more.filter(({ value }) => !known.has(value))
  }

  function renew(): void {
    finder = createSecretFinder([...secrets, ...learnt, ...passing], isMeant)
    redact = createRedactor(finder)
    holdsSecret = createHolds(finder)
  }

  function record(clean: NewFrame): number {
    statistics.add(clean)
    const seq = capture.append(clean)
    if (onFrame !== undefined || heard !== undefined) {
      const frame = numbered(clean, seq)
      onFrame?.(frame, clean.payload)
      heard?.(frame, clean.payload)
    }
    cancelFlush ??= timers.after(plan.limits.batchMs, flush)
    options.onChange()
    // A session that has ended needs no limit: nothing comes after its last frame.
    if (capture.full && !full && !sealed) {
      full = true
      options.onFull()
    }
    return seq
  }

  /** Field by field: for each frame of a flood, taking the payload out of a copy costs ten times as much. */
  function numbered(frame: NewFrame, seq: number): Frame {
    const { at, connection, direction, kind, sizeBytes, wireBytes, replyTo, code, detail } = frame
    const elapsedMs = at - (capture.startedAt ?? at)
    // Kind and detail are those of one frame.
    return {
      seq,
      at,
      elapsedMs,
      connection,
      direction,
      kind,
      sizeBytes,
      wireBytes,
      replyTo,
      code,
      detail,
    } as Frame
  }

  function flush(): void {
    cancelFlush?.()
    cancelFlush = null
    try {
      capture.flush()
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      options.onFailure(error)
    }
  }

  /** What is the same in all frames that crossed no wire. */
  function localHead() {
    const direction = 'local' as const
    return {
      at: timers.now(),
      direction,
      sizeBytes: 0,
      wireBytes: 0,
      replyTo: null,
      payload: null,
    }
  }

  return {
    emit,
    hear(listener) {
      heard = listener
    },
    hide,
    hidePassing,
    original: originals.of,
    clean: (text) => finder.hide(text, { own: true }),
    holdsSecret: (text) => holdsSecret(text),
    emitLocal: (frame) => emit({ ...localHead(), ...frame }),
    flush,
    end(connection, detail) {
      const last = redact({ ...localHead(), kind: 'end', connection, code: null, detail })
      sealed = true
      record(last)
      flush()
      // Only strings in it have changed.
      return { at: last.at, detail: last.detail as EndDetail }
    },
    wire(bytesIn, bytesOut) {
      statistics.wire(bytesIn, bytesOut)
      options.onChange()
    },
    countConnection: statistics.connection,
    statistics: statisticsNow,
  }
}

/** What was judged before stands until there is another finder. */
function createHolds({ hide }: SecretFinder): (text: string) => boolean {
  return rememberVerdicts((text) => readings(text).some((one) => hide(one) !== one))
}

/**
 * The last so many are remembered, and all of one payload: where a profile puts the server's cursor into a body,
 * each request may have another.
 */
const mostLearnt = 256
/** Each request may have one: every one that is remembered makes each search longer. */
const mostPassing = 32
/** Nobody signs in with a longer body or message. */
const mostSentBytes = 1024 * 1024

/**
 * Finds the credentials in what is sent, whether the profile, a file or the user said it. What is sent again and
 * again is read once; `isFlood`: most of it holds none.
 */
function createSentSecrets(isFlood: boolean): (payload: Uint8Array) => readonly Secret[] {
  let last: Uint8Array | null = null
  return (payload) => {
    if (payload.length > mostSentBytes || (last !== null && Buffer.compare(last, payload) === 0)) {
      return []
    }
    if (isFlood && !mayHoldCredentials(payload)) return []
    last = payload.slice()
    return bodySecrets(new TextDecoder().decode(payload))
  }
}

/** Whether its payload is what one side says to the other: those of a tap are both strangers. */
function carriesContent({ kind, code }: NewFrame): boolean {
  return contentKinds.has(kind) || code === 'tap-changed' || code === 'tap-dropped'
}

/** What a server sends in a stream: the tokens of a language model may have the name of a credential. */
function isStreamed({ kind, direction }: NewFrame): boolean {
  return direction === 'in' && (kind === 'event' || kind === 'record' || kind === 'message')
}

function looksRandom({ value }: Secret): boolean {
  return /^\S{16,}$/.test(value)
}

const contentKinds: ReadonlySet<NewFrame['kind']> = new Set([
  'request',
  'response',
  'event',
  'record',
  'message',
])

/** Whether the payload is the profile's or the user's. That of a pong is the server's. */
function isOwnWord({ direction, kind }: NewFrame): boolean {
  return direction === 'out' && (kind === 'message' || kind === 'request')
}

/** Frames that are recorded even when the capture is full: they tell how the connection closes. */
function isFarewell({ kind }: NewFrame): boolean {
  return kind === 'close' || kind === 'error' || kind === 'notice'
}
