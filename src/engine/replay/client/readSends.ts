// Makes cues of what a capture sent: a fold over its frames.

import type { Frame, FrameOf } from '../../../shared/frame/frame.ts'
import { ownHeaders } from '../../../shared/frame/ownHeaders.ts'
import { isKeptInPart } from '../../../shared/frame/preview.ts'
import { isOpened } from '../script/conversationTurn.ts'
import type { ScriptFrame } from '../script/readScript.ts'
import { isBefore, isBehind, rangeStart, type ScriptRange } from '../script/scriptRange.ts'
import { isStream } from '../script/streamTurn.ts'
import { missingIn, withReference } from './filledText.ts'
import { type SendLimits, sendLimits } from './sendLimits.ts'
import type { ReceivedItem, SendCue, Sends, SentMessage, SentRequest } from './sends.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Draft = Omit<Mutable<SentRequest>, 'items'> & {
  readonly items: ReceivedItem[]
  openedAt: number
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'])

export function readSends(
  frames: Iterable<ScriptFrame>,
  range: ScriptRange,
  limits: Pick<SendLimits, 'cues' | 'items'> = sendLimits,
): Sends {
  const cues: SendCue[] = []
  const asked = new Map<number, Draft>()
  const open = new Map<number, Draft>()
  const secrets = new Map<string, Sends['secrets'][number]>()
  const counts = {
    requests: 0,
    sockets: 0,
    messages: 0,
    effects: 0,
    elsewhere: 0,
    cut: 0,
    beyond: 0,
  }
  let origin = ''
  let start: number | null = null
  let items = 0
  let lastAt = 0

  /** Whether it goes out; if not, it is counted why. */
  function take(row: ScriptFrame): boolean {
    if (isKeptInPart(row.frame)) counts.cut++
    else if (cues.length >= limits.cues) counts.beyond++
    else {
      if (row.frame.sizeBytes > 0) note(Buffer.from(row.payload() ?? []).toString('latin1'))
      return true
    }
    return false
  }

  function note(text: string, header: string | null = null): void {
    for (const name of missingIn(text)) secrets.set(`${name}\n${header}`, { name, header })
  }

  function ask(row: ScriptFrame, frame: FrameOf<'request'>): void {
    const { purpose, method, url } = frame.detail
    const own = originOf(url)
    if (origin === '') origin = own
    if (own !== origin) {
      counts.elsewhere++
      return
    }
    if (!take(row)) return
    note(url)
    for (const [name, value] of ownHeaders(frame.detail))
      note(withReference(name, value), name.toLowerCase())
    const isSocket = purpose === 'handshake'
    const of: Draft = {
      ...{
        frame,
        isSocket,
        answer: null,
        items: [],
        itemCount: 0,
        isEnded: false,
        closeCode: null,
      },
      ...{ lengthMs: 0, openedAt: frame.at },
    }
    asked.set(frame.seq, of)
    cues.push({ kind: 'request', at: since(frame), of })
    if (isSocket) counts.sockets++
    else {
      counts.requests++
      if (!safe.has(method.toUpperCase())) counts.effects++
    }
  }

  function since({ at }: Frame): number {
    return Math.max(0, at - (start ?? at))
  }

  function answer(frame: FrameOf<'response'>): void {
    const of = asked.get(frame.replyTo ?? 0)
    if (!of) return
    asked.delete(frame.replyTo ?? 0)
    of.answer = frame
    if (!isOpened(frame) && !isStream(frame)) return
    finish(frame.connection)
    of.openedAt = frame.at
    open.set(frame.connection, of)
  }

  function follow(row: ScriptFrame, frame: Frame): void {
    const of = open.get(frame.connection)
    if (!of) return
    if (frame.kind === 'message' && frame.direction === 'out') {
      if (!take(row)) return
      const sent: SentMessage = { seq: frame.seq, type: frame.detail.type, after: of.itemCount }
      cues.push({ kind: 'message', at: since(frame), of, ...sent })
      counts.messages++
      counts.effects++
    } else if (isItem(frame)) {
      of.itemCount++
      if (items++ < limits.items) of.items.push(itemOf(frame))
    } else if (frame.kind === 'close') close(of, frame)
    else if (isEnd(frame)) {
      of.isEnded = true
      finish(frame.connection)
    }
  }

  function close(of: Draft, frame: FrameOf<'close'>): void {
    const { by, code, reason } = frame.detail
    if (by === 'server' && frame.direction === 'in') {
      of.isEnded = true
      of.closeCode = code
    } else if (by === 'client' && frame.direction === 'out') {
      cues.push({ kind: 'close', at: since(frame), of, code, reason })
    }
  }

  function finish(connection: number): void {
    const of = open.get(connection)
    if (!of) return
    open.delete(connection)
    of.lengthMs = Math.max(0, lastAt - of.openedAt)
  }

  for (const row of frames) {
    const { frame } = row
    if (isBehind(range, frame)) break
    if (isBefore(range, frame)) continue
    start ??= rangeStart(range, frame)
    lastAt = Math.max(lastAt, frame.at)
    if (frame.kind === 'request') ask(row, frame)
    else if (frame.kind === 'response') answer(frame)
    else follow(row, frame)
  }
  for (const connection of [...open.keys()]) finish(connection)
  return { cues, origin, counts, secrets: [...secrets.values()] }
}

function isItem(frame: Frame): frame is FrameOf<'event' | 'record' | 'message'> {
  const { kind, direction } = frame
  return direction === 'in' && (kind === 'event' || kind === 'record' || kind === 'message')
}

function itemOf(frame: FrameOf<'event' | 'record' | 'message'>): ReceivedItem {
  const type = 'type' in frame.detail ? frame.detail.type : ''
  return { seq: frame.seq, kind: frame.kind, type, isCut: isKeptInPart(frame) }
}

function isEnd({ kind, code }: Frame): boolean {
  return kind === 'error' || kind === 'wait' || code === 'tap-stream-ended'
}

/** Of a WebSocket that of HTTP. */
function originOf(url: string): string {
  return URL.parse(url.replace(/^ws/i, 'http'))?.origin ?? ''
}
