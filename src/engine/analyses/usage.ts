// Sums a session's traffic up by purpose: news, what was said, heads, holds, and the times between.

import { isPeerData, isWireKind, type SeenFrame } from '../../shared/frame/frame.ts'
import { bringsNothing, isGoodAnswer } from '../../shared/frame/httpDetail.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import type { Spans, Summed, Usage } from '../../shared/session/usage.ts'
import type { Analysis } from './analysis.ts'
import { isSent } from './laneFold.ts'

type SeenResponse = Extract<SeenFrame, { kind: 'response' }>

export function createUsage(): Analysis<Usage> {
  let firstAt: number | null = null
  let lastAt: number | null = null
  let compressed = 0
  let binary = 0
  let requests = 0
  let connections = 0
  let wireBytes = 0
  const news = createSum()
  const emptyAnswers = createSum()
  const heads = {
    request: createSum(),
    response: createSum(),
    event: createSum(),
    frame: createSum(),
  }
  const rounds = createSpans()
  const turns = createSpans()
  const holds = createSum()
  const keepAlives = createKeepAlives()
  const speech = createSpeech()
  /** When a poll's good answer came last. */
  let answeredAt: number | null = null

  function addNews(frame: SeenFrame, isCompressed: boolean): void {
    news.add(frame.sizeBytes)
    if (isCompressed) compressed++
  }

  function addResponse(frame: SeenResponse): void {
    const { at, sizeBytes, wireBytes: taken, detail } = frame
    const { purpose, contentEncoding, changed, holdMs } = detail
    if (!detail.reused) connections++
    if (contentEncoding === undefined) heads.response.addBytes(taken - sizeBytes)
    if (detail.redirectTo !== undefined || !isGoodAnswer(detail)) return
    if (purpose === 'long-poll' || (purpose === 'poll' && changed !== undefined)) {
      if (bringsNothing(detail)) emptyAnswers.add(sizeBytes)
      else addNews(frame, contentEncoding !== undefined)
    }
    if (purpose === 'long-poll' && detail.empty && holdMs !== undefined) holds.add(holdMs)
    if (purpose !== 'poll') return
    if (answeredAt !== null) rounds.add(at - answeredAt)
    answeredAt = at
  }

  function addRequest({
    sizeBytes,
    wireBytes: taken,
    detail,
  }: Extract<SeenFrame, { kind: 'request' }>): void {
    requests++
    heads.request.addBytes(taken - sizeBytes)
    if (detail.gapMs !== undefined) turns.add(detail.gapMs)
  }

  function addMessage(frame: Extract<SeenFrame, { kind: 'message' }>): void {
    const { direction, detail, sizeBytes, wireBytes: taken } = frame
    if (detail.type === 'binary') binary++
    if (direction !== 'in') return
    addNews(frame, detail.compressed)
    if (!detail.compressed) heads.frame.addBytes(taken - sizeBytes)
  }

  /** What only some kinds tell. */
  function addKind(frame: SeenFrame): void {
    const { kind } = frame
    if (kind === 'request') addRequest(frame)
    else if (kind === 'response') addResponse(frame)
    else if (kind === 'message') addMessage(frame)
    else if (kind === 'comment' || kind === 'ping') keepAlives.add(frame)
    // A part of an answer is counted with the answer.
    else if (kind === 'event' || (kind === 'record' && !frame.detail.partial)) addNews(frame, false)
    if (kind === 'event') heads.event.addBytes(frame.wireBytes - frame.sizeBytes)
  }

  return {
    add(frame) {
      const { kind, direction, at } = frame
      // Of the wire layer the others are parts of frames that are counted, as in `createStatistics`.
      if (direction !== 'local' && (!isWireKind(kind) || kind === 'ignored'))
        wireBytes += frame.wireBytes
      if (isWireKind(kind)) return
      firstAt ??= at
      lastAt = at
      addKind(frame)
      speech.add(frame)
    },
    result: () => ({
      ...{ firstAt, lastAt, compressed, binary, requests, connections, wireBytes },
      news: news.result(),
      ...speech.result(),
      emptyAnswers: emptyAnswers.result(),
      requestHeads: heads.request.result(),
      responseHeads: heads.response.result(),
      eventFraming: heads.event.result(),
      frameHeads: heads.frame.result(),
      rounds: rounds.result(),
      turns: turns.result(),
      holds: holds.result(),
      keepAlives: keepAlives.result(),
    }),
  }
}

function createSum() {
  let count = 0
  let sum = 0
  function add(value: number): void {
    count++
    sum += value
  }
  return {
    add,
    /** Less than none is what was compressed on its way: of that nobody knows what framed it. */
    addBytes(bytes: number): void {
      if (bytes >= 0) add(bytes)
    },
    result: (): Summed => ({ count, sum }),
  }
}

function createSpans() {
  const sum = createSum()
  let squares = 0
  return {
    add(ms: number): void {
      const span = Math.max(0, ms)
      sum.add(span)
      squares += span * span
    },
    result: (): Spans => ({ ...sum.result(), squares }),
  }
}

/** Milliseconds. What follows sooner keeps nothing alive: a greeting, or an answer. */
const soonestAliveMs = 1000

/** The time from one to the next, on the same connection. */
function createKeepAlives() {
  const spans = createSum()
  let lastConnection = 0
  let lastAt = 0
  return {
    add({ connection, at }: SeenFrame): void {
      if (connection === lastConnection) {
        if (at - lastAt < soonestAliveMs) return
        spans.add(at - lastAt)
      }
      lastConnection = connection
      lastAt = at
    },
    result: spans.result,
  }
}

/** What was said, and how soon the peer had something to say after it. */
function createSpeech() {
  const spoken = createSum()
  const effects = createSum()
  let openedAt = Number.NEGATIVE_INFINITY
  let unansweredAt: number | null = null
  return {
    add(frame: SeenFrame): void {
      const { at } = frame
      if (frame.kind === 'response' && frame.detail.purpose === 'handshake') openedAt = at
      if (isSent(frame)) {
        if (at - openedAt <= comparisonLimits.openingMs) return
        spoken.add(frame.sizeBytes)
        unansweredAt ??= at
      } else if (unansweredAt !== null && isPeerData(frame)) {
        effects.add(Math.max(0, at - unansweredAt))
        unansweredAt = null
      }
    },
    result: () => ({ spoken: spoken.result(), effects: effects.result() }),
  }
}
