// SignalR over each of its transports: a hub that speaks with the protocols of Microsoft's client, and that client.

import assert from 'node:assert/strict'
import { HttpTransportType, HubConnectionBuilder, LogLevel, MessageType } from '@microsoft/signalr'
import { after, before, describe, it } from 'mocha'
import type { Session } from '../../../src/engine/session/session.ts'
import {
  bytesOf,
  type HubServer,
  hubProtocols,
  startHubServer,
} from '../../support/servers/hubServer.ts'
import { endpointAt, runSession, type SessionRun } from '../../support/sessions/runSession.ts'

const handshake = (protocol: string) => `${JSON.stringify({ protocol, version: 1 })}\x1e`

/** `id`: none for a call that waits for no answer. */
function call(protocol: string, id: string | null, target: string, ...args: unknown[]) {
  const writer = hubProtocols[protocol]
  assert.ok(writer)
  const invocation = { type: MessageType.Invocation, target, arguments: args } as const
  return writer.writeMessage(id === null ? invocation : { ...invocation, invocationId: id })
}

/** The lines of packets, without times. */
function told(run: SessionRun): readonly string[] {
  return run.lines
    .filter((line) => /^(?:message|event) (?!binary)/.test(line))
    .map((line) => line.replace(/^\w+ /, '').replace(/ · [\d.]+ m?s/, ''))
}

