// PowerShell's Invoke-WebRequest and Invoke-RestMethod, as browsers copy them → the profile entry that asks for the same.

import type { ClientMethod } from '../../endpoint/endpoint.ts'
import { urlFor } from '../../endpoint/methods.ts'
import { type Parsed, refused } from '../../endpoint/problem.ts'
import { formatPairs } from '../../profile/fields/namedValuesField.ts'
import { methodOf } from '../curl/curlAddress.ts'
import { encodedPair } from '../curl/curlData.ts'
import { type PastedRequest, saidFields } from '../shapes/pastedRequest.ts'
import { withoutSettings } from '../shell/powerShellCommand.ts'
import { withoutLostHeads } from '../shell/powerShellText.ts'
import { createShellVariables, type ShellVariables } from '../shell/shellVariables.ts'
import { createPowerShellReader, type PowerShellValue } from './powerShellValues.ts'

const names = /(?:^|[\s;|(=])(?:invoke-webrequest|invoke-restmethod|iwr|irm)(?=\s|$)/i
/** In Windows PowerShell `curl` is a name for Invoke-WebRequest, whose parameters then stand behind it in the line. */
const alias = /(?:^|[\s;|(=])curl(?=\s)/i
const ownParameter = /-(?:uri|headers|usebasicparsing|websession)\b/i

export function isWebRequest(text: string): boolean {
  return commandIn(text) !== null
}

interface Place {
  readonly start: number
  readonly end: number
}

function commandIn(text: string): Place | null {
  const found = placeOf(names, text, 0) ?? aliasIn(text)
  // What stands in a quoted argument of curl is no command.
  return found && !/^\s*curl(?:\.exe)?\s/i.test(text.slice(0, found.start)) ? found : null
}

function aliasIn(text: string): Place | null {
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const found = placeOf(alias, line, index)
    if (found !== null && ownParameter.test(line.slice(found.end - index))) return found
  }
  return null
}

/** `offset` is where the text begins in the whole. */
function placeOf(pattern: RegExp, text: string, offset: number): Place | null {
  const found = pattern.exec(text)
  if (found === null) return null
  const start = offset + found.index
  return { start, end: start + found[0].length }
}

/** Parameters that change nothing of the request, with whether a value follows. */
const idle: Readonly<Record<string, boolean>> = {
  usebasicparsing: false,
  skiphttperrorcheck: false,
  disablekeepalive: false,
  websession: true,
  sessionvariable: true,
  outfile: true,
  passthru: false,
  erroraction: true,
  maximumretrycount: true,
  retryintervalsec: true,
}

const followed = [
  'uri',
  'method',
  'headers',
  'body',
  'contenttype',
  'useragent',
  'timeoutsec',
  'proxy',
]

export function parseWebRequest(
  text: string,
  wanted: ClientMethod | undefined,
): Parsed<PastedRequest> {
  const variables = createShellVariables()
  const plain = withoutLostHeads(text.replace(/\r\n?/g, '\n'))
  const left = withoutSettings(plain, variables)
  const found = commandIn(left)
  if (found === null) return refused('Begin with Invoke-WebRequest.')
  const args = readArguments(left.slice(found.end), variables)
  if (!args.ok) return args
  const { values, flags } = args.value
  const url = values.get('uri')
  if (typeof url !== 'string') return refused('Write the URL after -Uri.')
  const body = bodyOf(values.get('body'))
  if (body === null) return refused('Write the body after -Body as a text.')
  const headers = headersOf(values, sessionOf(left, variables), body)
  if (headers === null) return refused('Write the headers after -Headers as @{"name"="value"}.')
  const method = wanted ?? methodOf(url, headers, body.text ?? null)
  const isHttp = method !== 'websocket'
  const entry = saidFields({
    url: method === null ? url : urlFor(method, url),
    method,
    request: isHttp ? requestOf(values.get('method'), body.text) : null,
    headers: formatPairs(headers),
    body: isHttp ? body.text : null,
    timeout: typeof values.get('timeoutsec') === 'string' ? `${values.get('timeoutsec')}s` : null,
    tls: flags.has('skipcertificatecheck') ? { allowUntrusted: true } : null,
    proxy: values.get('proxy'),
  })
  return { ok: true, value: { entry, notes: [...variables.notes] } }
}

interface Arguments {
  readonly values: ReadonlyMap<string, PowerShellValue>
  readonly flags: ReadonlySet<string>
}

function readArguments(text: string, variables: ShellVariables): Parsed<Arguments> {
  const reader = createPowerShellReader(text, variables)
  const values = new Map<string, PowerShellValue>()
  const flags = new Set<string>()
  for (let name = reader.parameter(); name !== null; name = reader.parameter()) {
    const own = wholeName(name.toLowerCase())
    if (own === 'skipcertificatecheck' || idle[own] === false) {
      flags.add(own)
      continue
    }
    const isKnown = own === '' || Object.hasOwn(idle, own) || followed.includes(own)
    if (!isKnown)
      return refused(`Remove -${/^\w{1,24}$/.test(name) ? name : '…'}: Lifeline cannot follow it.`)
    const value = reader.value()
    if (value === null) {
      return refused(
        own === ''
          ? 'Write the command without other commands in it: Lifeline runs no programs.'
          : `Write a text or @{…} after -${name}: Lifeline runs no programs.`,
      )
    }
    if (!Object.hasOwn(idle, own)) values.set(own === '' ? 'uri' : own, value)
  }
  return { ok: true, value: { values, flags } }
}

/** PowerShell takes the beginning of a name that no other one has. */
function wholeName(written: string): string {
  const names = [...followed, ...Object.keys(idle), 'skipcertificatecheck']
  const fit = names.filter((name) => name.startsWith(written))
  return written !== '' && !names.includes(written) && fit.length === 1 ? (fit[0] ?? '') : written
}

function requestOf(written: PowerShellValue | undefined, body: string | undefined): string | null {
  const method = typeof written === 'string' ? written.toUpperCase() : 'GET'
  return method === (body === undefined ? 'GET' : 'POST') ? null : method
}

/** What `$session` was given: its user agent and its cookies. */
function sessionOf(
  text: string,
  variables: ShellVariables,
): readonly (readonly [string, string])[] {
  const read = (from: number) => createPowerShellReader(text.slice(from), variables).value()
  const agent = /\$\w+\.UserAgent\s*=\s*/i.exec(text)
  const userAgent = agent === null ? null : read(agent.index + agent[0].length)
  const cookies: string[] = []
  for (const { 0: whole, index } of text.matchAll(/System\.Net\.Cookie\(\s*/gi)) {
    const reader = createPowerShellReader(text.slice(index + whole.length), variables)
    const [name, value] = [reader.value(), reader.value()]
    if (typeof name === 'string' && typeof value === 'string') cookies.push(`${name}=${value}`)
  }
  return [
    ...(typeof userAgent === 'string' ? [['User-Agent', userAgent] as const] : []),
    ...(cookies.length > 0 ? [['Cookie', cookies.join('; ')] as const] : []),
  ]
}

/** HTTP/2's pseudo-headers, which browsers write among the others. */
const pseudo = /^:?(?:authority|method|path|scheme)$/i

function headersOf(
  values: ReadonlyMap<string, PowerShellValue>,
  session: readonly (readonly [string, string])[],
  body: WebBody,
): readonly (readonly [string, string])[] | null {
  const written = values.get('headers')
  if (typeof written === 'string') return null
  const pairs: (readonly [string, string])[] = []
  for (const [name, value] of written ?? []) {
    if (typeof value !== 'string') return null
    if (!pseudo.test(name)) pairs.push([name, value])
  }
  const more: readonly (readonly [string, PowerShellValue | undefined])[] = [
    ['Content-Type', values.get('contenttype') ?? body.contentType],
    ['User-Agent', values.get('useragent')],
    ...session,
  ]
  for (const [name, value] of more) {
    const has = pairs.some(([own]) => own.toLowerCase() === name.toLowerCase())
    if (typeof value === 'string' && !has) pairs.push([name, value])
  }
  return pairs
}

interface WebBody {
  readonly text?: string
  readonly contentType?: string
}

/** A table is sent as a form. Null where it is neither. */
function bodyOf(value: PowerShellValue | undefined): WebBody | null {
  if (value === undefined) return {}
  const contentType = 'application/x-www-form-urlencoded'
  if (typeof value === 'string') return { text: value, contentType }
  const fields: string[] = []
  for (const [name, held] of value) {
    if (typeof held !== 'string') return null
    fields.push(`${encodedPair(`=${name}`)}=${encodedPair(`=${held}`)}`)
  }
  return { text: fields.join('&'), contentType }
}
