// The assumptions of the model in words: each value, and whether it was measured.

import { formatDelay, formatSize } from '../text/units.ts'
import { type CostAssumptions, usualAssumptions } from './methodCosts.ts'
import { ageWords } from './words.ts'

export interface AssumptionRow {
  readonly name: string
  readonly value: string
  readonly measured: boolean
}

const names: Readonly<
  Record<keyof CostAssumptions, readonly [name: string, unit: 'bytes' | 'ms']>
> = {
  requestBytes: ['Head of a request', 'bytes'],
  responseBytes: ['Head of an answer', 'bytes'],
  emptyBytes: ['Body of an answer without news', 'bytes'],
  eventBytes: ['Around the data of an event', 'bytes'],
  frameBytes: ['Head of a WebSocket frame', 'bytes'],
  holdMs: ['A long poll without news is held', 'ms'],
  turnMs: ['From an answer to the next long poll', 'ms'],
  keepAliveMs: ['Between signs of life of a stream', 'ms'],
  idleMs: ['An idle connection is closed after', 'ms'],
}

export function assumptionRows(measured: Partial<CostAssumptions>): readonly AssumptionRow[] {
  return (Object.keys(names) as (keyof CostAssumptions)[]).map((key) => {
    const [name, unit] = names[key]
    const seen = measured[key]
    const value = seen ?? usualAssumptions[key]
    const isMeasured = seen !== undefined
    const time = isMeasured ? formatDelay : ageWords
    return { name, value: unit === 'bytes' ? formatSize(value) : time(value), measured: isMeasured }
  })
}

/** What none of the figures has. */
export const leftOut =
  'TLS, TCP, compression and the time that the network takes are left out of all methods alike.'