describe('A SignalR hub', () => {
  let hub: HubServer
  before(async () => {
    hub = await startHubServer()
  })
  after(() => hub.close())

  it('is one to Microsoft’s own client, over each transport', async () => {
    for (const transport of [
      HttpTransportType.WebSockets,
      HttpTransportType.ServerSentEvents,
      HttpTransportType.LongPolling,
    ]) {
      const connection = new HubConnectionBuilder()
        .withUrl(`${hub.origin}/hub`, { transport })
        .configureLogging(LogLevel.None)
        .build()
      await connection.start()
      assert.equal(await connection.invoke('Add', 1, 2), 3)
      await connection.stop()
    }
  })

  for (const protocol of ['json', 'messagepack']) {
    it(`is told over WebSocket in ${protocol}`, async () => {
      const steps: readonly (string | ArrayBuffer)[] = [
        handshake(protocol),
        call(protocol, '0', 'Add', 40, 2),
        call(protocol, '1', 'Fail'),
        call(protocol, null, 'Tell', { city: 'Oslo' }),
        call(protocol, null, 'Leave'),
      ]
      let sent = 0
      const run = await runSession(endpointAt(hub.origin, 'websocket', '/hub'), {
        until(frame, session) {
          if (frame.kind !== 'response' && frame.direction !== 'in') return false
          const data = steps[sent++]
          if (data === undefined) return true
          const message =
            typeof data === 'string'
              ? ({ type: 'text', text: data } as const)
              : ({ type: 'binary', bytes: bytesOf(data) } as const)
          setImmediate(() => session.send(message))
          return false
        },
      })
      assert.deepEqual(told(run), [
        `HandshakeRequest ${protocol} 1`,
        '◂ HandshakeResponse',
        '▸ Add #0 [40, 2]',
        '◂ Completion Add #0 · 42',
        '▸ Fail #1 []',
        "◂ Completion error It didn't work! · Fail #1",
        '▸ Tell [{city: "Oslo"}]',
        'Ping, ▸ Told [{city: "Oslo"}]',
        '▸ Leave []',
        'Close',
      ])
    })
  }

  /** The token that the hub gives, with a request of the session's own. */
  async function negotiate(): Promise<string> {
    const response = await fetch(`${hub.origin}/hub/negotiate?negotiateVersion=1`, {
      method: 'POST',
    })
    return ((await response.json()) as { connectionToken: string }).connectionToken
  }

  const post = (session: Session, url: string, body: string) =>
    session.request({ request: 'POST', url, headers: [['Content-Type', 'text/plain']], body })

  const steps = [
    handshake('json'),
    String(call('json', '0', 'Add', 40, 2)),
    '{"type":4,"invocationId":"1","target":"Count","arguments":[2]}\x1e',
  ]

  it('is told over events, what is sent goes in requests beside them', async () => {
    const path = `/hub?id=${await negotiate()}`
    let sent = 0
    const run = await runSession(endpointAt(hub.origin, 'sse', path), {
      until(frame, session) {
        const opened = frame.kind === 'response' && frame.detail.purpose === 'stream'
        if (!opened && frame.kind !== 'event') return false
        const body = steps[sent++]
        if (body === undefined) return frame.kind === 'event' && sent > steps.length
        setImmediate(() => post(session, path, body))
        return false
      },
    })
    assert.deepEqual(told(run).slice(0, 2), ['◂ HandshakeResponse', '◂ Completion Add #0 · 42'])
    const said = run.lines.join('\n')
    for (const words of [
      'HandshakeRequest json 1',
      '▸ Add #0 [40, 2]',
      '▸ StreamItem Count #1 0',
    ]) {
      assert.ok(said.includes(words), `${words} is not in ${said}`)
    }
  })

  it('is told over polls of one connection', async () => {
    const path = `/hub?id=${await negotiate()}`
    let sent = 0
    const run = await runSession(
      endpointAt(hub.origin, 'long-polling', path, { allowFasterThan100ms: true }),
      {
        until(frame, session, payload) {
          const answer = Buffer.from(payload ?? []).toString()
          if (frame.kind === 'response' && answer.includes('"type":3,"invocationId":"1"'))
            return true
          const polls = frame.kind === 'request' && frame.detail.purpose === 'long-poll'
          const body = polls ? steps[sent++] : undefined
          if (body !== undefined) setImmediate(() => post(session, path, body))
          return false
        },
      },
    )
    const said = run.lines.join('\n')
    for (const words of [
      'HandshakeRequest json 1',
      '◂ HandshakeResponse',
      '▸ Add #0 [40, 2]',
      '◂ Completion Add #0',
      '▸ StreamItem Count #1 0',
      '◂ Completion Count #1',
    ]) {
      assert.ok(said.includes(words), `${words} is not in ${said}`)
    }
  })

  it('is told over polls in messagepack', async () => {
    const path = `/hub?id=${await negotiate()}`
    const url = `${hub.origin}${path}`
    const tell = bytesOf(call('messagepack', null, 'Tell', { city: 'Oslo' }))
    let polls = 0
    const run = await runSession(
      endpointAt(hub.origin, 'long-polling', path, { allowFasterThan100ms: true }),
      {
        until(frame, session, payload) {
          if (frame.kind === 'request' && frame.detail.purpose === 'long-poll') {
            if (++polls === 2) setImmediate(() => post(session, path, handshake('messagepack')))
            // What is sent beside a session is text.
            if (polls === 3) void fetch(url, { method: 'POST', body: tell })
          }
          return frame.kind === 'response' && Buffer.from(payload ?? []).includes('Told')
        },
      },
    )
    assert.match(run.lines.at(-2) ?? '', /Ping, ▸ Told \[\{city: "Oslo"\}\]$/)
  })

  it('is negotiated with beside a stream, and its token is in no packet', async () => {
    const path = `/hub?id=${await negotiate()}`
    const run = await runSession(endpointAt(hub.origin, 'sse', path), {
      until(frame, session) {
        if (frame.kind === 'response' && frame.detail.purpose === 'stream') {
          setImmediate(() => post(session, '/hub/negotiate?negotiateVersion=1', ''))
        }
        return frame.kind === 'response' && frame.detail.purpose === 'companion'
      },
    })
    const line = run.lines.find((one) => one.includes('negotiate WebSockets'))
    assert.match(line ?? '', /negotiate WebSockets, ServerSentEvents, LongPolling$/)
    assert.doesNotMatch(line ?? '', /token-\d/)
  })
})
