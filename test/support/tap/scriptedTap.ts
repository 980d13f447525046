// A tap whose relay is played by a test: it tells what passes, and hears what was worked off.

import { readAnswerHead } from '../../../src/engine/protocols/http/answerHead.ts'
import { readRequestHead } from '../../../src/engine/protocols/http/requestHead.ts'
import type { Relay, RelayHearing } from '../../../src/engine/relay/relay.ts'
import type { RelayEvent, Side } from '../../../src/engine/relay/relayEvents.ts'
import type { FieldChange } from '../../../src/shared/frame/httpDetail.ts'
import { latin1Bytes } from '../../../src/shared/text/latin1.ts'
import { createFakeTimers } from '../sessions/fakeTimers.ts'
import { idleRelay, startTap, type TapOptions, type TapSession } from './tapSession.ts'

export interface ScriptedTap extends TapSession {
  /** What happens now, in this order. */
  tell(...events: readonly RelayEvent[]): void
  /** A new pair of connections. Times are epoch ms; they go on by 1 ms with each event. */
  pair(client?: string): ScriptedPair
  /** The clock of what is told. */
  pass(ms: number): void
  /** Bytes of bodies that were told and are not worked off. */
  inFlight(): number
  fail(error: Error): void
}

export interface ScriptedPair {
  readonly id: number
  /** A request with its body, to its end; its fields behind `Host` and `User-Agent`. */
  request(
    line: string,
    fields?: readonly string[],
    body?: string,
    changes?: readonly FieldChange[],
  ): void
  /** The head of an answer: `200 OK`. */
  response(line: string, fields?: readonly string[], changes?: readonly FieldChange[]): void
  body(from: Side, ...bytes: readonly (string | Uint8Array)[]): void
  end(from: Side): void
  lost(from: Side, bytes: number, frames?: number): void
  /** An answer with its body, to its end. */
  answer(line: string, fields?: readonly string[], body?: string | Uint8Array): void
  closed(by: Side | 'relay', code?: string): void
  tell(event: { readonly kind: RelayEvent['kind'] } & Record<string, unknown>): void
}

/** Listens already. `orders`: what the relay is told. */
export async function scriptTap(
  url = 'http://api.example',
  options: Omit<TapOptions, 'relay' | 'timers'> = {},
  orders: Partial<Pick<Relay, 'verdict' | 'inject'>> = {},
): Promise<ScriptedTap & { readonly timers: ReturnType<typeof createFakeTimers> }> {
  const timers = createFakeTimers()
  let hear: RelayHearing | null = null
  let inFlight = 0
  let clock = 0
  let lastId = 0
  const at = () => timers.now() + ++clock
  const tap = startTap(url, {
    ...options,
    timers,
    relay(_plan, hearing) {
      hear = hearing
      return {
        ...idleRelay,
        ...orders,
        taken(bytes) {
          inFlight -= bytes
        },
      }
    },
  })
  await new Promise((next) => setImmediate(next))

  function tell(...events: readonly RelayEvent[]): void {
    for (const event of events) if (event.kind === 'body') inFlight += event.bytes.length
    hear?.events(events)
  }

  function pair(client = '127.0.0.1:51234'): ScriptedPair {
    const id = ++lastId
    let isDialled = false
    let method = 'GET'
    tell({ kind: 'opened', id, at: at(), client })
    const send = (event: object) => tell({ id, at: at(), ...event } as unknown as RelayEvent)
    const bytesOf = (part: string | Uint8Array) =>
      typeof part === 'string' ? Uint8Array.from(Buffer.from(part)) : Uint8Array.from(part)
    const own: ScriptedPair = {
      id,
      request(line, fields = [], body = '', changes = []) {
        const lines = [`${line} HTTP/1.1`, 'Host: localhost:53124', ...fields]
        if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
        const head = latin1Bytes(`${lines.join('\r\n')}\r\n\r\n`)
        const read = readRequestHead(head)
        if ('refusal' in read) throw new Error(read.refusal)
        method = read.method
        send({ kind: 'request', head, changes, bodyEnd: read.bodyEnd })
        if (body !== '') own.body('client', body)
        if (!fields.some((one) => /^transfer-encoding/i.test(one))) own.end('client')
        if (!isDialled) {
          const timings = { dnsMs: 1, tcpMs: 2 }
          send({ kind: 'dialled', timings, remoteAddress: '203.0.113.1:80', proxy: null })
        }
        isDialled = true
      },
      response(line, fields = [], changes = []) {
        const head = latin1Bytes(`HTTP/1.1 ${[line, ...fields].join('\r\n')}\r\n\r\n`)
        const read = readAnswerHead(head, method)
        if ('refusal' in read) throw new Error(read.refusal)
        send({ kind: 'response', head, changes, bodyEnd: read.bodyEnd })
      },
      body(from, ...parts) {
        for (const part of parts) send({ kind: 'body', from, bytes: bytesOf(part) })
      },
      end: (from) => send({ kind: 'end', from }),
      lost: (from, bytes, frames = 0) => send({ kind: 'lost', from, bytes, frames }),
      answer(line, fields = [], body = '') {
        const bytes = bytesOf(body)
        own.response(line, [...fields, `Content-Length: ${bytes.length}`])
        if (bytes.length > 0) own.body('server', bytes)
        own.end('server')
      },
      closed(by, code) {
        const failure = code === undefined ? null : { code, message: `read ${code}` }
        send({ kind: 'closed', by, failure })
      },
      tell: (event) => send(event),
    }
    return own
  }

  return {
    ...tap,
    timers,
    tell,
    pair,
    pass(ms) {
      clock += ms
    },
    inFlight: () => inFlight,
    fail: (error) => hear?.failed(error),
  }
}
