// Heads of answers as Node gives them, turned into what frames tell.

import { STATUS_CODES } from 'node:http'
import { shownLimits } from '../../../shared/limits.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import type { AnswerText, ReadHead } from '../../protocols/http/answerHead.ts'
import { fieldText, receivedFields } from '../../protocols/http/fieldBytes.ts'
import type { SentAnswer, SentInformation } from '../sentRequest.ts'

/** Node's flat list as pairs. */
export function headerPairs(raw: readonly string[]): NamedValues {
  const pairs: (readonly [string, string])[] = []
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? ''])
  return pairs
}

/** The head as Node has read it; `mended` is how it came where it had to be mended first. */
export function answerText(res: SentAnswer, mended: ReadHead | null): AnswerText {
  if (mended !== null) {
    const { status, statusText, httpVersion, headers } = mended
    return { status, statusText, httpVersion, headers }
  }
  const { statusCode: status = 0, statusMessage: statusText = '', httpVersion, rawHeaders } = res
  return { status, statusText, httpVersion, headers: headerPairs(rawHeaders) }
}

/** Bytes of a response's status line and header fields, as the usual spacing has them; of HTTP/2 as it came. */
export function headBytes(res: SentAnswer): number {
  if (res.headBytes !== undefined) return res.headBytes
  let size = `HTTP/${res.httpVersion} ${res.statusCode} ${res.statusMessage}\r\n\r\n`.length
  for (const text of res.rawHeaders) size += text.length + 2
  return size
}

/**
 * What a status means by the standard, empty for one that has no name. What is said of an answer holds this: the
 * server's own words may repeat what it was sent, and stand in the answer's frame.
 */
export function statusReason(status: number): string {
  return STATUS_CODES[status] ?? ''
}

/** A sentence about an answer ahead of the answer, with its fields. [rfc9110] 15.2 */
export function informationalWords(info: SentInformation): string {
  const { statusCode, statusMessage, rawHeaders } = info
  const { headers } = receivedFields(headerPairs(rawHeaders))
  const fields = headers.map((pair) => pair.join(': '))
  const reason = cutText(fieldText(statusMessage), shownLimits.statusChars)
  const words = `The server sent ${statusCode} ${reason}`.trimEnd().concat(' ahead of its answer')
  return fields.length === 0
    ? `${words}.`
    : `${words}: ${cutText(fields.join('; '), shownLimits.lineChars)}`
}
