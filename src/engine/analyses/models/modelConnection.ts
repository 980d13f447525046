// The answers of one connection: which API it speaks, which request a chunk answers, and where one answer ends.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import { isGoodAnswer, type ResponseDetail } from '../../../shared/frame/httpDetail.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { apiOfAnswer, parseChunk, readerOf } from '../../protocols/models/modelApis.ts'
import {
  type ChunkSays,
  errorAt,
  type ModelChunk,
  type ModelReader,
  saysNothing,
} from '../../protocols/models/modelChunk.ts'
import {
  type ModelRequest,
  readModelRequest,
  readSentRequest,
} from '../../protocols/models/modelRequest.ts'
import { type AnswerFold, type AskedModel, createAnswer, type Moment } from './answer.ts'
import type { KeptSpans } from './answerSpans.ts'
import { createReaderChoice } from './readerChoice.ts'

export interface ModelConnection {
  /** Whether the whole payload of such a frame is to be read. */
  wants(frame: SeenFrame): boolean
  add(frame: SeenFrame, seq: number, start: Uint8Array | null): void
  /** It has ended. */
  end(moment: Moment): void
  /** Nothing more of it will be told. */
  leave(): void
}

export interface Surroundings {
  begin(answer: AnswerFold): void
  /** It was none. */
  withdraw(answer: AnswerFold): void
  /** Nothing more of it will come, or be told. */
  over?(answer: AnswerFold): void
  readonly kept: KeptSpans
}

