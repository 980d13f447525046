// GraphQL over Server-Sent Events, with a connection for each operation or one for all. [graphql-sse] PROTOCOL.md

import { isRecord, own } from '../../../shared/unknown.ts'
import { type JsonObject, ownText, readObject } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, summaryOf } from '../packets/makePacket.ts'
import type { DataFrame, DecodeInput, Decoder, NewPacket } from '../shapes/decoder.ts'
import { graphQlErrorWords, isOperation, readGraphQlRequest } from './graphQlOperation.ts'
import { createGraphQlOperations } from './graphQlOperations.ts'

/**
 * Whether it is a result, in an event that is called `next`, as others call theirs, or in a part of many; or a request for
 * one of many operations on one connection.
 */
export function isOfStream({ frame, payload, facts }: DecodeInput): boolean {
  if (frame.kind === 'request') {
    const isOthers = frame.detail.client !== undefined
    return namesOperation(readObject(payload), isOthers)
  }
  if (frame.kind === 'record') {
    return frame.detail.format === 'multipart' && isPart(readObject(payload), facts.contentType)
  }
  if (frame.kind !== 'event' || frame.detail.type !== 'next') return false
  const data = readObject(payload)
  return data !== null && isSurelyResult(data)
}

/** [apollo] Multipart HTTP protocol; [graphql-over-http] Incremental delivery. `{"data": …}` alone may be anything. */
function isPart(part: JsonObject | null, contentType: string | null): boolean {
  if (part === null) return false
  if (/;\s*(?:subscription|defer)Spec=/i.test(contentType ?? '')) return true
  const isTold = resultOf(part)?.path === '$.payload' || typeof own(part, 'hasNext') === 'boolean'
  return isTold && isSurelyResult(part)
}

/** [graphql-sse] Single connection mode; [graphql-over-http] 6.2 of a program whose requests pass a tap, `isOthers`. */
function namesOperation(body: JsonObject | null, isOthers: boolean): boolean {
  if (body === null || (!isOthers && operationIdOf(body) === undefined)) return false
  const request = readGraphQlRequest(body)
  return request !== null && isOperation(request)
}

function operationIdOf(body: JsonObject): string | undefined {
  const extensions = own(body, 'extensions')
  return isRecord(extensions) ? ownText(extensions, 'operationId') : undefined
}

/** The id of the only operation of a connection. Those of an operation among others are never empty. */
const alone = ''

/** Stands for the operation of an exchange, whatever ids others have. */
function exchangeOf(request: number): string {
  return ` ${request}`
}

export function createGraphQlStream(): Pick<Decoder, 'push'> {
  const operations = createGraphQlOperations()

  /** [graphql-sse] Executing operations: the id is an extension of the request. */
  function readRequest(frame: DataFrame, body: JsonObject, ix: number): NewPacket[] {
    const request = readGraphQlRequest(body)
    if (request === null) return []
    const id = operationIdOf(body)
    const asked = { seq: frame.seq, ix, at: frame.at }
    operations.start(id ?? alone, request.name, asked)
    // Several may wait for their answers at once.
    if (id === undefined) operations.start(exchangeOf(frame.seq), request.name, asked)
    return [
      make('request', 'app', {
        name: request.name,
        key: id,
        summary: request.summary,
        body: '$',
        asks: request.operation !== null && request.operation.kind !== 'subscription',
      }),
    ]
  }

  /** `asked`: the request that an answer is for. */
  function readNext(type: string, data: JsonObject | null, asked: number | null = null): NewPacket {
    const found = data === null ? null : resultOf(data)
    if (found === null) {
      return make(type, 'app', {
        flaws: ['Its data is no result: it has neither data nor errors.'],
      })
    }
    const { id, result, path } = found
    const operation = id ?? (asked === null ? alone : exchangeOf(asked))
    const errors = own(result, 'errors')
    const hasErrors = Array.isArray(errors) && errors.length > 0
    return make(hasErrors ? `${type} error` : type, 'app', {
      name: operations.find(operation)?.name,
      key: id,
      summary: hasErrors
        ? (graphQlErrorWords(errors) ?? summaryOf(errors))
        : summaryOf(own(result, 'data') ?? own(result, 'incremental')),
      body: path,
      answers: operations.answer(operation),
    })
  }

  /** [apollo] Multipart HTTP protocol for GraphQL subscriptions: `{}` beats, `{payload: …}` is an event. */
  function readPart(data: JsonObject | null): NewPacket {
    if (data !== null && Object.keys(data).length === 0) return make('heartbeat', 'heartbeat', {})
    if (data !== null && own(data, 'payload') === null && !isResult(data)) return readComplete(data)
    return readNext('result', data)
  }

  function readComplete(data: JsonObject | null): NewPacket {
    const id = data === null ? undefined : ownText(data, 'id')
    const name = operations.find(id ?? alone)?.name
    const answers = operations.answer(id ?? alone)
    operations.end(id ?? alone)
    return make('complete', 'control', { name, key: id, answers })
  }

  return {
    push({ frame, payload, firstIx }) {
      const data = payload.length === 0 ? null : readObject(payload)
      if (frame.kind === 'event') {
        if (frame.detail.type === 'complete') return [readComplete(data)]
        return frame.detail.type === 'next' ? [readNext('next', data)] : []
      }
      if (frame.kind === 'record') return [readPart(data)]
      if (frame.kind === 'request') return data === null ? [] : readRequest(frame, data, firstIx)
      // [graphql-over-http] 6.4: a request that is refused is answered like any other.
      const isResult = frame.kind === 'response' && data !== null && resultOf(data) !== null
      return isResult ? [readNext('result', data, frame.replyTo)] : []
    },
  }
}

interface Found {
  /** Of an operation among others. */
  readonly id: string | undefined
  readonly result: JsonObject
  readonly path: string
}

/** [graphql-sse] Event stream: the result itself, or with the id of its operation; of a part, without an id. */
function resultOf(data: JsonObject): Found | null {
  const [id, payload] = [ownText(data, 'id'), own(data, 'payload')]
  if (isRecord(payload) && isResult(payload)) {
    return { id, result: payload, path: '$.payload' }
  }
  return isResult(data) ? { id: undefined, result: data, path: '$' } : null
}

/** [graphql] spec 7.1; `incremental` and `hasNext` are of its incremental delivery. */
function isResult(value: JsonObject): boolean {
  return ['data', 'errors', 'incremental', 'hasNext'].some((name) => Object.hasOwn(value, name))
}

/** [graphql] spec 7.1: nothing else may stand beside these; the last ones are of incremental delivery. */
const resultNames: ReadonlySet<string> = new Set([
  ...['data', 'errors', 'extensions'],
  ...['incremental', 'hasNext', 'pending', 'completed', 'items', 'path', 'label'],
])

/** Stricter than what is read once the protocol is known: pages of other programs have `data` or `hasNext`, too. */
function isSurelyResult(value: JsonObject): boolean {
  const found = resultOf(value)
  if (found === null) return false
  const { result, path } = found
  const isAlone =
    path === '$' || Object.keys(value).every((name) => /^(?:id|payload|errors)$/.test(name))
  const data = own(result, 'data')
  const isPart = Array.isArray(own(result, 'incremental')) || Array.isArray(own(result, 'errors'))
  return (
    isAlone &&
    Object.keys(result).every((name) => resultNames.has(name)) &&
    (data === undefined ? isPart : data === null || isRecord(data))
  )
}

function make(type: string, level: NewPacket['level'], parts: PacketParts): NewPacket {
  return makePacket({ protocol: 'graphql', type, level }, parts)
}
