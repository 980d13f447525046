// Frames that are sent again, and what was made of them: the bytes that the server gets, with secrets in them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createCapture } from '../../../src/engine/capture/capture.ts'
import { createSource } from '../../../src/engine/createSource.ts'
import { createSession } from '../../../src/engine/session/session.ts'
import type { Frame } from '../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { comesTo, eventually } from '../../support/eventually.ts'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import { useWsServer } from '../../support/servers/useWsServer.ts'

const token = 'tok-1a2b3c4d5e6f'
// biome-ignore lint/suspicious/noTemplateCurlyInString: what a frame has in its place
const reference = '${secret:token}'

describe('A frame that is sent again', () => {
  const got: string[] = []
  const server = useWsServer({
    deflate: true,
    accepted: {
      '/keeps': (ws) => {
        ws.on('message', (data: Buffer, isBinary) => {
          got.push(isBinary ? `hex ${data.toString('hex')}` : data.toString())
          if (data.toString() === 'who?') ws.send(`{"you":"${token}"}`)
        })
        ws.on('ping', (data: Buffer) => got.push(`ping ${data.toString()}`))
      },
    },
  })

  async function open() {
    got.length = 0
    const endpoint = testEndpoint({ url: server.url('/keeps'), method: 'websocket' })
    const network = { proxyUrl: null, caPems: null }
    const secrets = [{ name: 'token', value: token }]
    const shared = { name: 'Again', endpoint, limits: defaultLimits, network, secrets }
    const plan = { ...shared, resolved: endpoint, capturePath: null }
    const capture = createCapture({ ...shared, path: null })
    const frames: Frame[] = []
    const session = createSession({
      plan,
      capture,
      recorded: capture,
      source: (io) => createSource(plan, io),
      onFrame: (frame) => frames.push(frame),
      onFault: (fault) => assert.fail(fault),
    })
    session.start()
    await eventually('it is open', () => session.status().canSend)
    const seqOf = (kind: Frame['kind'], direction: Frame['direction']) =>
      frames.findLast((frame) => frame.kind === kind && frame.direction === direction)?.seq ?? 0
    const payloadOf = (seq: number) => Buffer.from(capture.payload(seq, 0, 1000).bytes).toString()
    return { session, seqOf, payloadOf }
  }

  it('has the same bytes: text with its secret, which is recorded nowhere, bytes, and a ping', async () => {
    const { session, seqOf, payloadOf } = await open()
    const login = `{"token":"${token}", "n":1.0}`
    await session.send({ type: 'text', text: login })
    await eventually('it is recorded', () => seqOf('message', 'out') > 0)
    const first = seqOf('message', 'out')
    assert.equal(payloadOf(first), `{"token":"${reference}", "n":1.0}`)
    assert.equal(await session.sendAgain(first), null)
    await comesTo(() => got, [login, login])
    assert.equal(payloadOf(seqOf('message', 'out')), `{"token":"${reference}", "n":1.0}`)
    await session.send({ type: 'binary', bytes: Uint8Array.of(0, 255, 128) })
    await comesTo(() => got.length, 3)
    await session.sendAgain(seqOf('message', 'out'))
    await session.ping(Buffer.from(token))
    await comesTo(() => got.slice(2), ['hex 00ff80', 'hex 00ff80', `ping ${token}`])
    await session.sendAgain(seqOf('ping', 'out'))
    await comesTo(() => got.at(-1), `ping ${token}`)
    await comesTo(() => got.length, 6)
    await session.stop()
  })

  it('can be changed, one that came as well: its references are filled in, no others are', async () => {
    const { session, seqOf } = await open()
    await session.send({ type: 'text', text: 'who?' })
    await eventually('it is answered', () => seqOf('message', 'in') > 0)
    const of = seqOf('message', 'in')
    const edited = (text: string) =>
      ({ type: 'edited', message: { type: 'text', text }, of }) as const
    await session.send(edited(`{"é":"${reference}"}`))
    await comesTo(() => got.at(-1), `{"é":"${token}"}`)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: typed by hand
    const other = edited('{"you":"${secret:other}"}')
    await assert.rejects(() => session.send(other), { code: 'secret-unknown' })
    await session.stop()
  })

  it('holds the reference itself where that was sent', async () => {
    const { session, seqOf } = await open()
    await session.send({ type: 'text', text: `literally ${reference}` })
    await comesTo(() => got.length, 1)
    const of = seqOf('message', 'out')
    await session.sendAgain(of)
    const message = { type: 'text', text: `still ${reference}` } as const
    await session.send({ type: 'edited', message, of })
    const literally = `literally ${reference}`
    await comesTo(() => got, [literally, literally, `still ${reference}`])
    await session.stop()
  })

  it('is none of the peer’s, and nothing is sent when the session has ended', async () => {
    const { session, seqOf } = await open()
    await session.send({ type: 'text', text: 'who?' })
    await eventually('it is answered', () => seqOf('message', 'in') > 0)
    await assert.rejects(() => session.sendAgain(seqOf('message', 'in')), { code: 'not-sendable' })
    await assert.rejects(() => session.sendAgain(seqOf('request', 'out')), { code: 'not-sendable' })
    await session.stop()
    await assert.rejects(() => session.sendAgain(seqOf('message', 'out')), { code: 'ended' })
  })
})
