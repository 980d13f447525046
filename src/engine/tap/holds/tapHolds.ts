// Messages and answers that a tap holds until the user has decided.

import { RpcError } from '../../../shared/calls/rpc.ts'
import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { Frame } from '../../../shared/frame/frame.ts'
import type { Limits } from '../../../shared/limits.ts'
import {
  type HeldItem,
  type HoldRule,
  type HoldVerdict,
  holdLimits,
  type Receiver,
} from '../../../shared/session/tapHolds.ts'
import { formatCount, formatDelay } from '../../../shared/text/units.ts'
import type { Relay } from '../../relay/relay.ts'
import type { SourceIo, TapHolds } from '../../session/source.ts'
import type { Asking, HeldEvent, Holding, Recorded } from './asking.ts'
import { createHeldFilter, type HeldFilter } from './heldFilter.ts'
import { createHeldWays, type Decision, type Waiting } from './heldWays.ts'
import type { SendInto } from './sendInto.ts'

export interface HoldsOptions {
  readonly relay: Pick<Relay, 'hold' | 'verdict'>
  readonly io: Pick<SourceIo, 'timers' | 'hear' | 'changed'>
  readonly endpoint: Endpoint
  readonly limits: Pick<Limits, 'payloadBytes'>
  readonly sendInto: SendInto
}

/** Of what waits and is kept in memory; more of it passes. */
const mostKeptBytes = 64 * 1024 * 1024
/** Of the newest requests that a filter may ask for, and what they opened. */
const mostRequests = 512

interface Held {
  readonly item: HeldItem
  readonly asking: Asking
  readonly waiting: Waiting
}

export function createTapHolds(options: HoldsOptions): { holds: TapHolds; holding: Holding } {
  const { relay, io, endpoint, limits, sendInto } = options
  const now = () => io.timers.now()
  const ways = createHeldWays(relay, now, limits.payloadBytes)
  /** Those that wait for the user, by their numbers. */
  const held = new Map<number, Held>()
  let requests: Frame[] = []
  let rule: HoldRule | null = null
  let filter: HeldFilter | null = null
  let last: Recorded | null = null
  let lastId = 0

  const keeps = () => rule !== null || ways.rewrites()

  io.hear((frame, payload) => {
    if (isAsked(frame)) requests.push(frame)
    if (requests.length >= 2 * mostRequests) requests = requests.slice(-mostRequests)
    last = keeps() ? { seq: frame.seq, detail: frame.detail, payload } : null
    filter?.push(frame, payload)
  })

  function isHeld({ from }: HeldEvent, { seq }: Asking): boolean {
    if (rule === null || (rule.way !== 'both' && rule.way !== receiverOf(from))) return false
    return filter?.matches(seq) ?? false
  }

  function hold(event: HeldEvent, asking: Asking): void {
    const item: HeldItem = {
      ...{ id: ++lastId, kind: asking.kind, seq: asking.seq, connection: asking.connection },
      ...{ to: receiverOf(event.from), since: now() },
    }
    const waiting: Waiting = { event, asking, since: item.since, decision: null }
    held.set(item.id, { item, asking, waiting })
    ways.add(waiting)
    io.changed()
  }

  function decide(one: Held, decision: Decision): void {
    held.delete(one.item.id)
    one.waiting.decision = decision
    ways.settle(one.waiting.event)
  }

  function passThose(isGone: (item: HeldItem) => boolean): void {
    for (const one of [...held.values()]) if (isGone(one.item)) decide(one, { kind: 'pass' })
  }

  function need(id: number): Held {
    const found = held.get(id)
    if (found !== undefined) return found
    throw new RpcError('no-such-held', 'It is held no longer: it has passed, or is gone.')
  }

  function decisionOf({ asking }: Held, verdict: HoldVerdict): Decision {
    if (verdict.kind !== 'change') return verdict
    const replacement = asking.changed(verdict.content)
    return replacement === null ? { kind: 'pass' } : { kind: 'change', replacement }
  }

  function tellGone(left: readonly Waiting[]): void {
    const at = now()
    const gone = left.flatMap(({ asking, since }) => (asking === null ? [] : [{ asking, since }]))
    for (const { asking, since } of gone) {
      const how =
        since === null
          ? 'waited behind a held one'
          : `was held for ${formatDelay(Math.max(0, at - since))}`
      const words = `The connection ended while it ${how}: it did not go on.`
      asking.frames.notice('tap-dropped', words, { at, replyTo: asking.seq })
    }
    const unread = left.length - gone.length
    if (unread === 0) return
    const them = unread === 1 ? 'A message' : `${formatCount(unread)} messages`
    const words = `${them} that Lifeline could not read waited behind a held one when the connection ended, and did not go on.`
    // There are none without one before them that is held.
    gone[0]?.asking.frames.notice('tap-dropped', words, { at })
  }

  const holds: TapHolds = {
    status: () => {
      const items = [...held.values()].slice(0, holdLimits.told)
      return { rule, held: items.map(({ item }) => item), count: held.size }
    },
    set(wanted) {
      const next = wanted && createHeldFilter(wanted.filter, endpoint, requests)
      filter?.close()
      filter = next
      rule = wanted
      passThose(({ to }) => wanted === null || (wanted.way !== 'both' && wanted.way !== to))
      relay.hold(wanted?.way ?? null)
    },
    content: (id) => need(id).asking.content(),
    decide(id, verdict) {
      const one = need(id)
      decide(one, decisionOf(one, verdict))
    },
    sendInto,
  }

  const holding: Holding = {
    keeps,
    recorded: () => last,
    held(event, asking) {
      if (asking !== null && isHeld(event, asking)) {
        if (held.size < holdLimits.waiting && ways.bytes() < mostKeptBytes) hold(event, asking)
        else {
          const message = 'Too much is held already: it was not held.'
          asking.frames.notice('tap-held', message, { replyTo: asking.seq })
          ways.add({ event, asking, since: null, decision: { kind: 'pass' } })
        }
      } else ways.add({ event, asking, since: null, decision: { kind: 'pass' } })
      if (ways.bytes() >= 2 * mostKeptBytes) passThose(() => true)
    },
    closed(pair) {
      const left = ways.close(pair)
      tellGone(left)
      for (const [id, { waiting }] of held) if (waiting.event.id === pair) held.delete(id)
      io.changed()
    },
  }
  return { holds, holding }
}

export function receiverOf(from: HeldEvent['from']): Receiver {
  return from === 'client' ? 'server' : 'client'
}

/** A request, or the answer by which it has opened a stream or a WebSocket. */
function isAsked({ kind, detail }: Frame): boolean {
  if (kind === 'request') return true
  return kind === 'response' && 'purpose' in detail && opening.has(detail.purpose)
}

const opening: ReadonlySet<string> = new Set(['stream', 'handshake'])
