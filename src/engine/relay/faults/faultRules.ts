// The faults that are in force, and which of them meet a connection.

import type {
  FaultAct,
  FaultKind,
  FaultPlace,
  TapCut,
  TapFault,
} from '../../../shared/session/tapFaults.ts'
import { isNamed } from '../../../shared/text/isNamed.ts'
import { pathOfTarget } from '../../../shared/url/requestTarget.ts'

/** Of a pair of sockets, and of the request that it carries or has become. */
export interface MetPlace {
  readonly id: number
  /** As sent: path and query; null before the first request. */
  readonly target: string | null
}

export interface FaultRules {
  /** In the place of those before; `at`: epoch ms from which their time counts. */
  set(faults: readonly TapFault[], at: number): void
  /** The session's thread alone knows which connection a pair carries: null where it carries none any more. */
  belong(id: number, connection: number | null): void
  /** Whether any may be in force: most of the time there is none. */
  any(): boolean
  find<K extends FaultKind>(
    kind: K,
    place: MetPlace,
    at: number,
  ): Extract<FaultAct, { kind: K }> | null
  /** The next connection that is met is broken off. */
  awaitCut(cut: TapCut): void
  /** The cut that meets this, once. `ofConnection`: one that is for its connection alone. */
  takeCut(place: MetPlace, ofConnection?: 'ofConnection'): TapCut | null
  meets(wanted: FaultPlace, place: MetPlace): boolean
}

interface Rule {
  readonly fault: TapFault
  readonly until: number
}

export function createFaultRules(): FaultRules {
  let rules: readonly Rule[] = []
  let cuts: readonly TapCut[] = []
  /** Of pairs. */
  const connections = new Map<number, number>()

  /** A place that names a path meets no connection that has none yet. */
  function meets({ path, connection }: FaultPlace, { id, target }: MetPlace): boolean {
    if (connection !== null && connections.get(id) !== connection) return false
    if (path === '' || path === '*') return true
    return target !== null && isNamed(path.split('*'), pathOfTarget(target))
  }

  return {
    set(faults, at) {
      rules = faults.map((fault) => ({
        fault,
        until: fault.forMs === null ? Number.POSITIVE_INFINITY : at + fault.forMs,
      }))
    },
    belong(id, connection) {
      if (connection === null) connections.delete(id)
      else connections.set(id, connection)
    },
    any: () => rules.length > 0 || cuts.length > 0,
    find(kind, place, at) {
      const found = rules.find(
        ({ fault, until }) => fault.act.kind === kind && at < until && meets(fault, place),
      )
      // The kind was compared.
      return (found?.fault.act ?? null) as ReturnType<FaultRules['find']> as never
    },
    awaitCut(cut) {
      cuts = [...cuts, cut].slice(-mostCuts)
    },
    meets,
    takeCut(place, ofConnection) {
      const found =
        cuts.find((cut) => (!ofConnection || cut.connection !== null) && meets(cut, place)) ?? null
      if (found !== null) cuts = cuts.filter((cut) => cut !== found)
      return found
    },
  }
}

/** More are waited for by nobody. */
const mostCuts = 16
