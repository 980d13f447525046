// The source of a replay to a server: sends what a capture sent at its times, and compares what comes.

import type { EndDetail } from '../../../shared/frame/frame.ts'
import type { ResendPlan } from '../../../shared/session/resendPlan.ts'
import type { SessionPlan } from '../../../shared/session/sessionPlan.ts'
import { createDelay } from '../../session/delay.ts'
import type { Source, SourceIo } from '../../session/source.ts'
import { targetOf } from '../../transports/network/target.ts'
import { createChecker } from './checker.ts'
import { createExchanges } from './exchanges.ts'
import { type OpenedSends, openSends } from './openSends.ts'
import { type SendLimits, sendLimits } from './sendLimits.ts'
import { leftOutWords } from './sendWords.ts'

/** Throws `CaptureError` when the capture cannot be read. Sends nothing yet. */
export function createReplaySource(
  plan: SessionPlan,
  resend: ResendPlan,
  io: SourceIo,
  limits: SendLimits = sendLimits,
): Source {
  const { speed } = resend
  const capture = openSends(resend, limits)
  const opened = { ...capture, payload: payloadOf(capture, io) }
  const { cues, counts } = opened.sends
  const checker = createChecker({ payload: opened.payload, emit: io.emit })
  const places = placesOf(plan, opened)
  const exchanges = createExchanges({ plan, speed, io, checker, opened, limits, ...places })
  const { signal } = exchanges
  const delay = createDelay(io.timers, signal)

  async function send(): Promise<void> {
    const base = io.timers.now()
    for (const cue of cues) {
      if (speed > 0) {
        const waitMs = base + cue.at / speed - io.timers.now()
        if (waitMs > 0) await pause(waitMs)
      }
      if (signal.aborted) break
      const answered = exchanges.perform(cue)
      if (speed === 0) await answered
    }
    await exchanges.over()
  }

  /** A longer one than a timer can hold is passed in parts. */
  async function pause(waitMs: number): Promise<void> {
    const until = io.timers.now() + waitMs
    for (let left = waitMs; left > 0 && !signal.aborted; left = until - io.timers.now()) {
      await delay.pass(Math.min(left, plan.limits.maxDelayMs))
    }
  }

  function tell(code: 'replay-compared' | 'replay-left-out', message: string): void {
    io.emitLocal({ kind: 'notice', connection: 0, code, detail: { message } })
  }

  return {
    method: plan.resolved.method,
    async run(): Promise<EndDetail> {
      io.enter('open', null)
      const left = leftOutWords(counts)
      if (left !== null) tell('replay-left-out', left)
      await send()
      const summary = checker.summary()
      tell('replay-compared', summary)
      if (io.signal.aborted) return { by: 'user', message: `Stopped. ${summary}` }
      if (signal.aborted) {
        const message = `${limits.failures} requests in a row were not answered: the rest was not sent. ${summary}`
        return { by: 'error', message }
      }
      // The notice before it has the figures.
      return checker.differ === 0
        ? { by: 'server', message: summary, brief: 'No answer differs.' }
        : { by: 'error', message: summary, brief: 'Answers differ.' }
    },
    async close() {
      await exchanges.over()
      exchanges.close()
      opened.close()
    },
  }
}

/** A capture that can be read no more ends the session, wherever its payload is asked for. */
function payloadOf({ payload }: OpenedSends, io: SourceIo): OpenedSends['payload'] {
  return (seq) => {
    try {
      return payload(seq)
    } catch (error) {
      io.fail(error)
      return new Uint8Array()
    }
  }
}

function placesOf({ resolved, secrets }: SessionPlan, { sends }: OpenedSends) {
  const { request } = targetOf(resolved)
  const { origin } = sends
  const target = new URL(request.url.href.replace(/^ws/i, 'http')).origin
  return { again: { target, origin, secrets, given: request.headers } }
}
