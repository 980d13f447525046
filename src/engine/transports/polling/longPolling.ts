// Long polling: asks, lets the server hold the request until it has data, and asks again at once.

import { formatCount } from '../../../shared/text/units.ts'
import type { Fault } from '../../protocols/fault.ts'
import {
  type Cursor,
  type FoundCursor,
  findCursor,
  withCursor,
} from '../../protocols/polling/cursor.ts'
import {
  firstPace,
  isEmptyAnswer,
  isServerTimeout,
  nextPace,
} from '../../protocols/polling/pace.ts'
import { msBetween, now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { AnswerHead } from '../http/exchange.ts'
import { httpExchange } from '../http/httpExchange.ts'
import { faultOutcome, retryAfterMs, statusOutcome } from '../http/httpOutcome.ts'
import { patienceOf } from '../http/watchedHop.ts'
import { createNetwork } from '../network/network.ts'
import { targetOf, withKey } from '../network/target.ts'
import type { ConnectionIo, Outcome, Transport, TransportOptions } from '../transport.ts'
import { createAnswerPieces } from './answerPieces.ts'
import { bodyKey } from './pollMemory.ts'

/** What one answer was, beyond its frame. */
interface Findings {
  readonly empty: boolean
  readonly repeated: boolean
  readonly advanced: boolean
  /** What is wrong with the cursor of an answer with data, as the first one in a row. */
  readonly cursorFlaw: string | null
}

const noFindings: Findings = { empty: true, repeated: false, advanced: false, cursorFlaw: null }

const unplaced = {
  body: 'The cursor is not sent: the body of the request is no JSON that has room for it at the path of "cursor".',
  header: 'The cursor is not sent: it has characters that no header can carry.',
  url: 'The next URL is not asked: it is no URL of the same origin, which alone may get what this request holds.',
}

/** One connection is one exchange with its redirects. The cursor outlives it. */
export function createLongPollingTransport(options: TransportOptions): Transport {
  const { resolved: endpoint, limits } = options
  const network = createNetwork(options)
  const { request } = targetOf(endpoint)
  const minIntervalMs = endpoint.allowFasterThan100ms ? 0 : limits.minIntervalMs
  let cursor: Cursor | null = null
  let dataKey: string | null = null
  let pace = firstPace
  let cursorFound = true
  let cursorPlaced = true
  /** Since then no request is open; null before the first. */
  let closedAt: number | null = null

  async function connect(io: ConnectionIo): Promise<Outcome> {
    const from = cursor?.text ?? null
    let findings = noFindings
    let coming: AnswerHead | null = null
    const pieces = createAnswerPieces(io, () => coming)

    const result = await httpExchange(
      {
        purpose: 'long-poll',
        ...carryCursor(io),
        ...patienceOf(endpoint),
        sent: (at) => (closedAt === null ? {} : { gapMs: msBetween(closedAt, at) }),
        unanswered: ownTimeout,
        plan(head) {
          coming = head
          return { kind: 'collect', arrived: pieces.arrived }
        },
        annotate(head, body, sizeBytes) {
          pieces.finish()
          const { holdMs, status } = head
          const bare = isEmptyAnswer(status, sizeBytes)
          if (status >= 400 && !bare) return { holdMs, empty: bare }
          findings = readAnswer(head, body, sizeBytes, bare)
          const { empty } = findings
          return {
            holdMs,
            empty,
            ...(isServerTimeout(status, empty, holdMs) && { serverTimeout: true }),
            ...(endpoint.cursor && { cursor: { from, to: cursor?.text ?? null } }),
          }
        },
      },
      { network, limits, io },
    )
    closedAt = result.kind === 'answered' ? result.at : now()
    pieces.cancel()
    if (result.kind === 'stopped') return result
    // The server may still have been waiting for data: that we stopped waiting is not its fault.
    if (result.kind === 'failed' && result.fault.code === 'http-timeout') {
      io.opened()
      return goOn(findings, endpoint.timeoutMs, null)
    }
    if (result.kind === 'failed') return faultOutcome(result.fault)
    const { head } = result
    const ended = isEmptyAnswer(head.status, result.sizeBytes)
      ? null
      : statusOutcome(
          { head, body: result.body, purpose: 'long-poll', credentials: network.sendsCredentials },
          io,
          limits,
        )
    if (ended !== null) return ended
    io.opened()
    if (findings.cursorFlaw !== null) noteFlaw(findings.cursorFlaw, io, head)
    return goOn(findings, head.holdMs, retryAfterMs(head, limits))
  }

  /** The request with the cursor, or without it where there is no place for it, which is told once. */
  function carryCursor(io: ConnectionIo): typeof request {
    if (endpoint.cursor === null) return request
    const { to } = endpoint.cursor
    // A file's bytes are sent as they are.
    const isFixed = to.kind === 'body' && request.bodyFile !== null && cursor !== null
    const carried = isFixed ? null : withCursor(to, cursor, request)
    // A next URL may leave out the key that the endpoint's own has.
    const carrying =
      carried && (to.kind === 'url' ? { ...carried, url: withKey(endpoint, carried.url) } : carried)
    if (carrying === null && cursorPlaced) {
      const message = unplaced[to.kind === 'header' || to.kind === 'url' ? to.kind : 'body']
      connectionFrames(io).notice('cursor-unplaced', message)
    }
    cursorPlaced = carrying !== null
    return carrying ?? request
  }

  /** `bare`: there is no body to read, or its status says that it has no data. */
  function readAnswer(
    head: AnswerHead,
    body: Uint8Array,
    sizeBytes: number,
    bare: boolean,
  ): Findings {
    const before = cursor?.text
    const found = endpoint.cursor ? findCursor(endpoint.cursor.from, head.headers, body) : null
    const flaw = found && flawOf(found)
    if (found !== null && flaw === null) cursor = found.cursor
    const empty = bare || found?.noItems === true
    const lost = empty ? null : flaw
    const cursorFlaw = cursorFound ? lost : null
    if (!empty) cursorFound = lost === null
    const key = empty ? null : bodyKey(body, sizeBytes)
    const repeated = key !== null && key === dataKey
    dataKey = key ?? dataKey
    return { empty, repeated, advanced: cursor?.text !== before, cursorFlaw }
  }

  function flawOf({ cursor: found, flaw }: FoundCursor): string | null {
    if (found === null || found.text.length <= limits.cursorChars) return flaw
    return `a cursor of more than ${formatCount(limits.cursorChars)} characters`
  }

  function noteFlaw(flaw: string, io: ConnectionIo, head: AnswerHead): void {
    const then = cursor === null ? '' : ': the last one is sent again'
    const message = `The answer holds ${flaw}${then}.`
    connectionFrames(io).notice('cursor-missing', message, { replyTo: head.requestSeq })
  }

  function goOn(findings: Findings, holdMs: number, askedMs: number | null): Outcome {
    const hasCursor = endpoint.cursor !== null
    const next = nextPace(pace, { ...findings, holdMs, hasCursor }, minIntervalMs)
    pace = next.pace
    if (askedMs !== null && askedMs > next.delayMs) {
      return { kind: 'next', delayMs: askedMs, wait: { reason: 'retry-after' } }
    }
    if (next.reason === null) return { kind: 'next', delayMs: next.delayMs }
    const wait = { reason: 'back-off', message: next.reason } as const
    return { kind: 'next', delayMs: next.delayMs, wait }
  }

  return {
    connect,
    close() {
      network.close()
      return Promise.resolve()
    },
  }
}

/** Told apart from a server's time limit, which is an answer. */
function ownTimeout(timeoutMs: number): Fault {
  return {
    code: 'http-timeout',
    message: `Lifeline stopped waiting: the server held the request for more than ${timeoutMs / 1000} s.`,
    advice: 'To see the server’s own time limit, set a longer "timeout" in the profile.',
    fields: ['timeout'],
  }
}
