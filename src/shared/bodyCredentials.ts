// Credentials in a body or a message: members of JSON and fields of a form whose names say so.

import { decodeQuery, leastCredential, queryCredentials } from './credentialNames.ts'

export interface BodyCredential {
  readonly name: string
  /** As it stands in the text, and as it was meant, where that is another. */
  readonly values: readonly string[]
}

/**
 * In order. Only names that are nothing else count: a `key` or `code` in a message is what the traffic is
 * about.
 */
export function bodyCredentials(text: string): readonly BodyCredential[] {
  return (jsonCredentials(text) ?? formCredentials(text)).filter(
    ({ name }) => leastCredential(name) === 1,
  )
}

function formCredentials(text: string): readonly BodyCredential[] {
  if (/\s/.test(text)) return []
  return queryCredentials(`?${text}`).map(({ name, value }) => ({
    name,
    values: [value, decodeQuery(value)],
  }))
}

/** Null where the text is no JSON. */
function jsonCredentials(text: string): readonly BodyCredential[] | null {
  if (!/^\s*[[{]/.test(text)) return null
  const found: BodyCredential[] = []
  try {
    JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string' && !value.includes('${')) {
        found.push({ name, values: [JSON.stringify(value).slice(1, -1), value] })
      }
      return value
    })
    return found
  } catch {
    // It only begins like JSON.
    return null
  }
}
