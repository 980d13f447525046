// The exchanges of one pair of connections: reads what passes, changes the few fields that must be changed, and tells it.

import { headerValue } from '../../shared/frame/headerFields.ts'
import { formatLimit } from '../../shared/text/units.ts'
import { readAnswerHead } from '../protocols/http/answerHead.ts'
import { changeFields } from '../protocols/http/changeFields.ts'
import { type AfterHead, createMessageReader } from '../protocols/http/messageReader.ts'
import { notARequest, readRequestHead } from '../protocols/http/requestHead.ts'
import { responseChanges } from './headChanges.ts'
import { judgeRequest, type Refusal } from './judgeRequest.ts'
import type { RelayContext } from './relayContext.ts'
import type { Side } from './relayEvents.ts'
import { type BodyTeller, copyOf, createBodyTeller } from './teller.ts'

export type { Refusal } from './judgeRequest.ts'

/** Where the bytes go. */
export interface Ways {
  toServer(bytes: Uint8Array): void
  toClient(bytes: Uint8Array): void
  /** `isHeld` answers otherwise than before. */
  held(): void
  /** Nothing that comes from now on is read. */
  refuse(refusal: Refusal): void
}

export interface Exchanges {
  fromClient(bytes: Uint8Array, at: number): void
  fromServer(bytes: Uint8Array, at: number): void
  /** The program sent more than belongs to the exchange that is under way: nothing more is read from it. */
  isHeld(): boolean
  /** This side sends nothing more. */
  finished(side: Side, at: number): void
  /** The relay has answered by itself: what still comes is left unread. */
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
  const { teller, server, change, headBytes } = context
  let exchange: Exchange | null = null
  /** Sent before the answer was complete. */
  let early: Uint8Array | null = null
  let requestBody = bodyOf('client', false)
  let answerBody = bodyOf('server', false)

  const requests = createMessageReader(headBytes, {
    begins(bytes) {
      if (exchange === null) return true
      early = early === null ? copyOf(bytes) : Buffer.concat([early, bytes])
      ways.held()
      return false
    },
    refusal: notARequest,
    head: takeRequest,
    unreadable(start, why) {
      refuse({
        reason: 'head',
        message: unreadableWords(why),
        head: copyOf(start.subarray(0, headBytes)),
        status: 400,
      })
      return 'stop'
    },
    body(bytes, at) {
      ways.toServer(bytes)
      requestBody.pass(bytes, at)
    },
    end(at) {
      requestBody.end(at)
      teller.tell({ kind: 'end', id, from: 'client', at })
      if (exchange !== null) exchange.requestOver = true
      settle()
    },
  })

  const answers = createMessageReader(headBytes, {
    begins: () => true,
    refusal: () => null,
    head: takeAnswer,
    unreadable(_start, why, at) {
      tellUnreadable(why, at)
      return 'raw'
    },
    body(bytes, at) {
      ways.toClient(bytes)
      answerBody.pass(bytes, at)
    },
    end(at) {
      answerBody.end(at)
      teller.tell({ kind: 'end', id, from: 'server', at })
      if (exchange !== null) exchange.answerOver = true
      settle()
    },
  })

  function bodyOf(from: Side, framed: boolean): BodyTeller {
    return createBodyTeller(teller, { id, from }, framed)
  }

  function refuse(refusal: Refusal): void {
    stop()
    ways.refuse(refusal)
  }

  function stop(): void {
    requests.stop()
    answers.stop()
  }

  function takeRequest(head: Uint8Array, at: number): AfterHead {
    const reading = readRequestHead(head)
    const judged =
      'refusal' in reading
        ? {
            refused: {
              reason: 'head',
              message: unreadableWords(reading.refusal),
              status: 400,
            } as const,
          }
        : judgeRequest(reading, head, context)
    if ('refused' in judged) {
      refuse({ ...judged.refused, head: copyOf(head) })
      return { by: 'stop' }
    }
    const { method, tap, bytes, changes, bodyEnd } = judged
    exchange = { method, tap, requestOver: false, answerOver: false }
    teller.tell({ kind: 'request', id, at, head: copyOf(head), changes, bodyEnd })
    ways.toServer(bytes)
    return bodyEnd
  }

  function takeAnswer(head: Uint8Array, at: number): AfterHead {
    const reading = readAnswerHead(head, exchange?.method ?? 'GET')
    if ('refusal' in reading) {
      tellUnreadable(reading.refusal, at)
      ways.toClient(head)
      answerBody.pass(head, at)
      return { by: 'raw' }
    }
    const { status, bodyEnd, headers } = reading
    const addresses = { server, tap: exchange?.tap ?? server.host }
    const { bytes, changes } = changeFields(head, responseChanges(change, addresses))
    teller.tell({ kind: 'response', id, at, head: copyOf(head), changes, bodyEnd })
    ways.toClient(bytes)
    if (status === 101)
      return becomeRaw(/^websocket$/i.test(headerValue(headers, 'upgrade') ?? ''), at)
    return status >= 100 && status < 200 ? { by: 'another' } : bodyEnd
  }

  /** What follows is another protocol, on both ways. */
  function becomeRaw(framed: boolean, at: number): AfterHead {
    requestBody = bodyOf('client', framed)
    answerBody = bodyOf('server', framed)
    requests.becomeRaw()
    const came = early
    early = null
    // It had to wait for this answer, and for nothing else.
    if (came !== null) requests.feed(came, at)
    ways.held()
    return { by: 'raw' }
  }

  function tellUnreadable(refusal: string, at: number): void {
    teller.tell({ kind: 'unreadable', id, at, refusal })
    requests.becomeRaw()
  }

  /** The exchange is over when both its messages are; whoever has sent the next one already is sent away then. */
  function settle(): void {
    if (exchange === null || !exchange.requestOver || !exchange.answerOver) return
    exchange = null
    if (early === null) return
    early = null
    refuse({
      reason: 'pipelining',
      message: pipeliningWords,
      head: new Uint8Array(0),
      status: null,
    })
  }

  return {
    fromClient: requests.feed,
    fromServer: answers.feed,
    isHeld: () => early !== null,
    stop,
    finished(from, at) {
      if (from === 'server') answers.finish(at)
      teller.tell({ kind: 'finished', id, from, at })
    },
    closed(at) {
      requestBody.end(at)
      answerBody.end(at)
    },
  }

  function unreadableWords(why: string): string {
    return why.startsWith('it is larger')
      ? `The head of the request is larger than ${formatLimit(headBytes)}.`
      : `The request cannot be read: ${why}. Speak HTTP/1.1 without TLS to the tap.`
  }
}

const pipeliningWords =
  'The program sent its next request before the answer to the last one had ended (pipelining). The tap ended the connection behind that answer.'
