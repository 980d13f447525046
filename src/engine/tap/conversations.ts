// The conversations of a tap's programs with their server, each with a number as sessions number their connections.

import { hash } from 'node:crypto'
import type { Purpose } from '../../shared/frame/httpDetail.ts'
import { createRecent, type Recent } from './recent.ts'
import { ask, close, gapMs, type PlainPurpose, type Question, questionOf } from './recognition.ts'
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
  // What long polls ask may say each time where to go on; a rhythm is one of the very same.
  const loose = `held ${asked.split('?', 1)[0]}`
  const strict = body.length === 0 ? asked : `${asked} ${hash('sha1', body, 'base64')}`
  const known = questions.get(strict)
  const held = questions.get(loose)
  const rhythm = ask(known, at)
  const hold = ask(held, at)
  questions.set(strict, rhythm)
  questions.set(loose, hold)
  const purpose: PlainPurpose = hold.purpose === 'long-poll' ? 'long-poll' : notHeld(rhythm.purpose)
  const gap = held === null ? null : gapMs(held, at)
  return {
    purpose,
    ...(purpose === 'long-poll' && gap !== null && { gapMs: gap }),
    repeated: known === null ? null : `${place}\n${strict}`,
    over(closedAt, heldMs) {
      // Where it has been asked again meanwhile, this answer tells nothing of the gap between.
      if (questions.get(strict) === rhythm) questions.set(strict, close(rhythm, closedAt, heldMs))
      if (questions.get(loose) === hold) questions.set(loose, close(hold, closedAt, heldMs))
    },
  }
}

function notHeld(purpose: PlainPurpose): PlainPurpose {
  return purpose === 'long-poll' ? 'request' : purpose
}
