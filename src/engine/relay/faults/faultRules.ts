// The faults that are in force, and which of them meet a connection.

import type { FaultAct, FaultKind, TapCut, TapFault } from '../../../shared/session/tapFaults.ts'
import { isNamed } from '../../../shared/text/isNamed.ts'
import { pathOfTarget } from '../../../shared/url/requestTarget.ts'

/** Of a pair of sockets, and of the request that it carries or has become. */
export interface MetPlace {
  readonly id: number
  /** As sent: path and query; null before the first request. */
  readonly target: string | null
}

/** As the session's thread says it: it knows which pairs are a connection. Null: all. */
export type RelayFault = Omit<TapFault, 'connection'> & { readonly pairs: readonly number[] | null }
export type RelayCut = Omit<TapCut, 'connection'> & { readonly pairs: readonly number[] | null }

export interface FaultRules {
  /** In the place of those before; `at`: epoch ms from which their time counts. */
  set(faults: readonly RelayFault[], at: number): void
  /** Whether any may be in force: most of the time there is none. */
  any(): boolean
  find<K extends FaultKind>(
    kind: K,
    place: MetPlace,
    at: number,
  ): Extract<FaultAct, { kind: K }> | null
  /** The next connection that is met is broken off. */
  awaitCut(cut: RelayCut): void
  /** The cut that meets this, once. */
  takeCut(place: MetPlace): RelayCut | null
}

interface Rule {
  readonly fault: RelayFault
  readonly until: number
}

export function createFaultRules(): FaultRules {
  let rules: readonly Rule[] = []
  let cuts: readonly RelayCut[] = []
  return {
    set(faults, at) {
      rules = faults.map((fault) => ({
        fault,
        until: fault.forMs === null ? Number.POSITIVE_INFINITY : at + fault.forMs,
      }))
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
    takeCut(place) {
      const found = cuts.find((cut) => meets(cut, place)) ?? null
      if (found !== null) cuts = cuts.filter((cut) => cut !== found)
      return found
    },
  }
}

/** More are waited for by nobody. */
const mostCuts = 16

/** A place that names a path meets no connection that has none yet. */
export function meets(
  { path, pairs }: Pick<RelayFault, 'path' | 'pairs'>,
  { id, target }: MetPlace,
): boolean {
  if (pairs !== null && !pairs.includes(id)) return false
  if (path === '' || path === '*') return true
  return target !== null && isNamed(path.split('*'), pathOfTarget(target))
}
