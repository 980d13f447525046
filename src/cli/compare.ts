// `lifeline compare`: the same items by several endpoints, or in several captures, measured side by side.

import { existsSync } from 'node:fs'
import { openCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import {
  createComparer,
  type LaneName,
  mayHoldItems,
  samplesOf,
} from '../engine/comparison/comparer.ts'
import { guessPlaces } from '../engine/comparison/guessPlaces.ts'
import type { ItemPlaces } from '../engine/comparison/itemPlaces.ts'
import { isMethod, methodChoices } from '../shared/endpoint/methods.ts'
import type { Comparison } from '../shared/session/comparison.ts'
import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import type { Command } from './command.ts'
import { compareLive } from './compareLive.ts'
import { comparisonText } from './comparisonText.ts'
import { createOutput, statusOf } from './output.ts'
import { UsageError } from './usageError.ts'
import { planOf } from './watchPlan.ts'

type CompareCommand = Extract<Command, { kind: 'compare' }>

/** Returns the exit status. Rejects with `UsageError`, and with `CaptureError` where a capture is damaged. */
export async function compare(command: CompareCommand): Promise<number> {
  const captures = command.operands.filter(isFile)
  const isLive = captures.length === 0
  if (!isLive && captures.length < command.operands.length) {
    throw new UsageError(
      'Compare captures with captures, or URLs and profiles with each other: they are of other times.',
    )
  }
  const places = command.item === null ? null : { item: command.item, time: command.time }
  const { comparison, failures } = isLive
    ? await compareLive(await plansOf(command), places, command.forMs)
    : { comparison: compareCaptures(captures, places), failures: [] }
  for (const failure of failures) console.error(`lifeline: ${failure}`)
  const output = createOutput()
  output.write(comparisonText(comparison, command.format, command.said))
  output.drain()
  return statusOf(output.failure) === 0 && failures.length === 0 ? 0 : 1
}

function isFile(operand: string): boolean {
  return existsSync(operand)
}

async function plansOf({ operands, watch }: CompareCommand): Promise<readonly SessionPlan[]> {
  const plans: SessionPlan[] = []
  for (const operand of operands) {
    const { method, target } = readOperand(operand)
    const isUrl = /^[a-z][a-z0-9+.-]*:/i.test(target)
    if (isUrl && method === null && !/^wss?:/i.test(target)) {
      throw new UsageError(
        `Write the method before each http URL, as in sse:https://example.com/events: ${methodChoices}.`,
      )
    }
    const fields = method === null ? watch.fields : { ...watch.fields, method }
    const what = isUrl
      ? { url: target, profile: null, workspace: null }
      : { url: null, profile: target }
    plans.push(await planOf({ ...watch, ...what, fields }, null))
  }
  return plans
}

/** `sse:https://example.com/events`; a URL of a WebSocket and a profile's name need no method. */
function readOperand(operand: string) {
  const colon = operand.indexOf(':')
  const method = operand.slice(0, colon)
  if (!isMethod(method)) return { method: null, target: operand }
  return { method, target: operand.slice(colon + 1) }
}

function compareCaptures(paths: readonly string[], asked: ItemPlaces | null): Comparison {
  const captures = paths.map(open)
  try {
    const infos = captures.map((capture) => capture.info())
    const lanes: readonly LaneName[] = infos.map(({ name, endpoint }) => ({
      name,
      method: endpoint.method,
    }))
    const comparer = createComparer(lanes, asked ?? guessOf(captures))
    for (const [lane, capture] of captures.entries()) {
      for (const { frame, payload } of capture.entries(everything)) {
        comparer.add(lane, frame, mayHoldItems(frame) ? payload() : null)
      }
    }
    return comparer.result()
  } finally {
    for (const capture of captures) capture.close()
  }
}

const everything = { afterSeq: 0, text: '', wire: true }

function guessOf(captures: readonly ReturnType<typeof openCapture>[]): ItemPlaces | null {
  return guessPlaces(
    captures.map((capture) => (fromAt: number) => samplesOf(capture.entries(everything), fromAt)),
  )
}

function open(path: string) {
  try {
    return openCapture(path)
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}
