// One exchange that passes a tap: its request, what comes ahead of its answer, the answer, and what goes wrong.

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { Timings } from '../../shared/frame/httpDetail.ts'
import { visibleText } from '../../shared/text/visibleText.ts'
import { pathOfTarget } from '../../shared/url/requestTarget.ts'
import { type ReadHead, readAnswerHead } from '../protocols/http/answerHead.ts'
import type { BodyEnd } from '../protocols/http/bodyLength.ts'
import { type RequestHead, readRequestHead } from '../protocols/http/requestHead.ts'
import type { RelayEvent, Side } from '../relay/relayEvents.ts'
import { msBetween } from '../transports/clock.ts'
import {
  type AnswerEnd,
  answerDetail,
  codingsOf,
  type ReadAnswer,
  type TapAnswer,
} from './answerDetail.ts'
import {
  tellAhead,
  tellBehind,
  tellClientLeft,
  tellFlaws,
  tellLate,
  tellServerLeft,
  tellStopped,
} from './exchangeWords.ts'
import { hasToken } from './fieldTokens.ts'
import { createOtherTunnel } from './otherTunnel.ts'
import { createTapAnswer } from './tapAnswer.ts'
import type { TapContext } from './tapContext.ts'
import { createTapRequest, type ToldRequest } from './tapRequest.ts'
import { createTapSocket, type TapTunnel } from './tapSocket.ts'

/** A request's, or an answer's. */
export type HeadEvent = Extract<RelayEvent, { bodyEnd: BodyEnd }>

type EventOf<K extends RelayEvent['kind']> = Extract<RelayEvent, { kind: K }>

/** The server's socket of a pair. */
export interface Dialled {
  readonly at: number
  readonly timings: Timings
  readonly remoteAddress: string | null
  readonly proxy: string | null
}

export interface ExchangeFacts {
  /** `127.0.0.1:51234`. */
  readonly client: string
  /** The pair has carried an exchange before. */
  readonly reused: boolean
  /** Null while it is being made. */
  dialled(): Dialled | null
}

export interface TapExchange {
  /** The server's socket stands. */
  ready(): void
  body(from: Side, bytes: Uint8Array, at: number): void
  lost(from: Side, bytes: number): void
  ended(from: Side, at: number): void
  /** Answers with what both ways are from now on, where it is no HTTP any more. */
  response(event: HeadEvent): TapTunnel | null
  /** The answer that has ended waits. */
  held(event: EventOf<'held'>): void
  unreachable(event: EventOf<'unreachable'>): void
  /** No answer: what comes passes unread. */
  unreadable(event: EventOf<'unreadable'>): void
  /** The relay has answered it. */
  refused(at: number): void
  closed(event: EventOf<'closed'>): void
  /** `GET /api/cart`: its method and path. */
  readonly asks: string
  /** The number of its conversation; null before its request is told. */
  connection(): number | null
}

