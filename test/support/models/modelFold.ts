// The analysis of model answers over frames that are written down as what they say, at times in ms.

import { createAnswers } from '../../../src/engine/analyses/models/answers.ts'
import type { SeenFrame } from '../../../src/shared/frame/frame.ts'
import type { AnswersRead, ModelAnswer } from '../../../src/shared/session/modelAnswers.ts'

type Said = object | string

export interface ModelFold {
  request(at: number, body: object, url?: string): void
  response(
    at: number,
    status: number,
    statusText: string,
    headers?: [string, string][],
    detail?: object,
    body?: object,
  ): void
  /** An event without a name. */
  event(at: number, data: Said, connection?: number): void
  named(at: number, type: string, data: Said): void
  record(at: number, data: Said): void
  /** A message of a WebSocket, from the server or to it. */
  message(at: number, data: Said, direction?: 'in' | 'out'): void
  comment(at: number): void
  fault(at: number): void
  wait(at: number): void
  read(id?: number, from?: number): AnswersRead
  answers(): readonly ModelAnswer[]
  /** Of one answer each part in order: its kind, a tool's name, and its text. */
  parts(id?: number): readonly string[]
}

export function createModelFold(): ModelFold {
  const fold = createAnswers()
  let seq = 0

  function add(kind: string, at: number, detail: object, said: Said | null, rest: object = {}) {
    const text = said === null || typeof said === 'string' ? said : JSON.stringify(said)
    const bytes = text === null ? null : Buffer.from(text)
    const head = { connection: 1, direction: 'in', replyTo: null, code: null, wireBytes: 0 }
    const frame = { ...head, kind, at, sizeBytes: bytes?.length ?? 0, detail, ...rest }
    fold.add(frame as unknown as SeenFrame, ++seq, bytes)
  }

  const read = (id = 1, from = 0) => fold.piece({ afterSeq: 0, answer: { id, from } })

  return {
    request: (at, body, url = 'https://a.example/v1/chat/completions') =>
      add('request', at, { purpose: 'stream', url }, body, { direction: 'out' }),
    response: (at, status, statusText, headers = [], detail = {}, body) =>
      add(
        'response',
        at,
        { purpose: 'stream', status, statusText, headers, ...detail },
        body ?? null,
      ),
    event: (at, data, connection = 1) =>
      add('event', at, { type: 'message' }, data, { connection }),
    named: (at, type, data) => add('event', at, { type }, data),
    record: (at, data) => add('record', at, { format: 'ndjson' }, data),
    message: (at, data, direction = 'in') =>
      add('message', at, { type: 'text', compressed: false }, data, { direction }),
    comment: (at) => add('comment', at, {}, 'keep-alive'),
    fault: (at) => add('error', at, { message: 'Oh.' }, null),
    wait: (at) => add('wait', at, {}, null),
    read,
    answers: () => fold.result().answers,
    parts(id) {
      const parts: string[] = []
      const names: string[] = []
      for (const { part, kind, text, name, choice } of read(id).piece?.spans ?? []) {
        if (name !== undefined) names[part] = ` ${name}`
        parts[part] ??= choice === undefined ? `${kind}` : `${kind} of ${choice}`
        parts[part] += `|${text}`
      }
      return parts.map((part, index) =>
        part.replace('|', `${names[index] ?? ''}: `).replaceAll('|', ''),
      )
    },
  }
}
