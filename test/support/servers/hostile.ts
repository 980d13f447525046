// Misbehaving servers at the level of bytes, and whole sessions against them that have to stay bounded.

import assert from 'node:assert/strict'
import { after, before, it } from 'mocha'
import { createSystemTimers, type Timers } from '../../../src/engine/session/timers.ts'
import type { ClientMethod, Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { EndDetail } from '../../../src/shared/frame/frame.ts'
import type { Limits } from '../../../src/shared/limits.ts'
import { endpointAt, type RunOptions, runSession, type SessionRun } from '../sessions/runSession.ts'
import { type HttpBehaviour, raw, startHttpServer, type TestHttpServer } from './httpServer.ts'

export interface HostileCase {
  /** What the server does; the test's title goes on with the codes. */
  readonly title: string
  readonly behave: HttpBehaviour
  /** Of the `error` frames, in order. */
  readonly codes: readonly string[]
  /** Who ends the session; `error` when absent. */
  readonly by?: EndDetail['by']
  /** The session waits to connect again, and is stopped there; otherwise it ends for good. */
  readonly goesOn?: true
  readonly fields?: Partial<Endpoint>
  readonly limits?: Partial<Limits>
  readonly until?: RunOptions['until']
  /** Bytes read of the socket at most; 8 MiB when absent, which is what a loopback's own buffers hold. */
  readonly wireBytes?: number
  /** Memory taken at most; 512 MiB when absent, since garbage is not collected at once. */
  readonly memoryBytes?: number
  check?(run: SessionRun, server: TestHttpServer): void
}

/** Small enough that a hostile server reaches each of them within milliseconds. */
export const smallLimits: Partial<Limits> = {
  payloadBytes: 10_000,
  messageBytes: 20_000,
  eventFieldBytes: 1000,
  headBytes: 8192,
  redirects: 5,
  refusalBytes: 10_000,
}

const MiB = 2 ** 20
/** Makes a test of each case: the codes, one end, no more bytes read than allowed, no memory taken. */
export function watchHostile(method: ClientMethod, cases: readonly HostileCase[]): void {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(
      Object.fromEntries(cases.map(({ behave }, index) => [`/${index}`, behave])),
    )
  })
  after(() => server.close())

  for (const [index, one] of cases.entries()) {
    const codes = one.codes.length === 0 ? 'no error' : one.codes.join(', ')
    it(`${one.title}: ${codes}${one.goesOn ? ', and goes on' : ''}`, async () => {
      const fields = { reconnectAttempts: 1, ...one.fields }
      const peak = watchMemory()
      const run = await runSession(endpointAt(server.origin, method, `/${index}`, fields), {
        limits: { ...smallLimits, ...one.limits },
        until: (...seen) =>
          (one.goesOn === true && seen[0].kind === 'wait') || (one.until?.(...seen) ?? false),
      })
      const peakBytes = peak()
      assert.deepEqual(
        run.all('error').map(({ code }) => code),
        one.codes,
        run.lines.slice(-10).join('\n'),
      )
      const by = one.goesOn ? 'user' : (one.by ?? 'error')
      assert.equal(run.end.by, by, run.end.message)
      const waits = run.all('wait').filter(({ detail }) => detail.attempt !== undefined)
      assert.equal(waits.length, one.goesOn ? 1 : 0, 'waits to connect again')
      const { wireBytesIn } = run.status.statistics
      assert.ok(wireBytesIn <= (one.wireBytes ?? 8 * MiB), `${wireBytesIn} bytes were read`)
      assert.ok(peakBytes <= (one.memoryBytes ?? 512 * MiB), `${peakBytes} bytes of memory`)
      one.check?.(run, server)
    })
  }
}

/** Measures the memory until the returned function is called, which tells the most above the start's. */
function watchMemory(): () => number {
  const used = () => {
    const { heapUsed, external, arrayBuffers } = process.memoryUsage()
    return heapUsed + external + arrayBuffers
  }
  const before = used()
  let peak = before
  const look = () => {
    peak = Math.max(peak, used())
  }
  const timer = setInterval(look, 5)
  return () => {
    clearInterval(timer)
    look()
    return peak - before
  }
}

/** Cases that are called the same. */
export function called(
  codes: readonly string[],
  behaviours: Readonly<Record<string, HttpBehaviour>>,
  rest: Partial<HostileCase> = {},
): HostileCase[] {
  return Object.entries(behaviours).map(([title, behave]) => ({ title, behave, codes, ...rest }))
}

/** Writes this, a byte a character, and then keeps, ends or resets the connection. */
export const says = raw

type OnSocket = (request: Pick<Parameters<HttpBehaviour>[0], 'socket'>) => void

/** Writes `start`, then `block` again and again for as long as the peer reads. */
export function endlessly(start: string | Uint8Array, block: string | Uint8Array): OnSocket {
  const bytes = bytesOf(block)
  const large = Buffer.alloc(Math.max(bytes.length, 65_536 - (65_536 % bytes.length)), bytes)
  return ({ socket }) => {
    const more = () => {
      while (socket.writable && socket.write(large));
    }
    socket.write(bytesOf(start))
    socket.on('drain', more)
    more()
  }
}

/** Writes `start`, then a byte of `rest` each millisecond, round and round, until the peer is gone. */
export function drip(start: string | Uint8Array, rest: string): OnSocket {
  return ({ socket }) => {
    let at = 0
    socket.setNoDelay(true)
    socket.write(bytesOf(start))
    const timer = setInterval(() => {
      if (socket.writable) socket.write(rest[at++ % rest.length] ?? '', 'latin1')
      else clearInterval(timer)
    }, 1)
  }
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text, 'latin1') : text
}

/** The system's timers, `factor` times as fast; the clock is right. */
export function createHurriedTimers(factor: number): Timers {
  const timers = createSystemTimers()
  return { ...timers, after: (delayMs, run) => timers.after(delayMs / factor, run) }
}
