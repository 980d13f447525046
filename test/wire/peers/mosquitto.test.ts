// A peer that nobody here wrote: MQTT over WebSocket, with the broker Mosquitto.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Session } from '../../../src/engine/session/session.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { Frame } from '../../../src/shared/frame/frame.ts'
import { readPlaces } from '../../support/places.ts'
import { type Mosquitto, startMosquitto } from '../../support/servers/mosquitto.ts'
import {
  endpointAt,
  type RunOptions,
  runSession,
  type SessionRun,
} from '../../support/sessions/runSession.ts'

// [mqtt311] 3: each packet is a type, a length and a content.
const packets = {
  connect: '10 0e 00 04 4d 51 54 54 04 02 00 3c 00 02 6c 6c',
  connack: '20 02 00 00',
  /** Of `a/b` at QoS 1. */
  subscribe: '82 08 00 01 00 03 61 2f 62 01',
  suback: '90 03 00 01 01',
  /** `hello` to `a/b` at QoS 1, as packet 2. */
  publish: '32 0c 00 03 61 2f 62 00 02 68 65 6c 6c 6f',
  puback: '40 02 00 02',
  /** The same, to the subscriber, as the broker's packet 1. */
  published: '32 0c 00 03 61 2f 62 00 01 68 65 6c 6c 6f',
  pingreq: 'c0 00',
  pingresp: 'd0 00',
  disconnect: 'e0 00',
  /** Nobody may send this type. [mqtt311] 2.2.1 */
  forbidden: '00 00',
}

/** Sends each packet once the answers before it have come, and then goes on to `then`. */
function conversation(
  steps: readonly { readonly send: string; readonly answers: number }[],
  then: (session: Session) => void = () => undefined,
): RunOptions['until'] {
  let at = 0
  let waitFor = 0
  const next = (session: Session) => {
    const step = steps[at++]
    if (step === undefined) then(session)
    else {
      waitFor = step.answers
      void session.send({
        type: 'binary',
        bytes: Buffer.from(step.send.replaceAll(' ', ''), 'hex'),
      })
    }
  }
  return (frame, session) => {
    // The handshake's frame is made a moment before the session is open.
    if (frame.kind === 'response') setImmediate(() => next(session))
    if (frame.kind === 'message' && frame.direction === 'in' && --waitFor === 0) next(session)
    return false
  }
}

const hello = [
  { send: packets.connect, answers: 1 },
  { send: packets.subscribe, answers: 1 },
  { send: packets.publish, answers: 2 },
  { send: packets.pingreq, answers: 1 },
]

function watchedPackets(run: SessionRun): string[] {
  return run.all('message').map(
    (frame) =>
      `${frame.direction} ${Buffer.from(run.payload(frame) ?? [])
        .toString('hex')
        .replace(/..\B/g, '$& ')}`,
  )
}

