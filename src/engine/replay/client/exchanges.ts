// The exchanges of a replay that are under way: each recorded connection has one of its own, with its own sockets.

import type { Secret, SessionPlan } from '../../../shared/session/sessionPlan.ts'
import type { SourceIo } from '../../session/source.ts'
import { createNetwork, type Network } from '../../transports/network/network.ts'
import { askAgain } from './askAgain.ts'
import type { Check, Checker } from './checker.ts'
import type { ExchangeContext } from './context.ts'
import { fillBytes } from './filledText.ts'
import type { OpenedSends } from './openSends.ts'
import { type AgainOptions, requestAgain } from './requestAgain.ts'
import type { SendLimits } from './sendLimits.ts'
import type { SendCue, SentRequest } from './sends.ts'
import { type TalkAgain, talkAgain } from './talkAgain.ts'

export interface Exchanges {
  /** Resolves when it is answered, a stream or WebSocket has opened, or it waits for room. Never rejects. */
  perform(cue: SendCue): Promise<void>
  /** Aborts when the session ends, or for good when too many in a row were not answered. */
  readonly signal: AbortSignal
  /** Resolves when none is under way. */
  over(): Promise<void>
  close(): void
}

interface ExchangesOptions {
  readonly plan: SessionPlan
  readonly speed: number
  readonly io: SourceIo
  readonly checker: Checker
  readonly opened: OpenedSends
  readonly again: AgainOptions
  readonly limits: SendLimits
}

type TalkCue = Exclude<SendCue, { kind: 'request' }>

interface Line {
  readonly connection: number
  readonly network: Network
  /** Requests that are still to be answered on it. */
  left: number
}

export function createExchanges(options: ExchangesOptions): Exchanges {
  const { plan, speed, checker, opened, again, limits } = options
  const givingUp = new AbortController()
  const signal = AbortSignal.any([options.io.signal, givingUp.signal])
  const io = { ...options.io, signal }
  const { secrets } = plan
  const lines = new Map<number, Line>()
  const left = countOf(
    opened.sends.cues,
    (cue) => cue.kind === 'request' && cue.of.frame.connection,
  )
  /** Cues of each WebSocket that are still to come. */
  const talks = new Map<SentRequest, { readonly talk: TalkAgain; left: number }>()
  const toTalk = countOf(opened.sends.cues, (cue) => cue.kind !== 'request' && cue.of)
  const underWay = new Set<Promise<void>>()
  /** Those for which there is no room yet, in their order, each with the cues that are to follow it. */
  const waiting = new Map<SentRequest, TalkCue[]>()
  let lettingIn = Promise.resolve()
  let failed = 0

  function lineOf({ frame }: SentRequest): Line {
    const known = lines.get(frame.connection)
    if (known) return known
    const line = {
      connection: io.nextConnection(),
      network: createNetwork(plan),
      left: left.get(frame.connection) ?? 0,
    }
    lines.set(frame.connection, line)
    return line
  }

  function release(of: SentRequest, line: Line): void {
    if (--line.left > 0) return
    line.network.close()
    lines.delete(of.frame.connection)
  }

  function track(work: Promise<void>, of: SentRequest, line: Line, check: Check): void {
    const one = work.catch(io.fail).finally(() => {
      underWay.delete(one)
      failed = check.isAnswered ? 0 : failed + 1
      if (failed >= limits.failures) givingUp.abort()
      release(of, line)
    })
    underWay.add(one)
  }

  function begin(of: SentRequest): Promise<void> {
    const request = requestAgain(of.frame.detail, again)
    const line = lineOf(of)
    if (request === null) {
      const detail = {
        message: `Request #${of.frame.seq} of the recording is none that a client can send.`,
      }
      io.emitLocal({ kind: 'notice', connection: line.connection, code: 'replay-left-out', detail })
      release(of, line)
      return Promise.resolve()
    }
    const { connection, network } = line
    const check = checker.check(of, connection)
    const context: ExchangeContext = { plan, speed, io, connection, network, check, limits }
    if (of.isSocket) {
      const talk = talkAgain(of, request, context)
      const rest = toTalk.get(of) ?? 0
      if (rest === 0) talk.done(1000, '')
      else talks.set(of, { talk, left: rest })
      track(talk.over, of, line, check)
      return talk.opened
    }
    const head = Promise.withResolvers<void>()
    const body = of.frame.sizeBytes === 0 ? null : filled(of.frame.seq, secrets)
    const work = askAgain(of, { ...request, body }, context, head.resolve)
    track(work, of, line, check)
    return Promise.race([head.promise, work.catch(() => {})])
  }

  function filled(seq: number, values: readonly Secret[]): Uint8Array {
    return fillBytes(opened.payload(seq), values)
  }

  function perform(cue: SendCue): Promise<void> {
    if (cue.kind !== 'request') {
      const following = waiting.get(cue.of)
      if (!following) return talkOn(cue, speed > 0)
      following.push(cue)
    } else {
      if (waiting.size === 0 && underWay.size < limits.open) return begin(cue.of)
      waiting.set(cue.of, [])
      if (waiting.size === 1) lettingIn = letIn().catch(io.fail)
    }
    return Promise.resolve()
  }

  async function letIn(): Promise<void> {
    for (const [of, following] of waiting) {
      while (underWay.size >= limits.open) await Promise.race(underWay)
      if (signal.aborted) return
      const answered = begin(of)
      if (speed === 0) await answered
      waiting.delete(of)
      // Their times are over: they keep their places between the server's messages instead.
      for (const cue of following) void talkOn(cue, false)
    }
  }

  function talkOn(cue: TalkCue, isTimely: boolean): Promise<void> {
    const one = talks.get(cue.of)
    if (!one) return Promise.resolve()
    one.left--
    if (one.left === 0 || cue.kind === 'close') talks.delete(cue.of)
    if (cue.kind === 'close') {
      one.talk.done(cue.code, cue.reason)
      return Promise.resolve()
    }
    const bytes = filled(cue.seq, secrets)
    const isText = cue.type === 'text'
    const sent = one.talk.send(
      isText
        ? { type: 'text', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
        : { type: 'binary', bytes },
      isTimely ? 0 : cue.after,
    )
    if (one.left === 0) one.talk.done(1000, '')
    return sent
  }

  return {
    perform,
    signal,
    async over() {
      await lettingIn
      while (underWay.size > 0) await Promise.all(underWay)
    },
    close() {
      for (const { network } of lines.values()) network.close()
    },
  }
}

function countOf<K>(cues: readonly SendCue[], key: (cue: SendCue) => K | false): Map<K, number> {
  const counts = new Map<K, number>()
  for (const cue of cues) {
    const one = key(cue)
    if (one !== false) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  return counts
}
