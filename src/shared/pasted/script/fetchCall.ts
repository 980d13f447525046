// `fetch(url, { … })` → the profile entry that asks for the same.

import type { ClientMethod } from '../../endpoint/endpoint.ts'
import { urlFor } from '../../endpoint/methods.ts'
import { formatPairs } from '../../profile/fields/namedValuesField.ts'
import type { NamedValues } from '../../text/namedValues.ts'
import { methodOf } from '../curl/curlAddress.ts'
import { encodedPair } from '../curl/curlData.ts'
import { type PastedRequest, saidFields } from '../shapes/pastedRequest.ts'
import { type JsCall, type JsObject, JsProblem, type JsValue } from './jsLiterals.ts'

/** They say how a browser handles the answer, or what Lifeline does anyway. */
const idle = [
  ...['mode', 'signal', 'keepalive', 'priority', 'window', 'duplex', 'targetAddressSpace'],
  ...['redirect', 'integrity', 'cache', 'credentials', 'referrer', 'referrerPolicy'],
]

/** Throws `JsProblem`. */
export function readFetch(
  args: readonly JsValue[],
  wanted: ClientMethod | undefined,
): PastedRequest {
  const [first, second] = isCall(args[0], 'Request') ? args[0].args : args
  const options = optionsOf(second)
  const written = urlOf(first)
  const body = bodyOf(options.get('body'))
  const request = requestOf(options.get('method'))
  const headers = [...pairsOf(options.get('headers'))]
  const has = (name: string) => headers.some(([own]) => own.toLowerCase() === name)
  const add = (name: string, value: string | null) => {
    if (value !== null && !has(name.toLowerCase())) headers.push([name, value])
  }
  const referrer = referrerOf(options, written)
  add('Referer', referrer.referer)
  if (request !== 'GET' || options.get('mode') === 'cors') add('Origin', referrer.origin)
  add('Content-Type', body?.contentType ?? null)
  if (/^(?:no-store|reload|no-cache)$/.test(String(options.get('cache')))) {
    add('Cache-Control', options.get('cache') === 'no-cache' ? 'max-age=0' : 'no-cache')
  }

  const method = wanted ?? methodOf(written, headers, body?.text ?? null)
  const isHttp = method !== 'websocket'
  const entry = saidFields({
    url: method === null ? written : urlFor(method, written),
    method,
    request: isHttp && request !== (body === null ? 'GET' : 'POST') ? request.toUpperCase() : null,
    headers: formatPairs(headers),
    body: isHttp ? body?.text : null,
  })
  return { entry, notes: notesOf(options, has('cookie')) }
}

/** Throws `JsProblem` where it is no object. */
export function optionsOf(value: JsValue): ReadonlyMap<string, JsValue> {
  if (value === undefined || value === null) return new Map()
  if (!isObject(value)) throw new JsProblem('Write the options of the call as an object.')
  return new Map(value.entries)
}

/** An absolute URL. */
export function urlOf(value: JsValue): string {
  const text = isCall(value, 'URL') && value.args.length === 1 ? value.args[0] : value
  if (typeof text !== 'string') throw new JsProblem('Write the URL into the call.')
  if (!/^(?:[a-z][a-z0-9+.-]*:\/\/|\$\{)/i.test(text)) {
    throw new JsProblem('Write the whole URL into the call, from https:// on.')
  }
  return text
}

function requestOf(value: JsValue): string {
  if (value === undefined) return 'GET'
  if (typeof value !== 'string') throw new JsProblem('Write the method into the call as a text.')
  // [fetch] 2.2.1: these and no others are made upper case.
  return /^(?:delete|get|head|options|post|put)$/i.test(value) ? value.toUpperCase() : value
}

function pairsOf(value: JsValue): NamedValues {
  if (value === undefined || value === null) return []
  if (isCall(value, 'Headers')) return pairsOf(value.args[0])
  const entries = isObject(value) ? value.entries : Array.isArray(value) ? value.map(asPair) : null
  if (entries === null) throw new JsProblem('Write the headers of the call as an object.')
  return entries.map(([name, held]) => [name, textOf(held, 'the headers')] as const)
}

function asPair(value: JsValue): readonly [string, JsValue] {
  const [name, held] = Array.isArray(value) ? value : []
  if (typeof name !== 'string') throw new JsProblem('Write the headers of the call as an object.')
  return [name, held]
}

function textOf(value: JsValue, where: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new JsProblem(`Write texts into ${where} of the call.`)
}

function bodyOf(value: JsValue): { readonly text: string; readonly contentType: string } | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return { text: value, contentType: 'text/plain;charset=UTF-8' }
  if (isCall(value, 'JSON.stringify')) {
    const text = JSON.stringify(plainOf(value.args[0]), null, spaceOf(value.args[2])) ?? ''
    return { text, contentType: 'text/plain;charset=UTF-8' }
  }
  if (isCall(value, 'URLSearchParams')) {
    const [params] = value.args
    const text = typeof params === 'string' ? params.replace(/^\?/, '') : formOf(pairsOf(params))
    return { text, contentType: 'application/x-www-form-urlencoded;charset=UTF-8' }
  }
  throw new JsProblem('Write the body into the call as a text: Lifeline builds no other.')
}

