// Answers a request by what was recorded: whole answers, and that nothing has changed.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { corsFields } from './allowedOrigins.ts'
import { answerFields, exposedNames, reasonOf, withoutContent } from './answerHead.ts'
import { type Conditions, isConditional, isNotModified } from './notModified.ts'
import type { Replay } from './replay.ts'
import type { AnswerTurn, TurnHead } from './script/script.ts'

/** A request and its answer, whose head is not written yet. */
export interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The origin of the page that asks, which may read the answer; null where none asks. */
  readonly origin: string | null
}

/** Answers the status that was sent. */
export function serveAnswer({ payload }: Replay, visit: Visit, turn: AnswerTurn): number {
  const { request, response } = visit
  const conditions = conditionsOf(request)
  const shown = wholeOf(turn, conditions)
  const isUnchanged = shown.status === 304 || isStillGood(shown, conditions)
  const fields = fieldsOf(visit, shown)
  writeFields(response, isUnchanged ? withoutContent(fields) : fields)
  if (isUnchanged) {
    response.writeHead(304).end()
    return 304
  }
  const body = payload(shown.seq)
  // [rfc9110] 8.6: neither has a length.
  const isBare = shown.status === 204 || shown.status === 205
  if (!isBare) response.setHeader('Content-Length', body.length)
  response.writeHead(shown.status, reasonOf(shown)).end(isBare ? undefined : body)
  return shown.status
}

export function writeHead(visit: Visit, turn: TurnHead): void {
  const { response } = visit
  writeFields(response, fieldsOf(visit, turn))
  response.writeHead(turn.status, reasonOf(turn))
  response.flushHeaders()
}

/** A 304 says nothing to a client that has nothing. */
function wholeOf(turn: AnswerTurn, conditions: Conditions): AnswerTurn {
  const { unchanged } = turn
  const isKnown = unchanged !== null && !isNotModified(conditions, unchanged.headers)
  return isKnown && (!isConditional(conditions) || hasValidator(unchanged)) ? unchanged : turn
}

function hasValidator({ headers }: AnswerTurn): boolean {
  return headers.some(([name]) => /^(?:etag|last-modified)$/i.test(name))
}

/** [rfc9110] 13.2.1: a condition counts where the answer would be a good one. */
function isStillGood({ status, headers }: AnswerTurn, conditions: Conditions): boolean {
  return status >= 200 && status < 300 && isNotModified(conditions, headers)
}

function conditionsOf({ method, headers }: IncomingMessage): Conditions {
  // [rfc9110] 13.1.3
  if (method !== 'GET' && method !== 'HEAD') return { tags: null, since: null }
  return {
    tags: headers['if-none-match'] ?? null,
    since: headers['if-modified-since'] ?? null,
  }
}

function fieldsOf({ request, origin }: Visit, turn: TurnHead): Map<string, string[]> {
  const fields = answerFields(turn, request.headers.host ?? 'localhost')
  if (origin === null) return fields
  for (const [name, value] of corsFields(origin, exposedNames(turn.headers))) {
    fields.set(name, [...(fields.get(name) ?? []), value])
  }
  return fields
}

function writeFields(response: ServerResponse, fields: ReadonlyMap<string, readonly string[]>) {
  for (const [name, values] of fields) {
    for (const value of values) response.appendHeader(name, value)
  }
}
