// Learns from a recorded text and what it was which value stood for each reference, and fills the values in elsewhere.

import { RpcError } from '../../shared/calls/rpc.ts'

export interface ReferenceFiller {
  /** `recorded` has references where `sent` had values. Both in the same alphabet. */
  learn(recorded: string, sent: string): void
  /** Throws `secret-unknown` for a reference whose value was not learnt, or was not the same everywhere. */
  fill(text: string): string
}

const reference = /(\$\{secret:[^{}]*\})/

/** `unknown`: why a value that was not learnt is not there. */
export function createReferenceFiller(
  unknown = 'the session does not know its value',
): ReferenceFiller {
  /** By reference; null where there are several. */
  const values = new Map<string, string | null>()

  const filler: ReferenceFiller = {
    learn(recorded, sent) {
      for (const [name, value] of valuesIn(recorded, sent)) {
        const known = values.get(name)
        values.set(name, known === undefined || known === value ? value : null)
      }
    },
    fill: (text) =>
      text
        .split(reference)
        .map((part, i) => (i % 2 === 0 ? part : valueFor(part)))
        .join(''),
  }
  return filler

  function valueFor(name: string): string {
    const value = values.get(name)
    if (typeof value === 'string') return value
    const why = value === null ? 'several values stood in its place' : unknown
    throw new RpcError(
      'secret-unknown',
      `It was not sent: ${why}: ${name}. Write the value in its place.`,
    )
  }
}

/** Each reference with what stood there for certain; nothing where the two do not fit together. */
function valuesIn(recorded: string, sent: string): readonly (readonly [string, string])[] {
  const parts = recorded.split(reference)
  const names = parts.filter((_, i) => i % 2 === 1)
  const texts = parts.filter((_, i) => i % 2 === 0)
  if (recorded === sent) return names.map((name) => [name, name])
  const early = earliest(texts, sent)
  const late = latest(texts, sent)
  if (early === null || late === null) return []
  return names.flatMap((name, i) => {
    const [from, to] = [early[i] ?? 0, early[i + 1] ?? 0]
    const start = from + (texts[i] ?? '').length
    // A value that holds the text around it may begin or end elsewhere.
    return late[i] === from && late[i + 1] === to ? [[name, sent.slice(start, to)] as const] : []
  })
}

/** Where each text stands, as far in front as can be, with a value of a character or more between two; null: nowhere. */
function earliest(texts: readonly string[], sent: string): readonly number[] | null {
  const places: number[] = []
  let free = 0
  for (const [i, text] of texts.entries()) {
    const isLast = i === texts.length - 1
    if (text === '' && i > 0 && !isLast) return null
    const at = i === 0 ? 0 : isLast ? sent.length - text.length : sent.indexOf(text, free + 1)
    if (at < free || !sent.startsWith(text, at)) return null
    places.push(at)
    free = at + text.length
  }
  return free === sent.length ? places : null
}

/** The same, as far behind as can be. */
function latest(texts: readonly string[], sent: string): readonly number[] | null {
  const places: number[] = []
  let end = sent.length
  for (const [i, text] of [...texts.entries()].reverse()) {
    const last = end - text.length
    const isLast = i === texts.length - 1
    const at = i === 0 ? 0 : isLast ? last : last < 1 ? -1 : sent.lastIndexOf(text, last - 1)
    if (at < 0 || at > last) return null
    places.unshift(at)
    end = at
  }
  return places
}