function formOf(pairs: NamedValues): string {
  return pairs.map((pair) => pair.map((part) => encodedPair(`=${part}`)).join('=')).join('&')
}

function spaceOf(value: JsValue): string | number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}

function plainOf(value: JsValue): unknown {
  if (Array.isArray(value)) return value.map(plainOf)
  if (typeof value !== 'object' || value === null) return value
  if (!isObject(value)) throw new JsProblem('Write the body into the call as a text or as data.')
  return Object.fromEntries(value.entries.map(([name, held]) => [name, plainOf(held)]))
}

/** As a browser sends it to the URL. [referrer-policy] 8.3 */
function referrerOf(
  options: ReadonlyMap<string, JsValue>,
  url: string,
): { readonly referer: string | null; readonly origin: string | null } {
  const written = options.get('referrer')
  const policy = options.get('referrerPolicy') ?? 'strict-origin-when-cross-origin'
  if (typeof written !== 'string' || !URL.canParse(written)) return { referer: null, origin: null }
  const { origin, href } = new URL(written)
  const isElsewhere = !URL.canParse(url) || new URL(url).origin !== origin
  const sent = isElsewhere ? origin : null
  const whole = /^(?:unsafe-url|no-referrer-when-downgrade)$/.test(String(policy))
  if (policy === 'no-referrer' || (policy === 'same-origin' && isElsewhere)) {
    return { referer: null, origin: sent }
  }
  const short = policy === 'origin' || policy === 'strict-origin'
  const referer = !whole && (isElsewhere || short) ? `${origin}/` : href.replace(/#.*$/s, '')
  return { referer, origin: sent }
}

function notesOf(options: ReadonlyMap<string, JsValue>, hasCookie: boolean): readonly string[] {
  const known = [...idle, 'method', 'headers', 'body']
  const unknown = [...options.keys()].filter((name) => !known.includes(name))
  const method = options.get('method')
  const raised = typeof method === 'string' && requestOf(method) !== method.toUpperCase()
  return [
    ...(raised ? [`The request method ${method} is sent as ${method.toUpperCase()}.`] : []),
    ...unknown.map(
      (name) =>
        `${/^\w{1,24}$/.test(name) ? name : 'An option'} is not followed: Lifeline does not know it.`,
    ),
    ...(options.get('credentials') === 'include' && !hasCookie
      ? ['The cookies of the browser are not in the call: add the header Cookie, or copy as cURL.']
      : []),
    ...(/^(?:manual|error)$/.test(String(options.get('redirect')))
      ? ['Redirects are followed, though the call says otherwise.']
      : []),
  ]
}

export function isCall(value: JsValue, name: string): value is JsCall {
  return isTagged(value) && value.kind === 'call' && value.name === name
}

function isObject(value: JsValue): value is JsObject {
  return isTagged(value) && value.kind === 'object'
}

function isTagged(value: JsValue): value is JsObject | JsCall {
  return typeof value === 'object' && value !== null && 'kind' in value
}
