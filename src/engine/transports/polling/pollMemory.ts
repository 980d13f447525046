// The memory of polling: tells whether an answer is new, and what is different in it.

import { hash } from 'node:crypto'
import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import { inUtf8 } from '../../../shared/frame/charset.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { Difference } from '../../../shared/frame/httpDetail.ts'
import { jsonDifference } from '../../../shared/frame/jsonDifference.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { freshness } from '../../protocols/polling/freshness.ts'
import { readComparableJson, readJson, valueAt } from '../../protocols/polling/jsonValue.ts'
import { conditionalHeaders, firstPoll, judgePoll } from '../../protocols/polling/pollState.ts'
import type { Annotation, AnswerHead } from '../http/exchange.ts'

export interface PollMemory {
  /** The headers of the next request, with the conditions that let the server answer 304. */
  conditional(method: string, headers: NamedValues): NamedValues
  /** Judges a complete answer. The bytes are kept until the next one. */
  judge(
    head: Pick<AnswerHead, 'status' | 'headers'>,
    body: Uint8Array,
    sizeBytes: number,
  ): Annotation
  /** Once for each time that the path of `change` is no longer found: a sentence for the timeline. */
  takeNotice(): string | null
}

export function createPollMemory(
  endpoint: Pick<Endpoint, 'change' | 'request'>,
  limits: Limits,
): PollMemory {
  const { change, request: httpMethod } = endpoint
  const headOnly = httpMethod.toUpperCase() === 'HEAD'
  let state = firstPoll
  /** Of the last good answer, in UTF-8. */
  let lastText: Uint8Array | null = null
  let pathFound = true
  let notice: string | null = null

  /** Stands for what decides about an answer: the value at the path of `change`, or the whole body. */
  function keyOf(
    { status, headers }: Pick<AnswerHead, 'status' | 'headers'>,
    body: Uint8Array,
    sizeBytes: number,
  ): string {
    if (headOnly && status < 300) return describedBody(headers)
    if (change === null || status >= 300) return bodyKey(body, sizeBytes)
    // Long numbers are read by their digits where that does not take too long.
    const text = inUtf8(headers, body)
    const json = isSmall(body) ? readComparableJson(text) : readJson(text)
    const key = valueKey(json, change)
    if (key === null && pathFound) {
      notice = `The answer holds nothing at the path ${change} of "change": its whole body is compared.`
    }
    pathFound = key !== null
    return key ?? bodyKey(body, sizeBytes)
  }

  function differenceTo(
    headers: NamedValues,
    body: Uint8Array,
    sizeBytes: number,
  ): Difference | undefined {
    if (lastText === null || sizeBytes !== body.byteLength || !isSmall(body)) {
      return undefined
    }
    const text = inUtf8(headers, body)
    if (!mayBeJson(text) || !mayBeJson(lastText)) return undefined
    const before = readComparableJson(lastText)
    const after = before === undefined ? undefined : readComparableJson(text)
    return after === undefined ? undefined : jsonDifference(before, after, limits.differencePaths)
  }

  function isSmall(body: Uint8Array): boolean {
    return body.byteLength <= limits.differenceBytes
  }

  return {
    conditional: (method, headers) => conditionalHeaders(state, method, headers),
    judge({ status, headers }, body, sizeBytes) {
      const { state: next, changed } = judgePoll(state, {
        status,
        headers,
        bodyKey: keyOf({ status, headers }, body, sizeBytes),
      })
      state = next
      const isGood = status < 300
      const difference = changed && isGood ? differenceTo(headers, body, sizeBytes) : undefined
      if (isGood)
        lastText = sizeBytes === body.byteLength && isSmall(body) ? inUtf8(headers, body) : null
      const age = freshness(headers)
      return {
        ...(changed !== undefined && { changed }),
        ...(changed === false && { unchangedInRow: next.unchanged }),
        ...(difference && { difference }),
        ...(age && { freshness: age }),
      }
    },
    takeNotice() {
      const taken = notice
      notice = null
      return taken
    },
  }
}

/** Stands for a body in comparisons; its size counts for what a limit cut away. */
export function bodyKey(body: Uint8Array, sizeBytes: number): string {
  return `${sizeBytes} ${hash('sha1', body, 'base64')}`
}

/** Stands for the body that an answer to HEAD describes. */
function describedBody(headers: NamedValues): string {
  const fields = ['etag', 'last-modified', 'content-length']
  return JSON.stringify(fields.map((name) => headerValue(headers, name)))
}

/** Null when there is nothing. */
function valueKey(json: unknown, path: string): string | null {
  const value = valueAt(json, path)
  if (value === undefined) return null
  try {
    return `at path ${hash('sha1', JSON.stringify(value), 'base64')}`
  } catch {
    // Nested too deep to be written.
    return null
  }
}

/** An object or a list; white space and a byte order mark before it are passed over. */
function mayBeJson(body: Uint8Array): boolean {
  const first = body.find((byte) => byte > 0x20 && byte < 0x80)
  return first === 0x7b || first === 0x5b
}
