// Long polling: data or none, the cursor from one answer to the next request, and when to hold back.

import type { CursorSource, CursorTarget } from '../../shared/endpoint.ts'
import type { HeaderPairs } from '../../shared/frame.ts'
import { headerValue } from './requestHeaders.ts'

const noData: ReadonlySet<number> = new Set([204, 304, 408, 504])

/** Whether an answer says that there was nothing to say: by its status, or a good one by its empty body. */
export function isEmptyAnswer(status: number, sizeBytes: number): boolean {
  return noData.has(status) || (status < 400 && sizeBytes === 0)
}

/** The cursor in an answer; null when it holds none. A number keeps its digits as they were sent. */
export function readCursor(
  source: CursorSource,
  headers: HeaderPairs,
  body: Uint8Array,
): string | null {
  if (source.kind === 'validators') return null
  if (source.kind === 'header') return headerValue(headers, source.name)
  if (body.byteLength === 0) return null
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(body), keepDigits)
  } catch {
    // Whatever is no JSON has no cursor in it.
    return null
  }
  for (const step of pathSteps(source.path)) {
    if (Array.isArray(value)) value = /^-?\d+$/.test(step) ? value.at(Number(step)) : undefined
    else if (isRecord(value) && Object.hasOwn(value, step)) value = value[step]
    else return null
  }
  if (typeof value === 'string') return value
  return typeof value === 'boolean' ? String(value) : null
}

/** The URL and headers of a request that carries the cursor. */
export function withCursor(
  target: CursorTarget,
  cursor: string | null,
  url: URL,
  headers: HeaderPairs,
): { readonly url: URL; readonly headers: HeaderPairs } {
  if (cursor === null || target.kind === 'body' || target.kind === 'validators') {
    return { url, headers }
  }
  if (target.kind === 'header') {
    const name = target.name.toLowerCase()
    const others = headers.filter(([other]) => other.toLowerCase() !== name)
    return { url, headers: [...others, [target.name, cursor]] }
  }
  return { url: withQuery(url, target.name, cursor), headers }
}

/** How the answers before this one came. */
export interface Pace {
  /** Answers in a row that were not held and moved no cursor. */
  readonly quick: number
  /** Those of them that brought nothing new. */
  readonly idle: number
}

export const firstPace: Pace = { quick: 0, idle: 0 }

/** A server that waits for data holds a request at least this long. */
const heldMs = 50
const freeAnswers = 3
const firstBackOffMs = 250
const longestBackOffMs = 10_000

export interface PacedAnswer {
  readonly holdMs: number
  readonly empty: boolean
  /** Same body as the data before. */
  readonly repeated: boolean
  /** The cursor moved on: the server is handing out what had piled up. */
  readonly advanced: boolean
}

/**
 * The pace after an answer and the time to hold back. `reason` is there when the server answers at
 * once with nothing new, again and again; new data at once is only kept to `minIntervalMs`.
 */
export function nextPace(
  pace: Pace,
  answer: PacedAnswer,
  minIntervalMs: number,
): { readonly pace: Pace; readonly delayMs: number; readonly reason: string | null } {
  if (answer.holdMs >= heldMs || (answer.advanced && !answer.empty)) {
    return { pace: firstPace, delayMs: 0, reason: null }
  }
  const quick = pace.quick + 1
  const idle = answer.empty || answer.repeated ? pace.idle + 1 : 0
  if (idle >= freeAnswers) {
    return {
      pace: { quick, idle },
      delayMs: Math.min(firstBackOffMs * 2 ** (idle - freeAnswers), longestBackOffMs),
      reason: answer.empty
        ? 'the server answers at once without data'
        : 'the server answers at once with the same data',
    }
  }
  return { pace: { quick, idle }, delayMs: quick >= freeAnswers ? minIntervalMs : 0, reason: null }
}

/** `$.items[0].id`, `items.0.id`, `$['a b'].c`: the names and indexes in turn. A negative index counts from the end. */
function pathSteps(path: string): string[] {
  const step = /\[(["'])(?<quoted>.*?)\1\]|\[(?<index>-?\d+)\]|(?<name>[^.[\]]+)/g
  return [...path.replace(/^\$/, '').matchAll(step)].map(
    ({ groups }) => groups?.quoted ?? groups?.index ?? groups?.name ?? '',
  )
}

// Beyond 2^53 a number would lose digits that the server wants back. [ecma262] JSON.parse source text
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Sets one parameter and leaves the others as they were written. */
function withQuery(url: URL, name: string, value: string): URL {
  const isNamed = (part: string) => {
    const [[key] = ['']] = [...new URLSearchParams(part)]
    return key === name
  }
  const others = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !isNamed(part))
  const next = new URL(url.href)
  next.search = [...others, new URLSearchParams([[name, value]]).toString()].join('&')
  return next
}
