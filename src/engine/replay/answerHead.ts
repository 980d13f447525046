// Makes the head of an answer: what was recorded, without what belongs to its framing, its connection and its old address.

import { validateHeaderName, validateHeaderValue } from 'node:http'
import { defaultTapSettings } from '../../shared/endpoint/tapSettings.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'
import { responseChanges } from '../relay/headChanges.ts'
import type { TurnHead } from './script/script.ts'

/** [rfc9112] 6 and 9.6, [rfc9110] 7.6.1 and 8.4; the time of the answer is today's. */
const framing: readonly string[] = [
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'alt-svc',
  'strict-transport-security',
]

/** Fields of a head as Node takes them, each name with all of its values. `host`: the server's own, as the client calls it. */
export function answerFields(head: TurnHead, host: string): Map<string, string[]> {
  const server = URL.parse(head.origin)
  const change = server && responseChanges(defaultTapSettings.change, { server, tap: host })
  const fields = new Map<string, string[]>()
  head.headers.forEach(([name, value], index) => {
    const lower = name.toLowerCase()
    if (framing.includes(lower) || /^(?::|access-control-|sec-websocket-)/.test(lower)) return
    const changed = change ? change(lower, value) : value
    const sent = head.latin1.includes(index) ? changed : utf8AsBytes(changed ?? '')
    if (sent === null || !isValid(name, sent)) return
    fields.set(name, [...(fields.get(name) ?? []), sent])
  })
  return fields
}

/** Of a 304: no content, so nothing about it. [rfc9110] 15.4.5 */
export function withoutContent(fields: Map<string, string[]>): Map<string, string[]> {
  return new Map([...fields].filter(([name]) => !/^content-(?!location)/i.test(name)))
}

/** Node writes a head's characters as bytes. */
function utf8AsBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function isValid(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    // A capture of somebody else may hold anything.
    return false
  }
}

/** A reason phrase with nothing in it that ends the line. */
export function reasonOf({ statusText }: Pick<TurnHead, 'statusText'>): string {
  return statusText.replace(/[^\t\x20-\x7e]/g, '')
}

/** Names that a page of another origin may read. */
export function exposedNames(headers: NamedValues): string {
  return [...new Set(headers.map(([name]) => name))]
    .filter((name) => /^[\w-]+$/.test(name))
    .join(', ')
}
