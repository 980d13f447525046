// Header values as text and as the bytes on the wire, which Node takes and gives as a character each.

import { latin1, latin1Bytes } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

const beyondAscii = /[^\0-\x7f]/
const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The UTF-8 of a text, as curl sends it: a server takes these bytes as they are. [rfc9110] 5.5 */
export function fieldBytes(text: string): string {
  return beyondAscii.test(text) ? latin1(encoder.encode(text)) : text
}

/** The text of a field's bytes: UTF-8 where they are valid as that, otherwise Latin-1. */
export function fieldText(bytes: string): string {
  if (!beyondAscii.test(bytes)) return bytes
  try {
    return strict.decode(latin1Bytes(bytes))
  } catch {
    // It is Latin-1.
    return bytes
  }
}

/** Header fields that came, as text. */
export interface ReceivedFields {
  readonly headers: NamedValues
  /** Where in them those stand whose bytes are no UTF-8; absent without any. */
  readonly latin1?: readonly number[]
}

/** `fields` have a character for each byte. */
export function receivedFields(fields: NamedValues): ReceivedFields {
  // Most are plain.
  if (!fields.some(([, value]) => beyondAscii.test(value))) return { headers: fields }
  const headers = fields.map(([name, value]) => [name, fieldText(value)] as const)
  const latin1 = fields.flatMap(([, value], at) =>
    beyondAscii.test(value) && headers[at]?.[1] === value ? [at] : [],
  )
  return { headers, ...(latin1.length > 0 && { latin1 }) }
}

/** The user's header fields as they are sent. */
export function sentFields(fields: NamedValues): NamedValues {
  return fields.map((pair) => [pair[0], fieldBytes(pair[1])])
}
