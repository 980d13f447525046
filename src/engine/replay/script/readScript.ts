// Makes a script of the frames of a capture: a fold, which knows neither sockets nor clocks.

import type { Frame, FrameOf, FrameWithPreview } from '../../../shared/frame/frame.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import { isOpened, openConversation } from './conversationTurn.ts'
import { isCue, type OpenTurn } from './openTurn.ts'
import type { AnswerTurn, Script, Turn } from './script.ts'
import { scriptLimits } from './scriptLimits.ts'
import { isBefore, isBehind, rangeStart, type ScriptRange, wholeCapture } from './scriptRange.ts'
import { isStream, openStream } from './streamTurn.ts'
import { type Asked, readAsked, turnHead } from './turnHead.ts'

/** As `CaptureRow`. */
export interface ScriptFrame extends FrameWithPreview {
  payload(): Uint8Array | null
}

/** The place of a turn in its route; null: nothing of it is replayed. */
interface Slot {
  turn: Turn | null
}

interface OpenSlot {
  readonly open: OpenTurn
  readonly slot: Slot
  readonly path: string
}

interface RouteSlots {
  readonly method: string
  readonly path: string
  readonly slots: Slot[]
  /** By query: what a 304 says has not changed. */
  readonly whole: Map<string, AnswerTurn>
}

export function readScript(
  frames: Iterable<ScriptFrame>,
  range: ScriptRange = wholeCapture,
  mostCues: number = scriptLimits.cues,
): Script {
  const routes = new Map<string, RouteSlots>()
  const waiting = new Map<number, Asked>()
  const open = new Map<number, OpenSlot>()
  const flaws = { cut: 0, hidden: 0, unanswered: 0, leftOut: 0 }
  let cues = 0
  let lastAt = 0
  let begun = false
  let isWhole = false

  /** Null where it has no room, or is outside the range. */
  function take({ frame, preview }: ScriptFrame): boolean {
    if (!begun) return false
    if (cues >= mostCues) {
      flaws.leftOut++
      return false
    }
    cues++
    const { detail } = frame
    if ('truncatedAt' in detail) flaws.cut++
    const headers = 'headers' in detail ? (detail.headers ?? []) : []
    if (holdsReference(preview ?? '') || headers.some(([, value]) => holdsReference(value)))
      flaws.hidden++
    return true
  }

  function routeOf({ method, path }: Asked): RouteSlots | null {
    const key = `${method} ${path}`
    const known = routes.get(key)
    if (known) return known
    if (routes.size >= scriptLimits.routes) return null
    const route: RouteSlots = { method, path, slots: [], whole: new Map() }
    routes.set(key, route)
    return route
  }

  function finish(connection: number): void {
    const one = open.get(connection)
    if (!one) return
    open.delete(connection)
    if (begun) one.slot.turn = one.open.close(lastAt, isWhole)
  }

  function ask(row: ScriptFrame, frame: FrameOf<'request'>): void {
    const [oldest] = waiting.keys()
    if (waiting.size >= scriptLimits.waiting && oldest !== undefined) {
      waiting.delete(oldest)
      flaws.unanswered++
    }
    const asked = readAsked(frame, row.payload)
    waiting.set(frame.seq, asked)
    const id = headerValue(frame.detail.headers, 'last-event-id')
    if (id === null) return
    for (const one of open.values()) if (one.path === asked.path) one.open.resumed(id)
  }

  function answer(row: ScriptFrame, frame: FrameOf<'response'>): void {
    const asked = waiting.get(frame.replyTo ?? 0)
    if (!asked) return
    waiting.delete(asked.frame.seq)
    if (!isServable(frame)) {
      flaws.unanswered++
      return
    }
    const route = routeOf(asked)
    if (!route) {
      flaws.leftOut++
      return
    }
    const made = isOpened(frame)
      ? openConversation(asked, frame)
      : isStream(frame)
        ? openStream(asked, frame)
        : null
    const slot: Slot = { turn: null }
    if (made !== null) {
      finish(frame.connection)
      const [oldest] = open.keys()
      if (open.size >= scriptLimits.open && oldest !== undefined) finish(oldest)
      open.set(frame.connection, { open: made, slot, path: asked.path })
    } else {
      const turn = answerTurn(route, asked, frame)
      if (!take(row)) return
      slot.turn = turn
    }
    route.slots.push(slot)
  }

  function follow(row: ScriptFrame, frame: Frame): void {
    const one = open.get(frame.connection)
    if (!one) return
    one.open.add(frame, isCue(frame) ? take(row) : begun)
  }

  function end(frame: FrameOf<'end'>): void {
    isWhole = true
    if (frame.detail.by !== 'server' && frame.detail.by !== 'error') return
    for (const [connection, one] of open) {
      one.open.add(frame, begun)
      finish(connection)
    }
  }

  /** Nothing is left of what was over before. */
  function begin(at: number): void {
    for (const [connection, one] of open) {
      if (one.open.isOver) open.delete(connection)
      else one.open.begin(at)
    }
  }

  for (const row of frames) {
    const { frame } = row
    if (isBehind(range, frame)) continue
    if (!begun && !isBefore(range, frame)) {
      begun = true
      begin(rangeStart(range, frame))
    }
    lastAt = Math.max(lastAt, frame.at)
    if (frame.kind === 'request') ask(row, frame)
    else if (frame.kind === 'response') answer(row, frame)
    else if (frame.kind === 'end') end(frame)
    else follow(row, frame)
  }
  for (const connection of [...open.keys()]) finish(connection)
  flaws.unanswered += waiting.size
  return { routes: [...routes.values()].flatMap(played), flaws }
}

/** A 101 that opened no WebSocket is nothing to a client, nor is what is no status. [rfc9110] 15 */
function isServable(frame: FrameOf<'response'>): boolean {
  const { status } = frame.detail
  return isOpened(frame) || (Number.isInteger(status) && status >= 200 && status <= 599)
}

/** Without turns it is none. */
function played({ method, path, slots }: RouteSlots) {
  const turns = slots.flatMap(({ turn }) => turn ?? [])
  return turns.length === 0 ? [] : [{ method, path, turns }]
}

function answerTurn({ whole }: RouteSlots, asked: Asked, frame: FrameOf<'response'>): AnswerTurn {
  const { purpose, status } = frame.detail
  const turn: AnswerTurn = {
    ...turnHead(asked, frame),
    kind: 'answer',
    sort: purpose === 'poll' || purpose === 'long-poll' ? purpose : 'request',
    seq: frame.seq,
    unchanged: status === 304 ? (whole.get(asked.query) ?? null) : null,
  }
  if (status >= 200 && status < 300) whole.set(asked.query, turn)
  return turn
}

/** What stands in a capture in the place of a credential. */
function holdsReference(text: string): boolean {
  return /\$\{(?:secret|redacted|input|env):/.test(text)
}
