// Reads header fields by name in any letter case, and a response's facts about its body.

import type { NamedValues } from '../text/namedValues.ts'

/** The value of a field, case of the name aside; several are joined as [rfc9110] 5.3 says. */
export function headerValue(headers: NamedValues, name: string): string | null {
  const wanted = name.toLowerCase()
  let value: string | null = null
  for (const [one, text] of headers) {
    if (one.length !== wanted.length || one.toLowerCase() !== wanted) continue
    value = value === null ? text : `${value}, ${text}`
  }
  return value
}

/** The value of the first field of that name: of several locations curl follows that one. */
export function firstValue(headers: NamedValues, name: string): string | null {
  const wanted = name.toLowerCase()
  return headers.find(([one]) => one.toLowerCase() === wanted)?.[1] ?? null
}

/** The value of the last field of that name: of several content types that one counts. [fetch] extract a MIME type */
export function lastValue(headers: NamedValues, name: string): string | null {
  const wanted = name.toLowerCase()
  return headers.findLast(([one]) => one.toLowerCase() === wanted)?.[1] ?? null
}

/** [spec] HTML 9.2.3: status 200 and the content type `text/event-stream`, parameters aside. */
export function isEventStream({
  status,
  headers,
}: {
  readonly status: number
  readonly headers: NamedValues
}): boolean {
  const type = lastValue(headers, 'content-type') ?? ''
  return status === 200 && /^[\t\n\r ]*text\/event-stream[\t\n\r ]*(?:;|$)/i.test(type)
}
