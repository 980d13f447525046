// Values in the JSON of answers and requests: reading one, and setting one.

import { parseComparableJson } from '../../../shared/text/comparableJson.ts'
import { type JsonPath, parsePath } from '../../../shared/text/jsonPath.ts'
import { indexOf, valuesAt } from '../../../shared/text/jsonPathValues.ts'
import { type KeepNumber, parseJson } from '../../../shared/text/parseJson.ts'

/** The value of a JSON text; undefined when the text is not JSON. */
export function readJson(bytes: Uint8Array, keep?: KeepNumber): unknown {
  return bytes.byteLength === 0 ? undefined : parseJson(new TextDecoder().decode(bytes), keep)
}

/** As `parseComparableJson`. */
export function readComparableJson(bytes: Uint8Array): unknown {
  return parseComparableJson(new TextDecoder().decode(bytes))
}

/** The value at a path as `parsePath` reads it; undefined when there is none. */
export function valueAt(root: unknown, path: string): unknown {
  return followed(root, stepsOf(path))
}

function followed(root: unknown, path: JsonPath): unknown {
  return root === undefined ? undefined : valuesAt(root, path)[0]
}

/** Whether the path leads into a list that has nothing in it. */
export function endsInEmptyList(root: unknown, path: string): boolean {
  const steps = stepsOf(path)
  const listAt = steps.findLastIndex((step) => step !== null && !Number.isNaN(indexOf(step)))
  if (listAt < 0) return false
  const list = followed(root, steps.slice(0, listAt))
  return Array.isArray(list) && list.length === 0
}

/**
 * A copy of the value with another one at a path: objects are made where the path needs them, a list
 * takes indexes that it has. Null when something else stands in the way.
 */
export function withValueAt(root: unknown, path: string, value: unknown): unknown | null {
  return withValue(root, stepsOf(path), value)
}

function withValue(at: unknown, [step, ...rest]: JsonPath, value: unknown): unknown | null {
  if (step === undefined) return value
  if (step === null) return null
  if (Array.isArray(at)) {
    const index = indexOf(step)
    if (!(index < at.length && index >= -at.length)) return null
    const inner = withValue(at.at(index), rest, value)
    return inner === null ? null : at.with(index, inner)
  }
  if (at !== undefined && !isRecord(at)) return null
  const name = String(step)
  const inner = withValue(
    isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined,
    rest,
    value,
  )
  if (inner === null) return null
  // Not by assignment: the name may be `__proto__`.
  return Object.fromEntries(new Map(Object.entries(at ?? {})).set(name, inner))
}

/** A profile was checked for what is a path. */
function stepsOf(path: string): JsonPath {
  return parsePath(path) ?? []
}

/** Whether it is an object of JSON, rather than one that a reviver made. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
