// The value of a profiles file → the profiles that work, and what is wrong with the others.

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { Problem } from '../endpoint/problem.ts'
import { findReferences } from '../endpoint/references.ts'
import { mapEndpointText } from './mapEndpointText.ts'
import { parseEndpoint } from './parseEndpoint.ts'
import { createFieldReader, type FieldReader } from './shapes/fieldReader.ts'
import type { EndpointDefaults, FieldText } from './shapes/profileField.ts'

export interface Profile {
  readonly name: string
  readonly endpoint: Endpoint
  /** Its place in `profiles`. */
  readonly index: number
}

/** Something that the user is asked for when a profile connects: `${input:id}`. */
export interface InputDefinition {
  readonly id: string
  /** The question; empty when the file has none. */
  readonly description: string
  /** Typed without being shown, and treated as a secret. */
  readonly password: boolean
  /** What the box holds at first. */
  readonly default: string
}

export interface ProfileProblem extends Problem {
  /** The entry in `profiles`; -1 for the file, whose `path` then starts at its root. */
  readonly index: number
  /** The entry's name where it has one. */
  readonly name?: string
}

export interface ParsedProfiles {
  readonly profiles: readonly Profile[]
  readonly problems: readonly ProfileProblem[]
  readonly inputs: readonly InputDefinition[]
}

/**
 * An empty file (`undefined`) has no profiles and no problems. An entry with a problem is not among
 * the profiles; the others are. A second entry of the same name is a problem, and so is a list that is too long.
 */
export function readProfiles(value: unknown, defaults: EndpointDefaults = {}): ParsedProfiles {
  const problems: ProfileProblem[] = []
  const reportFile = (path: string, message: string) => problems.push({ index: -1, path, message })
  if (value === undefined) return { profiles: [], problems, inputs: [] }
  const file = createFieldReader(value)
  if (!file) {
    reportFile('', 'Write the file as an object: { "profiles": [ … ] }.')
    return { profiles: [], problems, inputs: [] }
  }
  file.reportUnknown(['profiles', 'inputs'], 'The file')
  const definitions = listOf(file, 'inputs')
  const entries = listOf(file, 'profiles')
  for (const { path, message } of file.problems) reportFile(path, message)
  const inputs = readInputs(definitions, reportFile)
  const profiles: Profile[] = []
  const taken = new Set<string>()
  entries.forEach((entry, index) => {
    const name = createFieldReader(entry)?.text('name') ?? undefined
    const parsed = parseEndpoint(entry, defaults)
    const found = [
      ...checkName(entry, name, taken),
      ...(parsed.ok ? checkInputs(parsed.value, inputs) : parsed.problems),
    ]
    if (name !== undefined) taken.add(name)
    if (parsed.ok && found.length === 0 && name !== undefined) {
      profiles.push({ name, endpoint: parsed.value, index })
    }
    for (const problem of found)
      problems.push({ index, ...(name !== undefined && { name }), ...problem })
  })
  return { profiles, problems, inputs }
}

function listOf(file: FieldReader, field: string): readonly unknown[] {
  const value = file.value(field) ?? []
  if (Array.isArray(value)) return file.few(field, value)
  file.report(field, `Write "${field}" as a list: [ … ].`)
  return []
}

function checkName(
  entry: unknown,
  name: string | undefined,
  taken: ReadonlySet<string>,
): readonly Problem[] {
  if (!createFieldReader(entry)) return []
  if (name === undefined || name.trim() === '') {
    return [
      { path: 'name', message: 'Add a "name" in quotes: it is what the list of profiles shows.' },
    ]
  }
  if (!taken.has(name)) return []
  return [{ path: 'name', message: `Rename this profile: "${name}" stands further up already.` }]
}

/** The fields of an input. */
export const inputFields: readonly FieldText[] = [
  {
    name: 'id',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the reference as users write it
    meaning: 'The name in `${input:id}`.',
    schema: {
      type: 'string',
      pattern: '^[^{}\\s]+$',
      patternErrorMessage: 'Write an id without spaces or braces.',
    },
  },
  { name: 'description', meaning: 'The question that the user reads.', schema: { type: 'string' } },
  {
    name: 'password',
    meaning: 'The answer is typed without being shown and kept out of captures.',
    schema: { type: 'boolean' },
  },
  { name: 'default', meaning: 'What the box holds at first.', schema: { type: 'string' } },
]

function readInputs(
  entries: readonly unknown[],
  reportFile: (path: string, message: string) => void,
): readonly InputDefinition[] {
  const inputs: InputDefinition[] = []
  entries.forEach((entry, i) => {
    const path = `inputs[${i}]`
    const read = createFieldReader(entry)
    if (!read) {
      reportFile(path, 'Write the input as an object: { "id": "token", "description": "Token" }.')
      return
    }
    read.reportUnknown(
      inputFields.map(({ name }) => name),
      'An input',
    )
    const id = read.text('id') ?? ''
    const input = {
      id,
      description: read.text('description') ?? '',
      password: read.flag('password'),
      default: read.text('default') ?? '',
    }
    if (!/^[^{}\s]+$/.test(id)) read.report('id', 'Add an "id" without spaces or braces.')
    if (inputs.some((other) => other.id === id)) {
      read.report('id', `Change the id: "${id}" stands further up already.`)
    }
    for (const problem of read.problems) reportFile(`${path}.${problem.path}`, problem.message)
    if (read.problems.length === 0) inputs.push(input)
  })
  return inputs
}

function checkInputs(endpoint: Endpoint, inputs: readonly InputDefinition[]): readonly Problem[] {
  const problems = new Map<string, Problem>()
  mapEndpointText(endpoint, (text, path) => {
    for (const { kind, name } of findReferences(text)) {
      if (kind !== 'input' || inputs.some(({ id }) => id === name)) continue
      const message = `Declare the input: add { "id": "${name}", "description": "…" } to "inputs".`
      problems.set(name, { path, message })
    }
    return text
  })
  return [...problems.values()]
}

/** Whether a name can be given to a new profile beside the others: a sentence that says why not, or null. */
export function checkProfileName(name: string, others: readonly string[]): string | null {
  if (name.trim() === '') return 'Enter a name for the profile.'
  return others.includes(name.trim()) ? `Enter another name: "${name.trim()}" is taken.` : null
}