describe('Mosquitto', () => {
  const program = readPlaces().mosquitto ?? null
  if (program === null) {
    it(
      'is watched over WebSocket (pending: there is no Mosquitto here; install the package mosquitto and run `node scripts/setup.mjs`, or name a program in LIFELINE_MOSQUITTO)',
    )
    return
  }

  let broker: Mosquitto
  before(async () => {
    broker = await startMosquitto(program)
  })
  after(() => broker.stop())

  function watch(until: RunOptions['until'], fields: Partial<Endpoint> = {}): Promise<SessionRun> {
    return runSession(
      endpointAt(broker.origin, 'websocket', '/mqtt', { subprotocols: ['mqtt'], ...fields }),
      { ...(until && { until }) },
    )
  }

  it('agrees on the subprotocol', async () => {
    const run = await watch((frame) => frame.kind === 'response')
    const { detail } = run.only('response')
    assert.equal(detail.status, 101)
    const agreed = detail.headers.find(([name]) => /^sec-websocket-protocol$/i.test(name))
    assert.equal(agreed?.[1], 'mqtt')
  })

  it('connects, subscribes, publishes and answers pings, each packet a binary message', async () => {
    const run = await watch(conversation(hello, (session) => void session.stop()))
    const [connect, connack, subscribe, suback, publish, ...rest] = watchedPackets(run)
    assert.deepEqual(
      [connect, connack, subscribe, suback, publish],
      [
        `out ${packets.connect}`,
        `in ${packets.connack}`,
        `out ${packets.subscribe}`,
        `in ${packets.suback}`,
        `out ${packets.publish}`,
      ],
    )
    // The broker may acknowledge before or after it hands the message on.
    assert.deepEqual(rest.slice(0, 2).sort(), [`in ${packets.published}`, `in ${packets.puback}`])
    assert.deepEqual(rest.slice(2), [`out ${packets.pingreq}`, `in ${packets.pingresp}`])
    for (const { detail, sizeBytes, wireBytes, direction } of run.all('message')) {
      assert.equal(detail.type, 'binary')
      assert.equal(detail.masked, direction === 'out')
      assert.equal(wireBytes, sizeBytes + (direction === 'out' ? 6 : 2))
    }
    assert.deepEqual(run.end, { by: 'user', message: 'Disconnected.' })
  })

  it('is told in the words of MQTT, each answer with what it answers', async () => {
    const run = await watch(conversation(hello, (session) => void session.stop()))
    const told = run.lines
      .filter((line) => line.startsWith('message '))
      .map((line) => line.replace(/ · [\d.]+ ms/, ''))
    assert.deepEqual(told.sort(), [
      'message PINGREQ',
      'message ▸ CONNECT ll MQTT 3.1.1, clean session, keep alive 60 s',
      // What the broker hands on is not acknowledged.
      'message ▸ PUBLISH a/b #1 hello · no answer',
      'message ▸ PUBLISH a/b #2 hello',
      'message ▸ SUBSCRIBE a/b #1',
      'message ◂ CONNACK ll',
      'message ◂ PINGRESP',
      'message ◂ PUBACK a/b #2',
      'message ◂ SUBACK a/b #1 · QoS 1',
    ])
  })

  it('speaks MQTT 5 with reason codes', async () => {
    const steps = [
      // [mqtt5] 3.1: level 5, a clean start, keep alive 60 s, no properties, client `ll`.
      { send: '10 0f 00 04 4d 51 54 54 05 02 00 3c 00 00 02 6c 6c', answers: 1 },
      // To `x`, which nobody has subscribed to, at QoS 1, and nothing that is unsubscribed from.
      { send: '32 07 00 01 78 00 03 00 21', answers: 1 },
      { send: 'a2 06 00 04 00 00 01 79', answers: 1 },
    ]
    const run = await watch(conversation(steps, (session) => void session.stop()))
    const told = run.lines.filter((line) => line.startsWith('message '))
    assert.deepEqual(
      told.map((line) => line.replace(/ · [\d.]+ ms/, '')),
      [
        'message ▸ CONNECT ll MQTT 5, clean start, keep alive 60 s',
        'message ◂ CONNACK ll',
        'message ▸ PUBLISH x #3 !',
        'message ◂ PUBACK x #3 · No matching subscribers',
        'message ▸ UNSUBSCRIBE y #4',
        'message ◂ UNSUBACK y #4 · No subscription existed',
      ],
    )
  })

  it('gets the bytes that the profile sends after opening', async () => {
    const run = await watch((frame) => frame.kind === 'message' && frame.direction === 'in', {
      send: [{ kind: 'hex', value: packets.connect }],
    })
    assert.deepEqual(watchedPackets(run), [`out ${packets.connect}`, `in ${packets.connack}`])
  })

  it('answers a ping of WebSocket’s own', async () => {
    const until = conversation(hello.slice(0, 1), (session) => void session.ping(Buffer.from('hi')))
    const run = await watch((...seen) => until?.(...seen) || seen[0].kind === 'pong')
    const pong = run.only('pong')
    assert.equal(run.text(pong), 'hi')
    assert.equal(pong.replyTo, run.only('ping').seq)
    assert.ok((pong.detail.rttMs ?? -1) >= 0, `${pong.detail.rttMs} ms`)
  })

  // Some versions end with a close frame, others without.
  const farewells = new Set(['close', 'ws-abnormal-closure'])
  const farewell = (frames: readonly Frame[]) =>
    frames
      .filter(({ kind, direction }) => kind === 'error' || (kind === 'close' && direction === 'in'))
      .map(({ kind, code }) => code ?? kind)

  for (const [title, last] of [
    ['the client says goodbye in MQTT', packets.disconnect],
    ['a packet is forbidden', packets.forbidden],
    ['a second CONNECT comes', packets.connect],
  ] as const) {
    it(`closes when ${title}`, async () => {
      const run = await watch(conversation([...hello, { send: last, answers: 0 }]))
      assert.equal(watchedPackets(run).at(-1), `out ${last}`)
      const [way, ...more] = farewell(run.frames)
      assert.ok(way !== undefined && more.length === 0 && farewells.has(way), String(way))
      assert.equal(run.status.state, 'ended')
    })
  }

  it('is found again when it restarts', async () => {
    const first = conversation(hello.slice(0, 1), () => void broker.stop())
    const again = conversation(hello.slice(0, 1), (session) => void session.stop())
    const { port } = new URL(broker.origin)
    const run = await watch(
      (frame, session, payload) => {
        if (frame.kind === 'wait') {
          startMosquitto(program, Number(port)).then((started) => {
            broker = started
          })
        }
        const until = frame.connection === 1 ? first : again
        return until?.(frame, session, payload) ?? false
      },
      { reconnectAttempts: 3 },
    )
    assert.deepEqual(watchedPackets(run), [
      `out ${packets.connect}`,
      `in ${packets.connack}`,
      `out ${packets.connect}`,
      `in ${packets.connack}`,
    ])
    assert.equal(farewell(run.frames.filter(({ connection }) => connection === 1)).length, 1)
    assert.equal(run.only('wait').detail.attempt, 1)
    assert.equal(run.status.statistics.connections, 2)
  })
})
