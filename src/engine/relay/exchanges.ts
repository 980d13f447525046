// The exchanges of one pair of connections: reads what passes, changes the few fields that must be changed, and tells it.

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { TapCut } from '../../shared/session/tapFaults.ts'
import { latin1 } from '../../shared/text/latin1.ts'
import { formatLimit } from '../../shared/text/units.ts'
import {
  mayBeginAnswer,
  passEmptyLines,
  type ReadHead,
  readAnswerHead,
} from '../protocols/http/answerHead.ts'
import { changeFields } from '../protocols/http/changeFields.ts'
import { type AfterHead, createMessageReader } from '../protocols/http/messageReader.ts'
import { notARequest, readRequestHead } from '../protocols/http/requestHead.ts'
import { streamFormat } from '../protocols/stream/streamFormat.ts'
import { now } from '../transports/clock.ts'
import { type BodyWay, createBodyWay } from './bodyWay.ts'
import { responseChanges } from './headChanges.ts'
import type { HoldWay } from './hold/holdWay.ts'
import { judgeRequest, type Refusal } from './judgeRequest.ts'
import { type OwnAnswer, ownAnswer } from './ownAnswer.ts'
import type { RelayContext } from './relayContext.ts'
import type { Side } from './relayEvents.ts'
import { copyOf } from './teller.ts'
import { tellUnavailable } from './unavailable.ts'

/** Where the bytes go, by who sends them. */
export interface Ways {
  readonly client: HoldWay
  readonly server: HoldWay
  /** `isHeld` answers otherwise than before. */
  held(): void
  /** The relay answers by itself, or ends the connection behind the server's answer. Nothing that comes from now on is read. */
  leave(answer: OwnAnswer | null): void
  cut(cut: TapCut): void
}

export interface Exchanges {
  fromClient(bytes: Uint8Array, at: number): void
  fromServer(bytes: Uint8Array, at: number): void
  /** The program sent more than belongs to the exchange that is under way: nothing more is read from it. */
  isHeld(): boolean
  /** An exchange is under way, or what has become of one. */
  isBusy(): boolean
  /** Of the request that came last, as it went on; null before the first. */
  target(): string | null
  /** Of the exchange that is under way; null without one. */
  method(): string | null
  /** It is a WebSocket, and no frame of this side is under way. */
  isBetweenFrames(from: Side): boolean
  /** Puts a message into its WebSocket, as if this side had sent it. */
  inject(from: Side, bytes: Uint8Array, sent: () => void): void
  /** This side sends nothing more. */
  finished(side: Side, at: number): void
  /** What still comes is left unread. */
  stop(): void
  closed(at: number): void
}

/** Of the exchange that is under way. */
interface Exchange {
  readonly method: string
  /** `Host` as the program wrote it. */
  readonly tap: string
  requestOver: boolean
  answerOver: boolean
}

