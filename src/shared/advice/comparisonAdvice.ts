// The method that a comparison recommends: needs from what was measured, and the answer in sentences.

import type { Comparison } from '../comparison/comparison.ts'
import { allMethods, methods } from '../endpoint/methods.ts'
import { formatCount, formatDelay, formatRate, formatSize } from '../text/units.ts'
import { type MethodCost, methodCosts, pollInterval } from './methodCosts.ts'
import { type Needs, type SaidNeeds, usualNeeds } from './needs.ts'
import { whichMethod } from './whichMethod.ts'

/** How often something changed, how large it was, and how often the client spoke. Null where no item is known. */
export function needsOf({ methods: measured }: Comparison, said: SaidNeeds): Needs | null {
  const watched = measured.filter(({ items, watchedMs }) => items > 0 && watchedMs > 0)
  if (watched.length === 0) return null
  const minutes = ({ watchedMs }: (typeof watched)[number]) => watchedMs / 60_000
  return {
    ...usualNeeds,
    changesPerMinute: Math.max(...watched.map((one) => (one.news + one.missed) / minutes(one))),
    itemBytes: Math.min(...watched.map(({ payloadBytes, items }) => payloadBytes / items)),
    sentPerMinute: Math.max(...watched.map((one) => one.spoken / minutes(one))),
    ...said,
  }
}

export function adviceLines(needs: Needs): readonly string[] {
  const { ranking, reasons, unless } = whichMethod(needs)
  const [best = 'sse', second = 'websocket'] = ranking.map((method) => methods[method].label)
  const { changesPerMinute, itemBytes, maxAgeMs, viewers } = needs
  const costs = methodCosts(needs)
  const other = unless.length === 0 ? '' : `, the better one where ${unless.join(' or ')}`
  return [
    `Something new ${formatRate(changesPerMinute / 60)}, ${formatSize(itemBytes)} each, that may be ${formatDelay(maxAgeMs)} old: ${best}, since ${reasons.join('; ')}. Next: ${second}${other}.`,
    `By the model in docs/which-method.md, for ${formatCount(viewers)} ${viewers === 1 ? 'client' : 'clients'}:`,
    ...allMethods.map((method) => {
      const every = method === 'polling' ? ` every ${formatDelay(pollInterval(needs))}` : ''
      return `  ${methods[method].label}${every}: ${costWords(costs[method])}`
    }),
  ]
}

function costWords({
  requestsPerSecond,
  bytesPerSecond,
  openConnections,
  delayMs,
}: MethodCost): string {
  return [
    `requests ${formatRate(requestsPerSecond)}`,
    `bytes ${formatSize(bytesPerSecond)}/s`,
    `${formatCount(openConnections)} open ${openConnections === 1 ? 'connection' : 'connections'}`,
    `${formatDelay(delayMs)} late`,
  ].join(', ')
}
