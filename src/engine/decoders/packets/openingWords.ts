// The words for what a client opens a connection or a channel with: that is where credentials go.

import { decodeLimits } from '../../../shared/limits.ts'
import { mayBeCredential } from '../../../shared/secrets/credentialNames.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { shortJson } from './shortJson.ts'

const hidden: Readonly<Record<string, unknown>> = {}

/** `{room: 7, token: …}`: a value whose name may be a credential's is not told. Undefined where there is nothing. */
export function openingWords(payload: unknown): string | undefined {
  if (payload === undefined || payload === null) return undefined
  return shortJson(withoutCredentials(payload, 3), decodeLimits.summaryChars, (value) =>
    value === hidden ? '…' : null,
  )
}

/** A copy of so much of it as is shown. */
function withoutCredentials(value: unknown, depth: number): unknown {
  if (!isRecord(value) || depth === 0) return value
  const shown: [string, unknown][] = []
  for (const name in value) {
    if (shown.length > decodeLimits.summaryChars / 4) break
    const inner = value[name]
    shown.push([name, mayBeCredential(name) ? hidden : withoutCredentials(inner, depth - 1)])
  }
  return Object.fromEntries(shown)
}
