// The reasons why connections ended, by hand-made sessions.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createConnectionEnds } from '../../../../../src/engine/analyses/numbers/connectionEnds.ts'
import { sampleFrames } from '../../../../support/samples/sampleFrames.ts'
import { sampleRows } from '../../../../support/samples/sampleRows.ts'

type Samples = Parameters<typeof sampleRows>[0]

function endsOf(samples: Samples) {
  const fold = createConnectionEnds()
  for (const { frame } of sampleRows(samples)) fold.add(frame, frame.seq)
  return fold.result()
}

const message = {
  kind: 'message',
  detail: { type: 'text', fragments: 1, compressed: false, masked: false },
} as const
const wait = {
  kind: 'wait',
  direction: 'local',
  detail: { reason: 'reconnect', delayMs: 1000, attempt: 1, attempts: 5 },
} as const
const end = { kind: 'end', direction: 'local', detail: { by: 'user', message: '' } } as const
const lost = { kind: 'error', direction: 'local', detail: { message: '' } } as const
const close = (code: number, by: 'client' | 'server') =>
  ({
    kind: 'close',
    direction: by === 'server' ? 'in' : 'out',
    detail: { code, reason: '', by },
  }) as const
const error = (code: 'ws-abnormal-closure' | 'connection-refused' | 'ws-invalid-utf8') => ({
  ...lost,
  code,
})

describe('why connections ended', () => {
  it('is told by the close, the error, the wait or the end of the session', () => {
    assert.deepEqual(
      endsOf([
        message,
        error('ws-abnormal-closure'),
        wait,
        { ...message, connection: 2 },
        { ...error('ws-abnormal-closure'), connection: 2 },
        { ...wait, connection: 2 },
        { ...close(1001, 'server'), connection: 3 },
        { ...close(1001, 'client'), connection: 3 },
        { ...wait, connection: 3 },
        { ...message, connection: 4 },
        { ...wait, connection: 4 },
        { ...message, connection: 5 },
        { ...end, connection: 5 },
      ]),
      [
        { what: { kind: 'error', code: 'ws-abnormal-closure' }, count: 2, seq: 5 },
        { what: { kind: 'close', code: 1001, by: 'server' }, count: 1, seq: 7 },
        { what: { kind: 'next' }, count: 1, seq: 11 },
        { what: { kind: 'end', by: 'user' }, count: 1, seq: 13 },
      ],
    )
  })

  it('is a bad answer where nothing tells more, and no wait between two polls', () => {
    const answer = (status: number) =>
      ({
        kind: 'response',
        detail: {
          purpose: 'poll',
          status,
          statusText: '',
          httpVersion: '1.1',
          headers: [],
          timings: {},
          reused: false,
        },
      }) as const
    const rest = {
      kind: 'wait',
      direction: 'local',
      detail: { reason: 'back-off', delayMs: 1000 },
    } as const
    const whatOf = (samples: Samples) => endsOf(samples).map(({ what }) => what)
    assert.deepEqual(whatOf([answer(200), rest, answer(503), wait]), [
      { kind: 'status', status: 503 },
    ])
    assert.deepEqual(whatOf([answer(503), answer(200), wait]), [{ kind: 'next' }])
    assert.deepEqual(whatOf([answer(200), rest, answer(200)]), [])
  })

  it('is not an error that the stream got over', () => {
    const [first, ...rest] = endsOf([message, error('ws-invalid-utf8'), message, end])
    assert.deepEqual(first?.what, { kind: 'end', by: 'user' })
    assert.deepEqual(rest, [])
  })

  it('is the error that our own close only tells, but the close with which the server answers one', () => {
    const whatOf = (samples: Samples) => endsOf(samples).map(({ what }) => what)
    const error1 = error('ws-invalid-utf8')
    assert.deepEqual(whatOf([error1, close(1007, 'client'), end]), [
      { kind: 'error', code: 'ws-invalid-utf8' },
    ])
    assert.deepEqual(whatOf([error1, close(1011, 'server'), end]), [
      { kind: 'close', code: 1011, by: 'server' },
    ])
    assert.deepEqual(whatOf([close(1011, 'server'), error('connection-refused'), end]), [
      { kind: 'close', code: 1011, by: 'server' },
    ])
  })

  it('is that another one followed where nothing tells more', () => {
    assert.deepEqual(endsOf([message, { ...message, connection: 2 }]), [
      { what: { kind: 'next' }, count: 1, seq: 2 },
    ])
    assert.deepEqual(
      endsOf([
        { ...message, connection: 0 },
        { ...end, connection: 0 },
      ]),
      [],
    )
  })

  it('is told of every sample', () => {
    for (const rows of Object.values(sampleFrames)) {
      const fold = createConnectionEnds()
      for (const { frame } of rows) fold.add(frame, frame.seq)
      const connections = Math.max(...rows.map(({ frame }) => frame.connection))
      const counted = fold.result().reduce((sum, { count }) => sum + count, 0)
      assert.ok(
        counted === connections || counted === connections - 1,
        `${counted} of ${connections}`,
      )
    }
  })
})
