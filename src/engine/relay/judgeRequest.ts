// Judges a request that comes to a tap: whether it goes on to the server, and with which bytes.

import type { FieldChange } from '../../shared/frame/httpDetail.ts'
import { latin1, latin1Bytes } from '../../shared/text/latin1.ts'
import { cutText, visibleText } from '../../shared/text/visibleText.ts'
import type { BodyEnd } from '../protocols/http/bodyLength.ts'
import { changeFields } from '../protocols/http/changeFields.ts'
import type { RequestHead } from '../protocols/http/requestHead.ts'
import { requestChanges } from './headChanges.ts'
import { isOwnName, ownTarget } from './ownNames.ts'
import type { RelayContext } from './relayContext.ts'
import type { RefusalReason } from './relayEvents.ts'

/** Why the relay answers in the server's place. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly message: string
  /** As far as it came. */
  readonly head: Uint8Array
  /** Null where the relay gives no answer of its own. */
  readonly status: number | null
}

export interface PassingRequest {
  readonly method: string
  /** As the server gets it. */
  readonly target: string
  /** `Host` as it came. */
  readonly tap: string
  /** What the server gets. */
  readonly bytes: Uint8Array
  readonly changes: readonly FieldChange[]
  readonly bodyEnd: BodyEnd
}

export function judgeRequest(
  { method, target, httpVersion, headers, bodyEnd }: RequestHead,
  head: Uint8Array,
  { server, hosts, change }: Pick<RelayContext, 'server' | 'hosts' | 'change'>,
): PassingRequest | { readonly refused: Omit<Refusal, 'head'> } {
  const named = headers.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value)
  const [tap] = named
  // [rfc9112] 3.2
  if (named.length > 1 || (tap === undefined && httpVersion === '1.1')) {
    return refused('head', `A request needs one Host; this one has ${named.length}.`, 400)
  }
  if (tap !== undefined && !isOwnName(tap, hosts)) {
    return refused(
      'host',
      `This is Lifeline’s tap of ${server.origin} on this machine, and the request is for ${shown(tap)}. Point the program to localhost.`,
      403,
    )
  }
  const path = method === 'CONNECT' ? null : ownTarget(target, hosts)
  if (path === null) {
    return refused(
      'proxy',
      `This is Lifeline’s tap of ${server.origin} and no proxy for ${shown(target)}. Use its address in place of the server’s.`,
      400,
    )
  }
  const addresses = { server, tap: tap ?? server.host }
  const { bytes, changes } = changeFields(head, requestChanges(change, addresses))
  if (path === target) return { method, target, tap: addresses.tap, bytes, changes, bodyEnd }
  return {
    method,
    target: path,
    tap: addresses.tap,
    bytes: withTarget(bytes, target, path),
    changes: [{ name: 'request target', from: target, to: path }, ...changes],
    bodyEnd,
  }
}

function refused(reason: RefusalReason, message: string, status: number) {
  return { refused: { reason, message, status } }
}

/** The first place of the target is the request line. */
function withTarget(head: Uint8Array, from: string, to: string): Uint8Array {
  const text = latin1(head)
  const at = text.indexOf(from)
  return latin1Bytes(text.slice(0, at) + to + text.slice(at + from.length))
}

function shown(text: string): string {
  return visibleText(cutText(text, 200))
}
