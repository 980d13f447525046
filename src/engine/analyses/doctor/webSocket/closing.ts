// Rules about the ways in which a WebSocket ends.

import { describeCloseCode } from '../../../../shared/frame/closeCodes.ts'
import { formatDelay } from '../../../../shared/text/units.ts'
import { type EndedConnection, openedAt, serverCode } from '../shapes/connectionTrace.ts'
import { createEvidence, type Evidence, occurrences } from '../shapes/evidence.ts'
import { areAlike } from '../shapes/knownLimits.ts'
import { type Rule, type RuleFold, rule, type Told } from '../shapes/rule.ts'
import { manual, rfc } from '../shapes/sources.ts'
import { webSocketThresholds } from '../shapes/thresholds.ts'
import { plural, quoted, spanWords } from '../shapes/words.ts'

const { closeMs } = webSocketThresholds

const registry = manual(
  'IANA close codes',
  'https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number',
)

/** A fold over the ends that `counts` names: what was seen, and whether the session came back each time. */
function createEnds(
  counts: (connection: EndedConnection) => boolean,
  tell: (ends: Evidence, last: EndedConnection, cameBack: boolean) => Told,
): RuleFold {
  const seen = createEvidence()
  let last: EndedConnection | null = null
  let cameBack = true
  return {
    ended(connection) {
      if (!counts(connection)) return
      last = connection
      cameBack &&= connection.goesOn
      seen.add(connection.endSeq)
    },
    finding: () => (last === null ? null : tell(seen, last, cameBack)),
  }
}

const abnormal = rule({
  id: 'ws-1006',
  title: 'The WebSocket was lost without a close frame.',
  speaks:
    'A WebSocket that was open ended without a close frame, 1006 in a browser: a risk, a fault where the session ended by it.',
  why: 'What was on its way is lost, and neither side knows how much.',
  source: rfc(6455, '7.4.1'),
  advice:
    'Look at the log of the server for a crash at that time, and at the time limits of what stands between.',
  kinds: [],
  create: () =>
    createEnds(
      (one) => one.end.kind === 'error' && one.end.code === 'ws-abnormal-closure',
      (seen, last, cameBack) => {
        const silentMs = last.endAt - (last.activeAt ?? last.endAt)
        return {
          severity: cameBack ? 'risk' : 'fault',
          sentence: `${plural(seen.count, 'connection was', 'connections were')} lost without a close frame, the last one ${formatDelay(silentMs)} after its last frame.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    ),
})

const internalError = rule({
  id: 'ws-1011',
  title: 'The server failed and closed the WebSocket.',
  speaks: 'The server closed with 1011: a risk, a fault where the session ended by it.',
  why: 'It met something that it did not expect; what it was doing is undone.',
  source: rfc(6455, '7.4.1'),
  advice: 'Look at the log of the server at that time, and at the message before it.',
  kinds: [],
  create: () =>
    createEnds(
      (one) => serverCode(one) === 1011,
      (seen, last, cameBack) => ({
        severity: cameBack ? 'risk' : 'fault',
        sentence: `${plural(seen.count, 'connection was', 'connections were')} closed with 1011${reasonOf(last)}.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }),
    ),
})

/** ` “too slow”`; empty without one. */
function reasonOf({ end }: EndedConnection): string {
  return end.kind === 'close' && end.reason !== '' ? ` ${quoted(end.reason)}` : ''
}

