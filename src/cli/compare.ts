// `lifeline compare`: the same items by several endpoints, or in several captures, measured side by side.

import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { openCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import { createComparer, type LaneName, samplesOf } from '../engine/comparison/comparer.ts'
import type { Comparison } from '../shared/comparison/comparison.ts'
import { comparisonNotes } from '../shared/comparison/comparisonNotes.ts'
import { guessPlaces } from '../shared/comparison/guessPlaces.ts'
import type { ItemPlaces } from '../shared/comparison/itemPlaces.ts'
import { mayHoldItems } from '../shared/comparison/payloadItems.ts'
import { proposeMethod } from '../shared/endpoint/checks/checkUrl.ts'
import type { ClientMethod } from '../shared/endpoint/endpoint.ts'
import { isClientMethod, methodChoices } from '../shared/endpoint/methods.ts'
import { profileFields } from '../shared/profile/profileFields.ts'
import type { Entry } from '../shared/profile/shapes/fieldOption.ts'
import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import type { Command, WatchOptions } from './command.ts'
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
  const missing = command.operands.find((one) => /^[^:]*\.lifeline$/.test(one) && !isFile(one))
  if (missing !== undefined) throw new UsageError(`There is no file ${missing}.`)
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
  // The list has no place for it.
  if (command.format === 'json' && comparison.item === null) {
    for (const note of comparisonNotes(comparison)) console.error(`lifeline: ${note}`)
  }
  const output = createOutput()
  output.write(comparisonText(comparison, command.format, command.said))
  output.drain()
  return statusOf(output.failure) === 0 && failures.length === 0 ? 0 : 1
}

function isFile(operand: string): boolean {
  // A profile may be called as a folder is.
  return existsSync(operand) && statSync(operand).isFile()
}

async function plansOf({ operands, watch }: CompareCommand): Promise<readonly SessionPlan[]> {
  const read = operands.map(readOperand)
  const methods = new Set(read.map(({ method }) => method))
  const plans: SessionPlan[] = []
  for (const { method, target, isUrl } of read) {
    if (isUrl && method === null) {
      throw new UsageError(
        `Write the method before each http URL, as in sse:https://example.com/events: ${methodChoices}.`,
      )
    }
    const fields = method === null ? watch.fields : { ...fieldsOf(watch, method, methods), method }
    const what = isUrl
      ? { url: target, profile: null, workspace: null }
      : { url: null, profile: target }
    plans.push(await planOf({ ...watch, ...what, fields }, null))
  }
  return plans
}

interface Operand {
  /** Null for that of the profile. */
  readonly method: ClientMethod | null
  readonly target: string
  readonly isUrl: boolean
}

const anyScheme = /^[a-z][a-z0-9+.-]*:/i
/** What is no name of a profile, and must not be repeated as one: it may hold a password. */
const knownScheme = /^(?:https?|wss?|unix|ws\+unix):|:\/\//i

/** `sse:https://example.com/events`; a URL of a WebSocket and a profile's name need no method. */
function readOperand(operand: string): Operand {
  const colon = operand.indexOf(':')
  const method = operand.slice(0, colon)
  if (isClientMethod(method)) {
    const target = operand.slice(colon + 1)
    return { method, target, isUrl: anyScheme.test(target) }
  }
  // A profile's name may have a colon.
  return { method: proposeMethod(operand), target: operand, isUrl: knownScheme.test(operand) }
}

/** Without those that are for other methods of this comparison only. Null stands for that of a profile. */
function fieldsOf(
  { fields }: WatchOptions,
  own: ClientMethod,
  all: ReadonlySet<ClientMethod | null>,
): Entry {
  const isOfOthers = (name: string) => {
    const { methods } = profileFields.find((field) => field.name === name) ?? {}
    if (methods === undefined || methods.includes(own)) return false
    return [...all].some((method) => method === null || methods.includes(method))
  }
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !isOfOthers(name)))
}

function compareCaptures(paths: readonly string[], asked: ItemPlaces | null): Comparison {
  const captures = paths.map(open)
  try {
    const infos = captures.map((capture) => capture.info())
    // Of the same endpoint by their files.
    const isDistinct = new Set(infos.map(({ name }) => name)).size === infos.length
    const lanes: readonly LaneName[] = infos.map(({ name, endpoint }, index) => ({
      name: isDistinct ? name : basename(paths[index] ?? ''),
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