export function createTapExchange(
  context: TapContext,
  facts: ExchangeFacts,
  event: HeadEvent,
): TapExchange {
  const { taken } = context
  const { head, at: startedAt } = event
  const request = createTapRequest(context, requestHead(head), {
    ...{ client: facts.client, startedAt, headBytes: head.length },
    ...{ bodyEnd: event.bodyEnd, changes: event.changes },
    proxy: () => facts.dialled()?.proxy ?? null,
  })
  let askedAt: number | null = null
  /** Bytes of what came ahead of the answer. */
  let aheadBytes = 0
  let answer: TapAnswer | null = null
  /** Why its answer is none; told with what comes. */
  let refusal: string | null = null
  let isOver = false

  function tellWhenSent(): void {
    const dialled = facts.dialled()
    if (askedAt === null || dialled === null) return
    request.tell(facts.reused ? askedAt : Math.max(askedAt, dialled.at))
  }

  function read(
    text: ReadHead,
    told: ToldRequest,
    { at, head, bodyEnd, changes }: HeadEvent,
  ): ReadAnswer {
    const dialled = facts.dialled()
    return {
      ...{ text, request: told, at, bodyEnd, changes },
      headBytes: head.length + aheadBytes,
      dialled: facts.reused ? {} : (dialled?.timings ?? {}),
      reused: facts.reused,
      remoteAddress: dialled?.remoteAddress ?? null,
      codings: codingsOf(text),
    }
  }

  function switched(read: ReadAnswer): TapTunnel {
    const { text, request: told } = read
    isOver = true
    const protocol = headerValue(text.headers, 'upgrade') ?? ''
    const opens = request.isHandshake && hasToken(text.headers, 'upgrade', 'websocket')
    const refused = request.isHandshake && !opens ? { refused: true as const } : {}
    const detail = answerDetail(context, read, told.asked.purpose, read.at, refused)
    const seen = { at: read.at, sizeBytes: 0, wireBytes: read.headBytes, payload: null }
    told.frames.crossed('response', 'in', detail, { ...seen, replyTo: told.seq })
    return opens
      ? createTapSocket(context, told, text.headers)
      : createOtherTunnel(context, told, visibleText(protocol.slice(0, 100)) || 'another protocol')
  }

  function unreadable(at: number, why: string): void {
    const told = request.tell(Math.min(at, askedAt ?? at))
    if (isOver) tellBehind(told, why, at)
    refusal = why
  }

  /** `bytes`: what came in the place of a head. */
  function tellUnreadable(at: number, bytes: Uint8Array): void {
    const told = request.tell(at)
    isOver = true
    const message = `The head of the answer cannot be read: ${refusal}. What comes passes as it is.`
    const kept = bytes.slice(0, context.limits.faultBytes)
    const came = { bytes: kept, sizeBytes: bytes.length, wireBytes: bytes.length }
    told.frames.error({ code: 'http-invalid', message }, { at, replyTo: told.seq, came })
    told.asked.over(at, 0)
  }

  function end(by: AnswerEnd, at: number): void {
    if (isOver) return
    isOver = true
    answer?.over(by, at)
  }

  return {
    ready: tellWhenSent,
    body(from, bytes, at) {
      if (from === 'client') {
        request.body(bytes)
        taken(bytes.length)
      } else if (answer !== null && !isOver) answer.body(bytes, at)
      else {
        if (refusal !== null && !isOver) tellUnreadable(at, bytes)
        taken(bytes.length)
      }
    },
    lost(from, bytes) {
      if (from === 'client') request.lost(bytes)
      else if (!isOver) answer?.lost(bytes)
    },
    ended(from, at) {
      if (from === 'server') {
        if (answer !== null) end('complete', at)
        return
      }
      askedAt = at
      tellWhenSent()
      const late = request.lateBytes()
      if (late > 0) tellLate(request.tell(at), late, at)
    },
    response(event) {
      const text = readAnswerHead(event.head, request.head.method)
      if ('refusal' in text) {
        unreadable(event.at, text.refusal)
        return null
      }
      // The body of the request is still to come.
      if (text.status === 100) {
        aheadBytes += event.head.length
        return null
      }
      const told = request.tell(Math.min(event.at, askedAt ?? event.at))
      tellFlaws(context, told, text)
      if (text.status < 200 && text.status !== 101) {
        aheadBytes += event.head.length
        tellAhead(context, told, text)
        return null
      }
      const found = read(text, told, event)
      if (text.status === 101) return switched(found)
      answer = createTapAnswer(context, found)
      return null
    },
    held: (event) => context.holding.held(event, answer?.asking() ?? null),
    unreachable({ at, fault, timings }) {
      const told = request.tell(askedAt ?? at)
      isOver = true
      told.frames.error(fault, { at, replyTo: told.seq })
      told.asked.over(at, timings.totalMs ?? 0)
    },
    refused(at) {
      isOver = true
      request.told()?.asked.over(at, 0)
    },
    unreadable: ({ at, refusal: why }) => unreadable(at, why),
    closed({ at, by, failure }) {
      if (refusal !== null && !isOver) tellUnreadable(at, new Uint8Array(0))
      if (isOver) return
      const told = request.tell(askedAt ?? at)
      end(by, at)
      // An answer that was held, though nobody waited for it any more.
      if (answer === null) told.asked.over(at, Math.max(0, msBetween(told.sentAt, at)))
      if (by === 'server') tellServerLeft(context, told, failure, answer !== null)
      else if (by === 'client') tellClientLeft(told, answer, at)
      else if (answer !== null) tellStopped(told, at)
    },
    asks: `${request.head.method} ${pathOfTarget(request.head.target)}`,
    connection: () => request.told()?.conversation.number ?? null,
  }
}

/** A relay passes on what it has read itself. */
function requestHead(bytes: Uint8Array): RequestHead {
  const reading = readRequestHead(bytes)
  if ('refusal' in reading)
    throw new Error(`A relay passed on what is no request: ${reading.refusal}`)
  return reading
}
