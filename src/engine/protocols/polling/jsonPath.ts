// Paths into JSON as profiles write them: `items[0].id`, `$.items.0.id`, `$['a b'].c`, `items[-1]`.

import { parseComparableJson, type Reviver } from '../../../shared/text/comparableJson.ts'

/** The value of a JSON text; undefined when the text is not JSON. */
export function readJson(bytes: Uint8Array, reviver?: Reviver): unknown {
  return bytes.byteLength === 0 ? undefined : parse(new TextDecoder().decode(bytes), reviver)
}

/** As `parseComparableJson`. */
export function readComparableJson(bytes: Uint8Array): unknown {
  return parseComparableJson(new TextDecoder().decode(bytes))
}

function parse(text: string, reviver?: Reviver): unknown {
  try {
    return JSON.parse(text, reviver)
  } catch {
    // It is no JSON.
    return undefined
  }
}

/** The value at a path; undefined when there is none. A negative index counts from the end. */
export function valueAt(root: unknown, path: string): unknown {
  return followed(root, pathSteps(path))
}

function followed(root: unknown, steps: readonly string[]): unknown {
  let value = root
  for (const step of steps) {
    if (Array.isArray(value)) value = isIndex(step) ? value.at(Number(step)) : undefined
    else if (isRecord(value) && Object.hasOwn(value, step)) value = value[step]
    else return undefined
  }
  return value
}

/** Whether the path leads into a list that has nothing in it. */
export function endsInEmptyList(root: unknown, path: string): boolean {
  const steps = pathSteps(path)
  const listAt = steps.findLastIndex(isIndex)
  if (listAt < 0) return false
  const list = followed(root, steps.slice(0, listAt))
  return Array.isArray(list) && list.length === 0
}

/**
 * A copy of the value with another one at a path: objects are made where the path needs them, a list
 * takes indexes that it has. Null when something else stands in the way.
 */
export function withValueAt(root: unknown, path: string, value: unknown): unknown | null {
  return withValue(root, pathSteps(path), value)
}

function withValue(
  at: unknown,
  [step, ...rest]: readonly string[],
  value: unknown,
): unknown | null {
  if (step === undefined) return value
  if (Array.isArray(at)) {
    const index = isIndex(step) ? Number(step) : Number.NaN
    if (!(index < at.length && index >= -at.length)) return null
    const inner = withValue(at.at(index), rest, value)
    return inner === null ? null : at.with(index, inner)
  }
  if (at !== undefined && !isRecord(at)) return null
  const inner = withValue(
    isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined,
    rest,
    value,
  )
  if (inner === null) return null
  // Not by assignment: the name may be `__proto__`.
  return Object.fromEntries(new Map(Object.entries(at ?? {})).set(step, inner))
}

/** The names and indexes in turn. */
function pathSteps(path: string): string[] {
  const step = /\[(["'])(?<quoted>.*?)\1\]|\[(?<index>-?\d+)\]|(?<name>[^.[\]]+)/g
  return [...path.replace(/^\$/, '').matchAll(step)].map(
    ({ groups }) => groups?.quoted ?? groups?.index ?? groups?.name ?? '',
  )
}

function isIndex(step: string): boolean {
  return /^-?\d+$/.test(step)
}

/** Whether it is an object of JSON, rather than one that a reviver made. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