const restart = rule({
  id: 'ws-1012-1013',
  title: 'The server restarts or has too much to do.',
  speaks:
    'The server closed with 1012 (restart): a hint; with 1013 (try again later) or 1014 (bad gateway): a risk. A risk, too, where the session did not come back.',
  why: 'After a restart all clients come back at once, and a server that is too busy gets more to do.',
  source: registry,
  advice:
    'Come back after a time that differs from client to client, and wait longer each time after 1013.',
  kinds: [],
  create() {
    let worst = 1012
    return createEnds(
      (one) => {
        const code = serverCode(one)
        if (code === null || code < 1012 || code > 1014) return false
        worst = Math.max(worst, code)
        return true
      },
      (seen, _, cameBack) => ({
        severity: cameBack && worst === 1012 ? 'hint' : 'risk',
        sentence: `${plural(seen.count, 'connection was', 'connections were')} closed with ${worst} (${describeCloseCode(worst)})${cameBack ? '' : ', and the session ended by it'}.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }),
    )
  },
})

/** Codes that say that credentials are missing or over; those above 4000 are custom, as protocols and servers use them. */
const refusals: ReadonlySet<number> = new Set([1008, 3000, 3003, 4401, 4403])

const authOver = rule({
  id: 'ws-1008-auth',
  title: 'The server does not accept the credentials any more.',
  speaks:
    'The server closed with 1008, 3000, 3003, 4401 or 4403, two or more times after the same time: a risk; once, where the session ended by it: a hint.',
  why: 'A token that ends while the connection is open cuts it, at the same age each time.',
  source: registry,
  advice: 'Renew the token before it ends, over the same connection or by a new one.',
  kinds: [],
  create() {
    const seen = createEvidence()
    let [age, code] = [0, 0]
    let goesOn = true
    return {
      ended(connection) {
        const closedBy = serverCode(connection)
        const since = openedAt(connection)
        if (closedBy === null || !refusals.has(closedBy) || since === null) return
        const ageMs = connection.endAt - since
        if (seen.count > 0 && !areAlike(ageMs, age)) return
        age = ageMs
        code = closedBy
        goesOn = connection.goesOn
        seen.add(connection.endSeq)
      },
      finding() {
        if (seen.count < 2 && (seen.count === 0 || goesOn)) return null
        return {
          severity: seen.count > 1 ? 'risk' : 'hint',
          sentence: `${plural(seen.count, 'connection was', 'connections were')} closed with ${code} (${describeCloseCode(code)}) ${formatDelay(age)} after opening.`,
          proof: seen.proof(),
          figure: occurrences(seen.count, 2),
        }
      },
    }
  },
})

const broken = rule({
  id: 'ws-1002-1007',
  title: 'One side broke the rules of the protocol.',
  speaks:
    'A WebSocket was closed with 1002, 1003 or 1007 by the server, or ended by a frame of the server or an answer to the handshake that breaks the rules, or by text that is not UTF-8: a fault.',
  why: 'The receiver must end the connection; what was on its way is lost.',
  source: rfc(6455, '7.4.1'),
  advice:
    'Closed by the server: look at what was sent last. Else correct the server, or what changes its frames.',
  kinds: [],
  create: () =>
    createEnds(
      (one) => {
        const code = serverCode(one)
        if (code !== null) return code === 1002 || code === 1003 || code === 1007
        const { end } = one
        if (end.kind !== 'error' || openedAt(one) === null) return false
        return (
          end.code === 'ws-invalid-utf8' ||
          (end.code === 'ws-protocol-error' && !isNamed(end.cause))
        )
      },
      (seen, last) => ({
        severity: 'fault',
        sentence:
          last.end.kind === 'close'
            ? `The server closed with ${last.end.code} (${describeCloseCode(last.end.code)})${reasonOf(last)}.`
            : brokenWords(last),
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }),
    ),
})

/** What the client refused: a frame, or the answer before all frames. */
function brokenWords({ end, response }: EndedConnection): string {
  if (!response?.detail.refused)
    return 'A frame of the server broke the rules, and the connection was closed for it.'
  const cause = end.kind === 'error' && end.cause !== '' ? `: ${quoted(end.cause)}` : ''
  return `The answer to the handshake breaks the rules, and the connection was closed for it${cause}.`
}

/** What rules of their own are about. */
function isNamed(cause: string): boolean {
  return /MASK|EXPECTED_FIN|CONTROL_PAYLOAD|subprotocol/.test(cause)
}

const slowClose = rule({
  id: 'ws-close-slow',
  title: 'The closing handshake is slow or missing.',
  speaks: `The server answered a close frame later than ${spanWords(closeMs)}, or not at all, and was not sending until then what it had to send before: a hint.`,
  why: 'The client waits with the connection open, and a server that never answers leaks connections.',
  source: rfc(6455, '7.1.2'),
  advice: 'Answer a close frame at once with one of the same code, then end the connection.',
  kinds: ['close', 'notice'],
  create() {
    const slow = createEvidence()
    const missing = createEvidence()
    let worst = 0
    let closedAt = 0
    return {
      add({ frame, seq, connection: { cameAt } }) {
        // Its answer stands behind that.
        const isSending = cameAt !== null && cameAt > closedAt && frame.at - cameAt < closeMs
        if (frame.kind === 'notice') {
          if (frame.code === 'ws-close-unanswered' && !isSending) missing.add(seq)
          return
        }
        if (frame.direction !== 'in') {
          closedAt = frame.at
          return
        }
        const { replyMs = 0 } = frame.detail
        if (replyMs <= closeMs || isSending) return
        worst = Math.max(worst, replyMs)
        slow.add(...(frame.replyTo === null ? [] : [frame.replyTo]), seq)
      },
      finding() {
        const isMissing = missing.count > 0
        if (!isMissing && slow.count === 0) return null
        return {
          severity: 'hint',
          sentence: isMissing
            ? `${plural(missing.count, 'close frame was', 'close frames were')} not answered in time.`
            : `A close frame was answered after ${formatDelay(worst)}.`,
          proof: (isMissing ? missing : slow).proof(),
          ...(!isMissing && {
            figure: { measured: worst, threshold: closeMs, unit: 'ms' as const },
          }),
        }
      },
    }
  },
})

export const closingRules: readonly Rule[] = [
  abnormal,
  internalError,
  restart,
  authOver,
  broken,
  slowClose,
]
