// A profile entry's JSON → a complete endpoint, or what to change in it.

import type { Endpoint, Method } from '../endpoint/endpoint.ts'
import { allMethods } from '../endpoint/methods.ts'
import type { Parsed, Problem } from '../endpoint/problem.ts'
import { checkEndpoint } from './checkEndpoint.ts'
import { readMethod } from './fields/addressFields.ts'
import { readMessages } from './fields/messageFields.ts'
import { fieldNames, fillEndpoint, isFor, profileFields } from './profileFields.ts'
import { createFieldReader, type FieldReader } from './shapes/fieldReader.ts'
import type { EndpointDefaults } from './shapes/profileField.ts'

/**
 * Reads the entry (`name` is left to `readProfiles`), fills in what it leaves out and reports every
 * problem: those of reading in the order of the fields, then those of the whole. Fields that start with `$` are
 * left alone.
 */
export function parseEndpoint(input: unknown, defaults: EndpointDefaults = {}): Parsed<Endpoint> {
  const read = createFieldReader(input)
  if (!read) {
    const message = 'Write the profile as an object with at least a "url" and a "method".'
    return { ok: false, problems: [{ path: '', message }] }
  }
  read.reportUnknown(fieldNames, 'A profile')
  const method = readMethod(read)
  if (method) reportForeign(read, method)
  const entry = { method, messages: readMessages(read), defaults }
  const endpoint: Endpoint = fillEndpoint((field) => field.read(read, entry))
  const problems = read.problems.toSorted((a, b) => placeOf(a) - placeOf(b))
  const reported = new Set(problems.map(fieldOf))
  for (const problem of checkEndpoint(endpoint, 'unresolved')) {
    // A field that could not be read stands at its default, about which nobody wants to hear.
    if (!reported.has(fieldOf(problem))) problems.push(problem)
  }
  return problems.length === 0 ? { ok: true, value: endpoint } : { ok: false, problems }
}

function reportForeign(read: FieldReader, method: Method): void {
  for (const field of profileFields) {
    const { name, methods = allMethods, elsewhere } = field
    const value = read.value(name)
    if (value === undefined || value === elsewhere || isFor(field, method)) continue
    // Where it stands beside a tap, that has been said.
    if (read.problems.some(({ path }) => path === name)) continue
    const names = methods.join(', ')
    read.report(name, `Remove "${name}": it is for ${names}, and the method is ${method}.`)
  }
}

function fieldOf({ path }: Problem): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path
}

/** Among the fields; those that do not exist come first. */
function placeOf(problem: Problem): number {
  return fieldNames.indexOf(fieldOf(problem))
}
