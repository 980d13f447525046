// Checks of what the page asks of what a tap holds.

import { filterLimits } from '../limits.ts'
import type { HeldContent, HoldRule, HoldVerdict, Receiver } from '../session/tapHolds.ts'
import {
  checkFields,
  checkObject,
  checkOutgoing,
  checkText,
  checkWhole,
  maxNameChars,
  maxTextChars,
  refuse,
} from './callArguments.ts'
import { checkWay } from './checkFaults.ts'

/** Null holds nothing any more. */
export function checkHold(value: unknown): HoldRule | null {
  if (value === null) return null
  const { filter, way } = checkObject(value, 'hold')
  return { filter: checkText(filter, 'filter', filterLimits.chars), way: checkWay(way) }
}

/** Of a held one. */
export function checkHeldId(value: unknown): number {
  return checkWhole(value, 'held')
}

export function checkReceiver(value: unknown): Receiver {
  const way = checkWay(value)
  if (way === 'both') throw refuse('receiver')
  return way
}

/** Of a connection, as frames have it. */
export function checkConnection(value: unknown): number {
  return checkWhole(value, 'connection')
}

export function checkVerdict(value: unknown): HoldVerdict {
  const { kind, content } = checkObject(value, 'verdict')
  if (kind === 'pass' || kind === 'drop') return { kind }
  if (kind === 'change') return { kind, content: checkContent(content) }
  throw refuse('verdict')
}

/** The session checks what may stand in a head. */
function checkContent(value: unknown): HeldContent {
  const { kind, message, status, reason, fields, body } = checkObject(value, 'content')
  if (kind === 'message') return { kind, message: checkOutgoing(message) }
  if (kind !== 'answer') throw refuse('content')
  return {
    kind,
    status: checkWhole(status, 'status', 999),
    reason: checkText(reason, 'reason', maxNameChars),
    fields: checkFields(fields),
    body: body === null ? null : checkText(body, 'body', maxTextChars),
  }
}