export function createModelConnection(surroundings: Surroundings): ModelConnection {
  const { begin, withdraw, over, kept } = surroundings
  const choice = createReaderChoice()
  let url = ''
  /** Sent, and no chunk has answered it yet; by the stream that it names. */
  const asked = new Map<string, AskedModel>()
  /** Of each stream the last one. */
  const current = new Map<string, AnswerFold>()

  function choose(found: ModelReader): void {
    choice.choose(found)
    for (const answer of current.values()) if (!answer.hasChunks) answer.speaks(found.api)
  }

  /** A chunk, or what is none, that no API knows. */
  function tryInVain(chunk: ModelChunk | null, moment: Moment, size: number): void {
    choice.tried(chunk && { chunk, moment }, size)
    if (choice.isLeftAlone) withdrawAll()
  }

  /** Those of which nothing came, though something else did. */
  function withdrawAll(): void {
    for (const [stream, answer] of current) {
      if (answer.hasChunks || !answer.isOpen) continue
      withdraw(answer)
      current.delete(stream)
    }
  }

  /** It is no longer followed. */
  function release(stream: string): void {
    const answer = current.get(stream)
    if (!answer) return
    current.delete(stream)
    over?.(answer)
  }

  function start(stream: string, moment: Moment): AnswerFold {
    current.get(stream)?.end(moment)
    release(stream)
    const answer = createAnswer(
      (choice.reader as ModelReader).api,
      asked.get(stream) ?? null,
      moment,
      kept,
    )
    asked.delete(stream)
    current.set(stream, answer)
    const [oldest] = current.keys()
    if (current.size > modelLimits.openOfConnection && oldest !== undefined) release(oldest)
    begin(answer)
    return answer
  }

  function addSaid(says: ChunkSays, moment: Moment): void {
    const stream = says.stream ?? ''
    const before = current.get(stream)
    const answer =
      before && !isOfNext(says, before) ? before : begins(says) ? start(stream, moment) : null
    answer?.add(says, moment)
  }

  function addChunk(chunk: ModelChunk, moment: Moment, size: number): void {
    const found = choice.find(chunk)
    if (found) {
      choose(found.reader)
      const first = found.before && found.reader.read(found.before.chunk)
      if (first && found.before) addSaid(first, found.before.moment)
    }
    const says = choice.reader?.read(chunk) ?? null
    if (says === null) tryInVain(chunk, moment, size)
    else addSaid(says, moment)
  }

  function addData(event: string | null, moment: Moment, payload: Uint8Array | null): void {
    if (payload === null || choice.isLeftAlone) return
    const chunk = parse(event, payload)
    if (chunk === null) tryInVain(null, moment, payload.length)
    else if (chunk !== 'done') addChunk(chunk, moment, payload.length)
    else if (choice.reader !== null) addSaid({ ...saysNothing, ends: true }, moment)
  }

  function addRequest(moment: Moment, body: Uint8Array | null): void {
    const chunk = body === null ? null : parse(null, body)
    const request = chunk === null || chunk === 'done' ? null : readModelRequest(url, chunk.value)
    if (request !== null) ask(request, '', moment)
  }

  /** A message of the client's. */
  function addSent(moment: Moment, payload: Uint8Array | null): void {
    const chunk = payload === null || choice.isLeftAlone ? null : parse(null, payload)
    const request = chunk === null || chunk === 'done' ? null : readSentRequest(chunk.value)
    if (request !== null) ask(request, request.stream, moment)
  }

  function ask({ api, ...request }: ModelRequest, stream: string, moment: Moment): void {
    if (asked.size >= modelLimits.openOfConnection) asked.clear()
    const { model, prompt, usageAsked } = request
    asked.set(stream, { model, prompt, usageAsked, ...moment })
    // Where the API is known, it is seen that the model has not said anything yet.
    if (api === null) return
    choice.assume(api)
    // A request that is sent again, to where it was redirected, asks for the same; of messages the next one waits.
    if (current.get(stream)?.isOpen) return
    start(stream, moment)
  }

  function addResponse(
    { detail }: SeenFrame & { kind: 'response' },
    moment: Moment,
    body: Uint8Array | null,
  ): void {
    if (detail.purpose !== 'stream') return
    const api = apiOfAnswer(detail.headers)
    if (api !== null) choose(readerOf(api))
    if (isGoodAnswer(detail) || detail.redirectTo !== undefined) return
    for (const answer of current.values())
      if (answer.isOpen && !answer.hasChunks) answer.fail(refusalWords(detail, body), moment)
  }

  return {
    wants(frame) {
      if (frame.kind === 'request') return frame.detail.purpose === 'stream'
      if (frame.kind === 'response') return !isGoodAnswer(frame.detail)
      return !choice.isLeftAlone
    },
    add(frame, seq, payload) {
      const moment = { seq, at: frame.at }
      switch (frame.kind) {
        case 'request':
          if (frame.detail.purpose !== 'stream') return
          url = frame.detail.url
          return addRequest(moment, payload)
        case 'response':
          return addResponse(frame, moment, payload)
        case 'event':
          return addData(frame.detail.type, moment, payload)
        case 'record':
          // A part of an answer comes again with the whole.
          return frame.detail.partial ? undefined : addData(null, moment, payload)
        case 'message':
          return frame.direction === 'in'
            ? addData(null, moment, payload)
            : addSent(moment, payload)
        case 'error':
          for (const answer of current.values())
            if (answer.isOpen && !answer.hasChunks && !choice.hasOther)
              answer.fail(cutText(frame.detail.message, modelLimits.wordChars), moment)
          return end(moment)
        default:
          return end(moment)
      }
    },
    end,
    leave() {
      for (const stream of [...current.keys()]) release(stream)
    },
  }

  function end(moment: Moment): void {
    if (choice.isUnknown && choice.hasOther) withdrawAll()
    for (const answer of current.values()) answer.end(moment)
  }
}

/** An answer begins with anything but its end. */
function begins(says: ChunkSays): boolean {
  return (
    says.keepsAlive !== true &&
    (says.deltas.length > 0 || says.begins === true || says.ends !== true)
  )
}

/** Whether it is of another answer than the one before it. */
function isOfNext(says: ChunkSays, before: AnswerFold): boolean {
  if (says.keepsAlive || !before.hasChunks) return false
  if (says.begins) return true
  const isKnown = says.answerId !== undefined && before.answerId !== null
  if (isKnown && before.hasFinish) return says.answerId !== before.answerId
  return !before.isOpen && before.hasFinish && says.deltas.length > 0
}

/** One that is too long is read by nobody, whether all of it is here or its beginning. */
function parse(event: string | null, payload: Uint8Array): ModelChunk | 'done' | null {
  return payload.length >= modelLimits.chunkBytes ? null : parseChunk(event, payload)
}

/** `401 Unauthorized: invalid_api_key: No such key.` */
function refusalWords(
  { status, statusText }: Pick<ResponseDetail, 'status' | 'statusText'>,
  body: Uint8Array | null,
): string {
  const chunk = body === null ? null : parse(null, body)
  const error = chunk === null || chunk === 'done' ? undefined : errorAt(chunk.value)
  const words = [`${status} ${statusText}`.trim(), ...(error === undefined ? [] : [error])]
  return cutText(words.join(': '), modelLimits.wordChars)
}