export function createExchanges(id: number, context: RelayContext, ways: Ways): Exchanges {
  const { teller, server, change, headBytes, rules } = context
  let exchange: Exchange | null = null
  let target: string | null = null
  let isRaw = false
  /** Sent before the answer was complete. */
  let early: Uint8Array | null = null
  const place = () => ({ id, target })
  const bodies = { client: bodyWay('client'), server: bodyWay('server') }

  const requests = createMessageReader(headBytes, {
    begins(bytes) {
      if (exchange === null) return true
      // [rfc9112] 2.2: some programs end a body by an empty line, which belongs to no request.
      if (early === null && passEmptyLines(bytes, 0) === bytes.length) return false
      early = early === null ? copyOf(bytes) : Buffer.concat([early, bytes])
      ways.held()
      return false
    },
    refusal: notARequest,
    head: takeRequest,
    unreadable(start, why) {
      refuse(unreadableRequest(why, copyOf(start.subarray(0, headBytes)), headBytes))
      return 'stop'
    },
    body: bodies.client.pass,
    end: (at) => endMessage('client', at),
  })

  const answers = createMessageReader(headBytes, {
    begins: () => true,
    // What its program cannot read either is not waited for.
    refusal: (start) => (mayBeginAnswer(start.subarray(0, 5)) ? null : 'it does not speak HTTP'),
    head: takeAnswer,
    unreadable(_start, why, at) {
      tellUnreadable(why, at)
      return 'raw'
    },
    body: bodies.server.pass,
    end: (at) => endMessage('server', at),
  })

  function bodyWay(from: Side): BodyWay {
    return createBodyWay({
      ...{ id, from, teller, way: ways[from] },
      dropsPings: () => rules.any() && rules.find('drop-pings', place(), now()) !== null,
    })
  }

  function endMessage(from: Side, at: number): void {
    const isTold = bodies[from].end(at)
    teller.tell({ kind: 'end', id, from, at })
    ways[from].messageEnd(isTold)
    if (exchange === null) return
    if (from === 'client') exchange.requestOver = true
    else exchange.answerOver = true
    if (exchange.requestOver && exchange.answerOver) settle()
  }

  /** The exchange is over; whoever has sent the next request already is sent away. */
  function settle(): void {
    exchange = null
    if (early === null) return
    early = null
    refuse(pipelined)
  }

  function refuse({ reason, message, head, status }: Refusal): void {
    stop()
    teller.tell({ kind: 'refused', id, at: now(), reason, message, head, status })
    ways.leave(status === null ? null : ownAnswer(methodOf(head), status, message))
  }

  function stop(): void {
    requests.stop()
    answers.stop()
  }

  function takeRequest(head: Uint8Array, at: number): AfterHead {
    const reading = readRequestHead(head)
    if ('refusal' in reading) {
      refuse(unreadableRequest(reading.refusal, copyOf(head), headBytes))
      return { by: 'stop' }
    }
    const judged = judgeRequest(reading, head, context)
    if ('refused' in judged) {
      refuse({ ...judged.refused, head: copyOf(head) })
      return { by: 'stop' }
    }
    const { method, tap, bytes, changes, bodyEnd } = judged
    target = judged.target
    exchange = { method, tap, requestOver: false, answerOver: false }
    teller.tell({ kind: 'request', id, at, head: copyOf(head), changes, bodyEnd })
    const fault = rules.any() ? rules.find('unavailable', place(), at) : null
    if (fault !== null) {
      stop()
      ways.leave(tellUnavailable(teller, { id, at, method }, fault.retryAfterSeconds))
      return { by: 'stop' }
    }
    ways.client.write(bytes, true)
    return bodyEnd
  }

  function takeAnswer(head: Uint8Array, at: number): AfterHead {
    const reading = readAnswerHead(head, exchange?.method ?? 'GET')
    if ('refusal' in reading) return passUnread(reading.refusal, head, at)
    const { status, bodyEnd, headers } = reading
    const addresses = { server, tap: exchange?.tap ?? server.host }
    const { bytes, changes } = changeFields(head, responseChanges(change, addresses))
    const informs = status >= 100 && status < 200 && status !== 101
    if (informs && teller.isFull()) {
      // A flood of them is lost as that of a body is.
      bodies.server.pass(bytes, at)
      return { by: 'another' }
    }
    if (!informs && exchange?.answerOver !== false) return passUnread(unasked, head, at)
    bodies.server.end(at)
    teller.tell({ kind: 'response', id, at, head: copyOf(head), changes, bodyEnd })
    if (mayWait(reading)) ways.server.gatherAnswer()
    ways.server.write(bytes, true)
    if (informs) return { by: 'another' }
    const after = status === 101 ? becomeRaw(headerValue(headers, 'upgrade'), at) : bodyEnd
    const cut = rules.any() ? rules.takeCut(place()) : null
    if (cut === null) return after
    ways.cut(cut)
    return { by: 'stop' }
  }

  /** What follows is another protocol, on both ways. */
  function becomeRaw(upgrade: string | null, at: number): AfterHead {
    isRaw = true
    if (upgrade !== null && /^websocket$/i.test(upgrade)) {
      bodies.client.becomeWebSocket()
      bodies.server.becomeWebSocket()
    }
    passEarly(at)
    return { by: 'raw' }
  }

  /** It had to wait for this answer, and for nothing else. */
  function passEarly(at: number): void {
    requests.becomeRaw()
    const came = early
    early = null
    if (came !== null) requests.feed(came, at)
    ways.held()
  }

  function passUnread(refusal: string, head: Uint8Array, at: number): AfterHead {
    tellUnreadable(refusal, at)
    bodies.server.pass(head, at)
    return { by: 'raw' }
  }

  function tellUnreadable(refusal: string, at: number): void {
    isRaw = true
    teller.tell({ kind: 'unreadable', id, at, refusal })
    passEarly(at)
  }

  return {
    fromClient: requests.feed,
    fromServer: answers.feed,
    isHeld: () => early !== null,
    isBusy: () => isRaw || exchange !== null,
    target: () => target,
    method: () => exchange?.method ?? null,
    isBetweenFrames: (from) => bodies[from].isBetweenFrames(),
    inject: (from, bytes, sent) => bodies[from].inject(bytes, sent),
    stop,
    finished(from, at) {
      if (from === 'server') answers.finish(at)
      teller.tell({ kind: 'finished', id, from, at })
    },
    closed(at) {
      bodies.client.end(at)
      bodies.server.end(at)
    },
  }
}

function unreadableRequest(why: string, head: Uint8Array, headBytes: number): Refusal {
  const message = why.startsWith('it is larger')
    ? `The head of the request is larger than ${formatLimit(headBytes)}.`
    : `The request cannot be read: ${why}. Speak HTTP/1.1 without TLS to the tap.`
  return { reason: 'head', message, head, status: 400 }
}

/** As it stands at the start of a head that may be none. */
function methodOf(head: Uint8Array): string | null {
  const [method] = /^[A-Z]+(?= )/.exec(latin1(head.subarray(0, 16))) ?? []
  return method ?? null
}

function mayWait(answer: ReadHead): boolean {
  return answer.status >= 200 && streamFormat('auto', answer, false) === null
}

const unasked = 'nobody has asked for it'

const pipelined: Refusal = {
  reason: 'pipelining',
  message:
    'The program sent its next request before the answer to the last one had ended (pipelining). The tap ended the connection behind that answer.',
  status: null,
  head: new Uint8Array(0),
}
