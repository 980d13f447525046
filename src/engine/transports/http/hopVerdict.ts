// How a hop ends: once, by what comes first of its answer's end, a fault, the timeout and the user's stop.

import type { ClientRequest } from 'node:http'
import type { Fault } from '../../protocols/fault.ts'
import { timeoutFault } from '../../protocols/http/httpFault.ts'
import { networkError } from '../../protocols/http/networkError.ts'
import type { AnswerBody } from './answerBody.ts'
import type { AnswerHead, HopResult } from './exchange.ts'
import type { HopFacts, HopRecord } from './hopRecord.ts'
import type { BodyReader } from './httpBody.ts'
import { wasStale } from './httpRequest.ts'

/** An answer whose head has come. */
export interface Arriving {
  readonly head: AnswerHead
  readonly reader: BodyReader
  /** What is done with the rest. */
  body: AnswerBody
}

/**
 * Like the other objects of a hop, it has no accessors: V8 makes each object with one a hidden class of its
 * own, which keeps what the accessor closes over until old memory is cleared, at a quarter more time per poll.
 */
export interface HopVerdict {
  readonly result: Promise<HopResult>
  /** Nothing that comes now counts. */
  isOver(): boolean
  /** For events: deaf once a fault is known, and what is thrown is our own fault. */
  guarded<T extends readonly unknown[]>(handle: (...args: T) => void): (...args: T) => void
  /** The head has come: how the hop ends is its body's end, too. */
  answered(arriving: Arriving): void
  /** There is no timeout any more. */
  untimed(): void
  /** The body is complete, or as much of it is there as is wanted: then it is `cut`. */
  finish(at: number, cut: boolean): void
  fail(fault: Fault): void
  /** The connection failed. What arrived before is still decoded. */
  handleError(error: Error): void
  handleThrown(error: unknown): void
}

/**
 * The stages; the timeout counts from the start of the first.
 *
 *   going ─timeout or error in the body─► failing ─what had come is decoded─► over
 *     └──────────── end, enough, stop, any other fault, ours ──────────────────┘
 */
export function createVerdict(req: ClientRequest, facts: HopFacts, record: HopRecord): HopVerdict {
  const { reading, way, meter } = facts
  const { io, limits } = facts.context
  const { url } = facts.hop
  const { promise, resolve, reject } = Promise.withResolvers<HopResult>()
  let stage: 'going' | 'failing' | 'over' = 'going'
  let arriving: Arriving | null = null

  const timer = setTimeout(guarded(handleTimeout), Math.min(reading.timeoutMs, limits.maxDelayMs))
  io.signal.addEventListener('abort', handleAbort)

  // An exception in a socket's event would end the whole worker.
  function guarded<T extends readonly unknown[]>(handle: (...args: T) => void) {
    return (...args: T) => {
      if (stage !== 'going') return
      try {
        handle(...args)
      } catch (error) {
        handleThrown(error)
      }
    }
  }

  function finish(at: number, cut: boolean): void {
    if (arriving === null) return
    settle()
    resolve(arriving.body.complete(at, cut))
    if (cut) req.destroy()
  }

  function handleTimeout(): void {
    const phase = meter.phase() ?? (arriving === null ? 'answer' : 'body')
    const own = phase === 'answer' ? reading.unanswered?.(reading.timeoutMs) : undefined
    failAfterRest(own ?? timeoutFault(reading.timeoutMs, { phase, ...faultPlace() }), 'local')
  }

  function handleError(error: Error): void {
    if (arriving === null && meter.bytesIn() === 0 && wasStale(req, error)) {
      record.notice(
        'local',
        'connection-stale',
        'The server had closed the kept connection: the request goes out on a new one.',
      )
      settle()
      resolve({ kind: 'stale' })
      return
    }
    failAfterRest(networkError(error, { ...faultPlace(), answered: arriving !== null }), 'in')
  }

  function faultPlace() {
    const proxy = meter.attached() ? undefined : way.proxy
    const { peer: host, certified, elsewhere } = way
    return { host, proxy, secure: url.protocol === 'https:', certified, elsewhere }
  }

  function failAfterRest(fault: Fault, direction: 'in' | 'local'): void {
    if (arriving === null) {
      fail(fault, direction)
      return
    }
    stage = 'failing'
    clearTimeout(timer)
    const { reader } = arriving
    reader
      .drain()
      .then(() => fail(fault, direction))
      .catch(handleThrown)
  }

  function fail(fault: Fault, direction: 'in' | 'local' = 'in'): void {
    if (stage === 'over') return
    // The head left, but the fault came before the last byte of the body did.
    if (meter.connected() && meter.bytesOut() > 0) record.request(req)
    abandon()
    arriving?.body.breakOff()
    const seq = record.error(fault, direction)
    resolve({ kind: 'failed', fault, seq, head: arriving?.head ?? null })
  }

  function handleAbort(): void {
    if (stage === 'over') return
    abandon()
    arriving?.body.stop()
    resolve({ kind: 'stopped' })
  }

  /** Also when it is over and the result is still being made. */
  function handleThrown(error: unknown): void {
    if (stage !== 'over') settle()
    req.destroy()
    reject(error)
  }

  function abandon(): void {
    settle()
    req.destroy()
  }

  function settle(): void {
    stage = 'over'
    clearTimeout(timer)
    io.signal.removeEventListener('abort', handleAbort)
    meter.report(io.wire)
    if (record.isSent()) io.awaiting?.(false)
  }

  return {
    result: promise,
    isOver: () => stage === 'over',
    guarded,
    answered(given) {
      arriving = given
    },
    untimed: () => clearTimeout(timer),
    finish,
    fail,
    handleError,
    handleThrown,
  }
}
