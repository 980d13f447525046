// What the command line and a profile say together → an endpoint, references not yet replaced.

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { checkUrl, proposeMethod } from '../shared/checkUrl.ts'
import type { Endpoint } from '../shared/endpoint.ts'
import { jsonMistake } from '../shared/jsonMistake.ts'
import { methods, parseEndpoint } from '../shared/parseEndpoint.ts'
import { type InputDefinition, readProfiles } from '../shared/profiles.ts'
import type { WatchOptions } from './commandLine.ts'
import { UsageError } from './usageError.ts'

export interface Watched {
  /** The profile's name; null without one. */
  readonly name: string | null
  readonly endpoint: Endpoint
  /** The folder that `${workspaceFolder}` stands for. */
  readonly folder: string
  readonly inputs: readonly InputDefinition[]
}

type Entry = Readonly<Record<string, unknown>>

/** Reads the profile where one is named. Throws `UsageError`. */
export function watchedEndpoint(options: WatchOptions, currentFolder: string): Watched {
  const folder = resolve(currentFolder, options.workspace ?? '.')
  const saved = options.profile === null ? null : readProfile(options.profile, folder)
  const written = entryOf(options)
  if (saved === null) checkAlone(options)
  const entry = saved === null ? written : mergeEntries(saved.entry, written)
  const parsed = parseEndpoint(entry)
  if (!parsed.ok) {
    throw new UsageError(
      parsed.problems.map(({ path, message }) => `${optionOf(path)}${message}`).join('\n'),
    )
  }
  return { name: options.profile, endpoint: parsed.value, folder, inputs: saved?.inputs ?? [] }
}

/** Without a profile: that there is a URL and a method, in the command line's own words. */
function checkAlone({ url, method }: WatchOptions): void {
  if (url === null) {
    throw new UsageError('Name what to watch: lifeline watch <url>, or --profile <name>.')
  }
  const problem = checkUrl(url)
  if (problem !== null) throw new UsageError(problem)
  const names = `${methods.slice(0, -1).join(', ')} or ${methods.at(-1)}`
  if (method === null && proposeMethod(url) === null) {
    throw new UsageError(`Add --method ${names} to say how to watch ${url}.`)
  }
  if (method !== null && !methods.some((name) => name === method)) {
    throw new UsageError(`Change --method ${method} to ${names}.`)
  }
}

/** The options as the fields of a profile entry, so that both are checked by the same rules. */
function entryOf(options: WatchOptions): Entry {
  const { url, method, request, body, interval, timeout, proxy, reconnect } = options
  const { cursorFrom, cursorTo, headers, subprotocols, send } = options
  const fields: Record<string, unknown> = {
    url,
    method,
    request,
    body,
    interval,
    timeout,
    proxy,
    reconnect,
    headers: headers.length > 0 ? headersField(headers) : null,
    subprotocols: subprotocols.length > 0 ? subprotocols : null,
    send: send.length > 0 ? send : null,
    allowFasterThan100ms: options.allowFasterThan100ms || null,
    tls: options.allowUntrusted ? { allowUntrusted: true } : null,
    cursor:
      cursorFrom === null && cursorTo === null
        ? null
        : {
            ...(cursorFrom !== null && { from: cursorFrom }),
            ...(cursorTo !== null && { to: cursorTo }),
          },
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

function headersField(headers: WatchOptions['headers']): Entry {
  const field: Record<string, string[]> = Object.create(null)
  for (const [name, value] of headers) field[name] = [...(field[name] ?? []), value]
  return field
}

/** The option's field goes before the profile's; headers and the cursor go together name by name. */
function mergeEntries(saved: Entry, written: Entry): Entry {
  const merged: Record<string, unknown> = { ...saved, ...written }
  for (const field of ['headers', 'cursor', 'tls']) {
    const [before, after] = [saved[field], written[field]]
    if (isEntry(before) && isEntry(after)) merged[field] = mergeNames(before, after)
  }
  return merged
}

function mergeNames(before: Entry, after: Entry): Entry {
  const replaced = new Set(Object.keys(after).map((name) => name.toLowerCase()))
  const kept = Object.entries(before).filter(([name]) => !replaced.has(name.toLowerCase()))
  return { ...Object.fromEntries(kept), ...after }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readProfile(
  name: string,
  folder: string,
): { entry: Entry; inputs: readonly InputDefinition[] } {
  const path = join(folder, '.vscode', 'lifeline.json')
  const value = readJsonc(path)
  const { profiles, problems, inputs } = readProfiles(value)
  const profile = profiles.find((one) => one.name === name)
  if (profile) {
    // `readProfiles` found it there, so it is an object in a list.
    const entries = (value as { profiles: readonly Entry[] }).profiles
    return { entry: entries[profile.index] ?? {}, inputs }
  }
  const own = problems.filter((problem) => problem.name === name)
  if (own.length > 0) {
    const sentences = own.map(({ path: field, message }) =>
      field ? `${field}: ${message}` : message,
    )
    throw new UsageError(`Correct the profile ${name} in ${path}.\n${sentences.join('\n')}`)
  }
  const [first] = problems.filter(({ index }) => index === -1)
  if (first) throw new UsageError(`Correct ${path}: ${first.message}`)
  const names = profiles.map((one) => one.name).join(', ')
  throw new UsageError(
    names === ''
      ? `There are no profiles in ${path}; add one, or watch a URL.`
      : `There is no profile ${name} in ${path}; it has ${names}.`,
  )
}

function readJsonc(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error
    throw new UsageError(
      `${path} cannot be read (${reason}); name the folder that has it with --workspace.`,
    )
  }
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length
    const mistake = jsonMistake(printParseErrorCode(first.error))
    throw new UsageError(`Correct ${path}, line ${line}: ${mistake}`)
  }
  return value
}

/** `--cursor-from: ` for `cursor.from`: the problem is where the user wrote it. */
function optionOf(path: string): string {
  if (path === '' || path === 'url') return ''
  const [field = '', ...rest] = path.split(/[.[]/)
  if (field === 'cursor') return rest.length > 0 ? `--cursor-${rest[0]}: ` : '--cursor-from: '
  const options: Readonly<Record<string, string>> = {
    headers: 'header',
    subprotocols: 'subprotocol',
    tls: 'allow-untrusted',
  }
  return `--${options[field] ?? field}: `
}
