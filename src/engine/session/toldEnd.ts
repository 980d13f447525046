// The end of a session in the words that an error frame before it leaves to be said.

import { RpcError } from '../../shared/calls/rpc.ts'
import type { EndDetail } from '../../shared/frame/frame.ts'
import { formatLimit } from '../../shared/text/units.ts'

export const endedByError = 'Ended by the error above.'

/** `told` is what that frame says; null where there is none. */
export function toldEnd(end: EndDetail, told: string | null): EndDetail {
  if (end.by !== 'error' || told === null || !end.message.endsWith(told)) return end
  const rest = end.message.slice(0, -told.length).replace(/[:\s]+$/, '')
  return { ...end, brief: rest === '' ? endedByError : `${rest}.` }
}

/** The notice of it, whose advice says what changes it. */
export function limitWords(captureBytes: number): string {
  return `The capture has reached its limit of ${formatLimit(captureBytes)}.`
}

/** The end of a session whose capture has reached its limit, of which a notice tells. */
export function limitEnd(captureBytes: number): EndDetail {
  const message = `${limitWords(captureBytes)} The setting lifeline.capture.maxSize changes it.`
  return { by: 'limit', message, brief: 'Ended by the limit above.' }
}

/** Of a call to a session that ends, or has ended. */
export function isOver(): RpcError {
  return new RpcError('ended', 'This session has ended. Start a new one for the same endpoint.')
}
