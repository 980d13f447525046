// The advice for a session: what it needs, the method for it, and what each method costs, as sentences and tables.

import { type AdviceText, adviceText } from '../../../shared/advice/adviceText.ts'
import { assumptionRows, leftOut } from '../../../shared/advice/assumptionRows.ts'
import {
  changesUnseen,
  type MeasuredNeeds,
  measuredAssumptions,
  measuredCost,
  measuredNeeds,
  type SessionCost,
} from '../../../shared/advice/measured.ts'
import {
  type CostAssumptions,
  type MethodCost,
  methodCosts,
  pollInterval,
  usualAssumptions,
} from '../../../shared/advice/methodCosts.ts'
import { type Needs, type SaidNeeds, usualNeeds } from '../../../shared/advice/needs.ts'
import { sessionCosts } from '../../../shared/advice/sessionCosts.ts'
import { ageWords } from '../../../shared/advice/words.ts'
import type { ClientMethod } from '../../../shared/endpoint/endpoint.ts'
import { allMethods, methods } from '../../../shared/endpoint/methods.ts'
import type { Usage } from '../../../shared/session/usage.ts'
import {
  formatCount,
  formatDelay,
  formatRate,
  formatSize,
  formatSpan,
} from '../../../shared/text/units.ts'
import { type FigureRow, type FigureTable, none } from '../statistics/figureTable.ts'

export interface MeasuredSession {
  readonly method: ClientMethod
  readonly usage: Usage
  /** So long it was watched. */
  readonly lengthMs: number
  /** Only frames up to this one are read; null: all. */
  readonly readTo: number | null
}

export interface Advice extends AdviceText {
  readonly measured: MeasuredNeeds
  readonly tables: readonly FigureTable[]
  /** What the figures do not tell. */
  readonly notes: readonly string[]
}

/** What the user said counts before what was measured, and that before what is usual. */
export function adviceOf(session: MeasuredSession, said: SaidNeeds): Advice {
  const { usage, lengthMs } = session
  const measured = measuredNeeds(usage, lengthMs)
  const needs: Needs = { ...usualNeeds, ...measured, ...said }
  const seen = measuredAssumptions(usage)
  const assumed = { ...usualAssumptions, ...seen }
  return {
    ...adviceText(needs),
    measured,
    tables: [
      sessionTable(session, needs, assumed),
      viewersTable(needs, assumed),
      assumptionTable(seen),
    ],
    notes: notesOf(session),
  }
}

function sessionTable(
  { method, usage, lengthMs }: MeasuredSession,
  needs: Needs,
  assumed: CostAssumptions,
): FigureTable {
  const costs = sessionCosts(needs, assumed, lengthMs)
  return {
    name: 'Cost of this session',
    columns: [
      `This session, ${formatSpan(lengthMs)}`,
      'Requests',
      'On the wire',
      'Late',
      'Connections',
    ],
    givesWay: [4],
    rows: [
      costRow(`${methods[method].label}, measured`, measuredCost(usage, method, lengthMs)),
      ...allMethods.map((one) => costRow(modelName(one, needs), costs[one])),
    ],
  }
}

function costRow(name: string, { requests, bytes, delayMs, connections }: SessionCost): FigureRow {
  return {
    name,
    cells: [
      { text: formatCount(requests) },
      { text: formatSize(bytes) },
      { text: delayMs === null ? none : lateWords(delayMs) },
      { text: formatCount(connections) },
    ],
  }
}

/** `Polling every 1 s`. */
function modelName(method: ClientMethod, needs: Needs): string {
  const { label, hasInterval } = methods[method]
  return hasInterval ? `${label} every ${ageWords(pollInterval(needs))}` : label
}

function viewersTable(needs: Needs, assumed: CostAssumptions): FigureTable {
  const costs = methodCosts(needs, assumed)
  const { viewers } = needs
  return {
    name: 'Cost for viewers',
    columns: [
      viewers === 1 ? 'One viewer' : `${formatCount(viewers)} viewers`,
      ...['Requests', 'On the wire', 'Open'],
    ],
    rows: allMethods.map((method) => viewersRow(modelName(method, needs), costs[method])),
  }
}

function viewersRow(name: string, cost: MethodCost): FigureRow {
  return {
    name,
    cells: [
      { text: rateWords(cost.requestsPerSecond) },
      { text: `${formatSize(cost.bytesPerSecond)}/s` },
      { text: formatCount(cost.openConnections) },
    ],
  }
}

/** What is too seldom for a second, as in `2.4/min`. */
function rateWords(perSecond: number): string {
  if (perSecond === 0 || perSecond >= 0.095) return formatRate(perSecond)
  const perMinute = perSecond * 60
  return perMinute >= 0.095 ? `${perMinute.toFixed(1)}/min` : `${(perMinute * 60).toFixed(1)}/h`
}

function lateWords(delayMs: number): string {
  return delayMs === 0 ? 'at once' : formatDelay(delayMs)
}

function assumptionTable(seen: Partial<CostAssumptions>): FigureTable {
  return {
    name: 'Assumptions',
    columns: ['The model takes', 'Value', 'From'],
    rows: assumptionRows(seen).map(({ name, value, measured }) => ({
      name,
      cells: [{ text: value }, { text: measured ? 'measured here' : 'assumed' }],
    })),
  }
}

function notesOf({ method, usage, readTo }: MeasuredSession): readonly string[] {
  const { news, compressed, effects } = usage
  return [
    ...(readTo === null ? [] : [`Read up to frame ${formatCount(readTo)}.`]),
    ...(changesUnseen(usage)
      ? ['Most polls found something new: it may change more often than it was asked for.']
      : []),
    ...(news.count > 0 && 2 * compressed > news.count
      ? [
          'Most of what came was compressed: the model counts it as it is, and what was measured is less.',
        ]
      : []),
    ...(effects.count > 0
      ? [
          `After something was sent, the next data came ${formatDelay(effects.sum / effects.count)} later on average.`,
        ]
      : []),
    ...(methods[method].polls
      ? []
      : [
          'How late something comes cannot be told from one session that only listens: Compare Methods… measures it.',
        ]),
    leftOut,
  ]
}
