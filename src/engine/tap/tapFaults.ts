// The faults that a tap makes on purpose: kept for views, and told to the relay by its pairs of connections.

import {
  type ForcedFault,
  faultNumbers,
  type TapFault,
  tapFaults,
} from '../../shared/session/tapFaults.ts'
import type { Relay } from '../relay/relay.ts'
import type { SourceIo, TapFaults } from '../session/source.ts'

export interface EndingFaults extends TapFaults {
  /** The session ends: nothing is told any more. */
  stop(): void
}

export function createTapFaults(
  relay: Pick<Relay, 'setFaults' | 'cut'>,
  { timers, emitLocal }: Pick<SourceIo, 'timers' | 'emitLocal'>,
): EndingFaults {
  let forced: readonly ForcedFault[] = []

  let cancelEnd = () => {}

  function inForce(): readonly ForcedFault[] {
    const now = timers.now()
    return forced.filter((fault) => !isOver(fault, now))
  }

  function endThose(): void {
    const before = forced
    forced = inForce()
    awaitEnd()
    for (const fault of before)
      if (!forced.includes(fault)) tell(`Turned off: ${words(fault)} (its time is over).`)
  }

  /** Of the next one whose time is over. */
  function awaitEnd(): void {
    cancelEnd()
    const ends = forced.flatMap(({ until }) => (until === null ? [] : [until]))
    if (ends.length === 0) return
    const ms = Math.max(0, Math.ceil(Math.min(...ends) - timers.now()))
    cancelEnd = timers.after(ms, endThose)
  }

  return {
    inForce,
    set(faults) {
      endThose()
      const now = timers.now()
      const before = new Set(forced.map(words))
      forced = faults.map((fault) => forcedFrom(fault, now))
      relay.setFaults(faults)
      const after = new Set(faults.map(words))
      for (const one of after) if (!before.has(one)) tell(`Turned on: ${one}.`)
      for (const one of before) if (!after.has(one)) tell(`Turned off: ${one}.`)
      awaitEnd()
    },
    cut: relay.cut,
    stop: () => cancelEnd(),
  }

  function tell(message: string): void {
    emitLocal({ kind: 'notice', connection: 0, code: 'tap-fault', detail: { message } })
  }
}

function forcedFrom(fault: TapFault, now: number): ForcedFault {
  return { ...fault, until: fault.forMs === null ? null : now + fault.forMs }
}

function isOver({ until }: ForcedFault, now: number): boolean {
  return until !== null && now >= until
}

/** `Delay 200 ± 50 ms for /api/*`. */
function words({ act, path, connection }: TapFault): string {
  const name = `${tapFaults[act.kind].label} ${faultNumbers(act)}`.trim()
  const place = connection === null ? path : `connection ${connection}`
  return place === '' ? name : `${name} for ${place}`
}
