// The conversations of a tap's programs with their server, each with a number as sessions number their connections.

import { hash } from 'node:crypto'
import type { Purpose } from '../../shared/frame/httpDetail.ts'
import { createRecent, type Recent } from './recent.ts'
import { ask, close, gapMs, type Question, questionOf } from './recognition.ts'
import { tapLimits } from './tapLimits.ts'

/** A request as far as it decides where it belongs. */
export interface AskedRequest {
  readonly method: string
  /** As in the request line. */
  readonly target: string
  readonly isHandshake: boolean
  /** Whether it wants a stream for its answer. */
  readonly stream: 'wanted' | 'possible' | 'none'
}

/** One program and one path, or a stream or WebSocket that has a number to itself. */
export interface Conversation {
  readonly number: number
  /** The request's purpose as far as it is known before its answer; to be called once, when its frame is made. */
  asked(at: number, body: Uint8Array): Asked
  /** A stream answers it. Answers with what tells that the stream has ended. */
  streams(): () => void
}

export interface Asked {
  readonly purpose: Purpose
  /** Of long polls: how long no request was open before. */
  readonly gapMs?: number
  /** Stands for the question among all of the tap's; null where it is asked for the first time. */
  readonly repeated: string | null
  /** The exchange is over, after so many ms to its first byte or its end. */
  over(at: number, heldMs: number): void
}

export interface Conversations {
  /** `program` tells programs apart: an address without its port, and a User-Agent. */
  of(program: string, request: AskedRequest): Conversation
}

/** All that is known of a program at a path, whatever its numbers. */
interface Place {
  /** Null until the next exchange needs one. */
  number: number | null
  /** That are open under this number. */
  streams: number
  /** Methods that a stream has answered. */
  readonly streamed: Set<string>
  readonly questions: Recent<Question>
}

/** `nextNumber` counts. The least recently used are forgotten. */
export function createConversations(nextNumber: () => number): Conversations {
  const places = createRecent<Place>(tapLimits.conversations)

  return {
    of(program, request) {
      const { method, target, isHandshake } = request
      const key = `${program}\n${target.split('?', 1)[0]}`
      const place = places.get(key) ?? {
        ...{ number: null, streams: 0, streamed: new Set<string>() },
        questions: createRecent<Question>(tapLimits.questions),
      }
      places.set(key, place)
      const wasStreamed = place.streamed.has(method)
      const mayStream = request.stream !== 'none' || wasStreamed
      const isApart = isHandshake || (mayStream && place.streams > 0)
      if (!isApart) place.number ??= nextNumber()
      const number = (isApart ? null : place.number) ?? nextNumber()

      return {
        number,
        asked(at, body) {
          if (isHandshake) return plain('handshake')
          if (request.stream === 'wanted' || (wasStreamed && method === 'GET'))
            return plain('stream')
          if (mayStream) return plain('request')
          return askedAgain(place, key, request, at, body)
        },
        streams() {
          if (place.streamed.size < mostMethods) place.streamed.add(method)
          if (place.number !== number) return () => {}
          place.streams++
          return () => {
            if (place.number !== number) return
            // What comes next at this path is another conversation.
            place.number = null
            place.streams = 0
          }
        },
      }
    },
  }
}

/** There are not many more that mean something. */
const mostMethods = 16

function plain(purpose: Purpose): Asked {
  return { purpose, repeated: null, over() {} }
}

function askedAgain(
  { questions }: Place,
  place: string,
  { method, target }: AskedRequest,
  at: number,
  body: Uint8Array,
): Asked {
  const asked = questionOf(method, target)
  const content = body.length === 0 ? '' : ` ${hash('sha1', body, 'base64')}`
  // A rhythm is one of the very same. What long polls ask may say each time where to go on, in the query or the body; but
  // several programs that look alike are told apart by the rest of it.
  const keys = [`${asked}${content}`, `held ${asked}`, `held ${asked.split('?', 1)[0]}`] as const
  const known = keys.map((key) => questions.get(key))
  const now = known.map((one) => ask(one, at))
  keys.forEach((key, index) => {
    const question = now[index]
    if (question !== undefined) questions.set(key, question)
  })
  const [rhythm, ...holds] = now
  const held = holds.findIndex((one) => one.purpose === 'long-poll')
  const isRhythm = rhythm?.purpose === 'poll' && mayBePoll(method, body)
  const before = known[held + 1] ?? null
  const gap = held < 0 || before === null ? null : gapMs(before, at)
  return {
    purpose: held >= 0 ? 'long-poll' : isRhythm ? 'poll' : 'request',
    ...(gap !== null && { gapMs: gap }),
    repeated: known[0] === null ? null : `${place}\n${keys[0]}`,
    over(closedAt, heldMs) {
      keys.forEach((key, index) => {
        const question = now[index]
        // Where it has been asked again meanwhile, this answer tells nothing of the gap between.
        if (question !== undefined && questions.get(key) === question)
          questions.set(key, close(question, closedAt, heldMs))
      })
    },
  }
}

const openBrace = 0x7b

/** Who asks by POST says what in JSON; other bodies that are the same again and again keep something alive. */
function mayBePoll(method: string, body: Uint8Array): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'QUERY' || body[0] === openBrace
}
