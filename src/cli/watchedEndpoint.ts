// Makes the endpoint of what the command line and a profile say together; its references are not yet replaced.

import { join, resolve } from 'node:path'
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { checkUrl, proposeMethod } from '../shared/endpoint/checks/checkUrl.ts'
import type { Endpoint } from '../shared/endpoint/endpoint.ts'
import { isClientMethod, methodChoices } from '../shared/endpoint/methods.ts'
import { isPasted, parsePasted } from '../shared/pasted/parsePasted.ts'
import type { PastedRequest } from '../shared/pasted/shapes/pastedRequest.ts'
import { parseEndpoint } from '../shared/profile/parseEndpoint.ts'
import { type InputDefinition, readProfiles } from '../shared/profile/profiles.ts'
import type { Entry } from '../shared/profile/shapes/fieldOption.ts'
import { jsonMistake } from '../shared/text/jsonText.ts'
import { isRecord } from '../shared/unknown.ts'
import type { WatchOptions } from './command.ts'
import { lineAt, readProfilesFile } from './readProfilesFile.ts'
import { UsageError } from './usageError.ts'
import { filePlaces, mergedFields, optionOf, rivalFields } from './watchFields.ts'

export interface Watched {
  /** The profile's name; null without one. */
  readonly name: string | null
  readonly endpoint: Endpoint
  /** The folder that `${workspaceFolder}` stands for. */
  readonly folder: string
  readonly inputs: readonly InputDefinition[]
  /** Sentences about what is asked for otherwise than the command after `--curl` would. */
  readonly notes: readonly string[]
}

/** Reads the profile where one is named. Throws `UsageError`. */
export function watchedEndpoint(options: WatchOptions, currentFolder: string): Watched {
  const folder = resolve(currentFolder, options.workspace ?? '.')
  const saved = options.profile === null ? null : readProfile(options.profile, folder)
  if (saved !== null) checkKind(options, saved.entry)
  const pasted = options.curl === null ? null : readCurl(options.curl, options)
  const base = saved?.entry ?? pasted?.entry ?? null
  const url = options.url === null ? {} : { url: options.url }
  const written = { ...url, ...fromHere(options.fields, currentFolder) }
  const entry = base === null ? written : mergeEntries(base, written)
  if (saved === null) checkAlone(entry)
  const parsed = parseEndpoint(entry)
  if (!parsed.ok) {
    const sentences = parsed.problems.map(({ path, message }) => {
      const [field = ''] = path.split(/[.[]/)
      const option = options.curl !== null && !(field in written) ? '--curl' : optionOf(path)
      return option === null ? message : `${option}: ${message}`
    })
    throw new UsageError(sentences.join('\n'))
  }
  return {
    name: options.profile,
    endpoint: parsed.value,
    folder,
    inputs: saved?.inputs ?? [],
    notes: pasted?.notes ?? [],
  }
}

/** Whether the profile is what the command is for. */
function checkKind({ profile, fields }: WatchOptions, saved: Entry): void {
  if (saved.tap === undefined && fields.tap !== undefined) {
    throw new UsageError(
      `The profile ${profile} is no tap. Name its server, as in lifeline tap https://api.example.com, or write "tap": {} in the place of its "method".`,
    )
  }
  if (saved.tap !== undefined && fields.tap === undefined) {
    throw new UsageError(`The profile ${profile} is a tap: lifeline tap --profile <name>.`)
  }
}

/** Without a profile: that there is a URL and a method, in the command line's own words. */
function checkAlone({ url, method, tap }: Entry): void {
  if (typeof url !== 'string') {
    const what =
      tap === undefined
        ? 'what to watch: lifeline watch <url>'
        : 'the server: lifeline tap <server>'
    throw new UsageError(`Name ${what}, or --profile <name>.`)
  }
  const problem = checkUrl(url)
  if (problem !== null) throw new UsageError(problem)
  if (tap !== undefined) return
  if (method === undefined && proposeMethod(url) === null) {
    throw new UsageError(`Add --method ${methodChoices} to say how to watch the URL.`)
  }
  if (method !== undefined && !isClientMethod(method)) {
    throw new UsageError(`Change --method to ${methodChoices}.`)
  }
}

function readCurl(command: string, { fields }: WatchOptions): PastedRequest {
  if (!isPasted(command)) {
    throw new UsageError("Write the whole command after --curl: 'curl …' or 'fetch(…)'.")
  }
  const { method } = fields
  const parsed = parsePasted(command, isClientMethod(method) ? method : undefined)
  if (parsed.ok) return parsed.value
  throw new UsageError(parsed.problems.map(({ message }) => `--curl: ${message}`).join('\n'))
}

/** Files that options name start at the current folder, as in every command. */
function fromHere(fields: Entry, currentFolder: string): Entry {
  const absolute = (file: unknown) =>
    typeof file === 'string' && !file.startsWith('${') ? resolve(currentFolder, file) : file
  /** Also in each object of a list. */
  const inside = (value: unknown, part: string): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => inside(item, part))
    return isRecord(value) && part in value ? { ...value, [part]: absolute(value[part]) } : value
  }
  const here: Record<string, unknown> = { ...fields }
  for (const [field, part] of filePlaces) {
    if (!(field in here)) continue
    here[field] = part === undefined ? absolute(here[field]) : inside(here[field], part)
  }
  return here
}

/** The option's field goes before the profile's; headers and the like go together name by name. */
function mergeEntries(saved: Entry, written: Entry): Entry {
  const merged: Record<string, unknown> = { ...saved, ...written }
  for (const [field, rival] of rivalFields) {
    if (field in written && !(rival in written)) delete merged[rival]
  }
  for (const field of mergedFields) {
    const [before, after] = [saved[field], written[field]]
    if (isRecord(before) && isRecord(after)) merged[field] = mergeNames(before, after)
  }
  return merged
}

function mergeNames(before: Entry, after: Entry): Entry {
  const replaced = new Set(Object.keys(after).map((name) => name.toLowerCase()))
  const kept = Object.entries(before).filter(([name]) => !replaced.has(name.toLowerCase()))
  return { ...Object.fromEntries(kept), ...after }
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
  const text = readProfilesFile(path)
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (first) {
    const mistake = jsonMistake(printParseErrorCode(first.error))
    throw new UsageError(`Correct ${path}, line ${lineAt(text, first.offset)}: ${mistake}`)
  }
  return value
}
