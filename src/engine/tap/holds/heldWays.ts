// Ways of a tap in which messages and answers wait, in order: verdicts go to the relay in that order, whatever is decided first.

import { formatDelay } from '../../../shared/text/units.ts'
import type { Relay } from '../../relay/relay.ts'
import type { Asking, HeldEvent, Replacement } from './asking.ts'

export type Decision =
  | { readonly kind: 'pass' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'change'; readonly replacement: Replacement }

/** One that waits in its way. */
export interface Waiting {
  readonly event: HeldEvent
  readonly asking: Asking | null
  /** Null for what waits only for what is before it. */
  readonly since: number | null
  decision: Decision | null
}

export interface HeldWays {
  add(waiting: Waiting): void
  /** Decisions of its way have been made. */
  settle(event: HeldEvent): void
  /** Of all ways: what is kept of what waits. */
  bytes(): number
  /** Later messages of a way are written anew, so that all of it is asked about. */
  rewrites(): boolean
  /** Forgets the ways of a pair, and answers with all that waits there. */
  close(pair: number): readonly Waiting[]
}

interface Way {
  readonly pair: number
  waiting: Waiting[]
  rewrites: boolean
}

/** `kept` bounds what is told of a changed one. */
export function createHeldWays(
  relay: Pick<Relay, 'verdict'>,
  now: () => number,
  kept: number,
): HeldWays {
  const ways = new Map<string, Way>()
  let bytes = 0
  let rewriting = 0

  function settle(way: Way): void {
    for (let [first] = way.waiting; first?.decision; [first] = way.waiting) {
      way.waiting.shift()
      bytes -= first.asking?.bytes ?? 0
      carryOut(way, first, first.decision)
    }
  }

  function carryOut(way: Way, { event, asking, since }: Waiting, decision: Decision): void {
    if (decision.kind !== 'pass' && asking?.isRemembered && !way.rewrites) {
      way.rewrites = true
      rewriting++
    }
    const act =
      decision.kind === 'drop'
        ? decision.kind
        : decision.kind === 'change'
          ? decision.replacement.wire
          : ((way.rewrites ? asking?.rewritten() : null) ?? 'pass')
    const { id, from, n } = event
    relay.verdict({ id, from, n, act, keepsAsking: way.rewrites })
    if (asking !== null && since !== null) tell(asking, since, decision)
  }

  function tell({ frames, seq }: Asking, since: number, decision: Decision): void {
    const at = now()
    const held = `Held for ${formatDelay(Math.max(0, at - since))}`
    const place = { at, replyTo: seq }
    if (decision.kind === 'drop') frames.notice('tap-dropped', `${held}, did not go on.`, place)
    else if (decision.kind === 'pass') {
      frames.notice('tap-held', `${held}, passed unchanged.`, place)
    } else {
      const { payload, sizeBytes, words } = decision.replacement
      const isWhole = payload.length <= kept
      const came = { bytes: payload.slice(0, kept), sizeBytes, wireBytes: 0, isWhole }
      const what = words === '' ? '' : `: ${words}`
      frames.notice('tap-changed', `${held}, passed changed${what}.`, { ...place, came })
    }
  }

  const keyOf = ({ id, from }: HeldEvent) => `${id} ${from}`

  return {
    add(waiting) {
      const { event, asking } = waiting
      const key = keyOf(event)
      const way = ways.get(key) ?? { pair: event.id, waiting: [], rewrites: false }
      ways.set(key, way)
      way.waiting.push(waiting)
      bytes += asking?.bytes ?? 0
      settle(way)
    },
    settle(event) {
      const way = ways.get(keyOf(event))
      if (way !== undefined) settle(way)
    },
    bytes: () => bytes,
    rewrites: () => rewriting > 0,
    close(pair) {
      const closed = [...ways].filter(([, way]) => way.pair === pair)
      for (const [key, way] of closed) {
        ways.delete(key)
        if (way.rewrites) rewriting--
      }
      const left = closed.flatMap(([, { waiting }]) => waiting)
      for (const { asking } of left) bytes -= asking?.bytes ?? 0
      return left
    },
  }
}
