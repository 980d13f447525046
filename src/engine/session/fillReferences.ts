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

/** Each reference with what stood there; nothing where the two do not fit together. */
function valuesIn(recorded: string, sent: string): readonly (readonly [string, string])[] {
  const parts = recorded.split(reference)
  const found: (readonly [string, string])[] = []
  if (!sent.startsWith(parts[0] ?? '')) return []
  let at = (parts[0] ?? '').length
  for (let i = 1; i < parts.length; i += 2) {
    const next = parts[i + 1] ?? ''
    const isLast = i + 2 >= parts.length
    const end = isLast ? sent.length - next.length : next === '' ? -1 : sent.indexOf(next, at + 1)
    if (end < at || !sent.startsWith(next, end)) return []
    found.push([parts[i] ?? '', sent.slice(at, end)])
    at = end + next.length
  }
  return parts.length > 1 || recorded === sent ? found : []
}
