// A replay's server for one test, by a clock that the test moves.

import { after } from 'mocha'
import type { ReplayOptions, Served } from '../../../src/engine/replay/replay.ts'
import { createReplayServer } from '../../../src/engine/replay/replayServer.ts'
import type { ScriptRange } from '../../../src/engine/replay/script/scriptRange.ts'
import { eventually } from '../eventually.ts'
import { createFakeTimers, type FakeTimers } from '../sessions/fakeTimers.ts'
import type { RecordedTraffic } from './recordedTraffic.ts'

export interface ReplayInTest {
  /** `http://localhost:53124`. */
  readonly url: string
  readonly port: number
  readonly timers: FakeTimers
  /** `GET /path 200 answer 1 of 2`, of each request. */
  readonly served: readonly string[]
  /** Timers that run now. */
  readonly waiting: number
  /** Resolves when so many timers have been started. */
  timed(count: number): Promise<void>
  stop(): Promise<void>
}

export type StartReplay = (
  traffic: RecordedTraffic,
  options?: Partial<ReplayOptions> & { readonly range?: ScriptRange },
) => Promise<ReplayInTest>

/** Stops all that were started after the suite that it is called in. */
export function useReplay(): StartReplay {
  const stops: (() => Promise<void>)[] = []
  after(async () => {
    await Promise.all(stops.map((stop) => stop()))
  })
  return async (traffic, { range, ...options } = {}) => {
    const timers = createFakeTimers()
    const served: string[] = []
    let started = 0
    let waiting = 0
    const server = createReplayServer({
      script: traffic.script(range),
      options: { speed: 1, loop: false, cors: null, ...options },
      payload: (seq) => traffic.capture.payload(seq, 0, 2 ** 31).bytes,
      tell: ({ method, target, status, words }: Served) =>
        void served.push(`${method} ${target} ${status} ${words}`),
      timers: {
        now: timers.now,
        after(delayMs, run) {
          started++
          waiting++
          let isOver = false
          const over = () => {
            if (!isOver) waiting--
            isOver = true
          }
          const cancel = timers.after(delayMs, () => {
            over()
            run()
          })
          return () => {
            over()
            cancel()
          }
        },
      },
    })
    stops.push(() => server.stop())
    const port = await server.listen(null)
    return {
      ...{ url: `http://localhost:${port}`, port, timers, served },
      get waiting() {
        return waiting
      },
      timed: (count) => eventually(`${count} timers`, () => started >= count),
      stop: () => server.stop(),
    }
  }
}
