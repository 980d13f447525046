// Makes what goes out in the place of a recorded request: its URL at the server that is asked, its fields, its secrets.

import { validateHeaderName, validateHeaderValue } from 'node:http'
import { isToken } from '../../../shared/endpoint/httpSyntax.ts'
import type { RequestDetail } from '../../../shared/frame/httpDetail.ts'
import { ownHeaders } from '../../../shared/frame/ownHeaders.ts'
import type { Secret } from '../../../shared/session/sessionPlan.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { sentFields } from '../../protocols/http/fieldBytes.ts'
import { fillSecrets, withReference } from './filledText.ts'

export interface AgainOptions {
  /** `https://api.example.com`: where it goes, and where it went. */
  readonly target: string
  readonly origin: string
  readonly secrets: readonly Secret[]
  /** Fields that the user gives; each takes the place of a recorded one of its name. As bytes. */
  readonly given: NamedValues
}

export interface RequestAgain {
  readonly method: string
  readonly url: URL
  /** Values as bytes. */
  readonly headers: NamedValues
}

/** Null for what no client can send. */
export function requestAgain(detail: RequestDetail, options: AgainOptions): RequestAgain | null {
  const method = detail.method.toUpperCase()
  if (!isToken(method) || method === 'CONNECT') return null
  const recorded = fillSecrets(detail.url, options.secrets, encodeURIComponent)
  const from = URL.parse(recorded.replace(/^ws/i, 'http'))
  if (from === null) return null
  // Of a target such as `//other.example` it is a path all the same.
  const url = new URL(options.target)
  url.pathname = from.pathname
  url.search = from.search
  const changed = withChanges(detail)
  const headers = ownHeaders({ ...detail, headers: changed }).flatMap(([name, value]) => {
    const lower = name.toLowerCase()
    if (lower === 'host' || lower === 'sec-websocket-protocol') return []
    const given = options.given.find((field) => field[0].toLowerCase() === lower)
    const own = given ? given[1] : bytesOf(name, placed(lower, value, options))
    return isSendable(name, own) ? [[name, own] as const] : []
  })
  return { method, url, headers }
}

/** The subprotocols that a handshake offers. */
export function offeredProtocols({ headers }: RequestDetail, secrets: readonly Secret[]) {
  return headers
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
    .flatMap(([, value]) => fillSecrets(value, secrets).split(','))
    .map((name) => name.trim())
    .filter((name, index, all) => isToken(name) && all.indexOf(name) === index)
}

/** A tap's request as its server got it. */
function withChanges({ headers, changes = [] }: RequestDetail): NamedValues {
  return headers.flatMap(([name, value]) => {
    const change = changes.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (change === undefined) return [[name, value] as const]
    return change.to === null ? [] : [[name, change.to] as const]
  })
}

/** Where a page of the server itself asked, it is one of the new server's. */
function placed(name: string, value: string, { target, origin, secrets }: AgainOptions): string {
  const filled = fillSecrets(withReference(name, value), secrets)
  const isOwn = name === 'origin' || name === 'referer'
  return isOwn && filled.startsWith(origin) ? target + filled.slice(origin.length) : filled
}

function bytesOf(name: string, value: string): string {
  return sentFields([[name, value]])[0]?.[1] ?? value
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    // A capture of somebody else may hold anything.
    return false
  }
}
