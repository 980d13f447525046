import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { backOffMs, type History, nextStep } from '../../../src/engine/reconnect.ts'

const fresh: History = { everOpened: false, failures: 0 }
const wasOpen: History = { everOpened: true, failures: 0 }

describe('what follows a connection', () => {
  it('backs off 1, 2, 4 … 30 seconds', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 100].map(backOffMs), [
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ])
  })

  it('ends at once when nothing was ever up', () => {
    assert.deepEqual(nextStep({ kind: 'lost', message: 'refused' }, fresh, 10), {
      kind: 'end',
      end: { by: 'error', message: 'refused' },
    })
  })

  it('comes back when the server asked for it, though nothing was ever up', () => {
    const outcome = { kind: 'lost', delayMs: 7000, reason: 'retry-after', message: '503' } as const
    assert.deepEqual(nextStep(outcome, fresh, 10), {
      kind: 'connect',
      delayMs: 7000,
      wait: { reason: 'retry-after', delayMs: 7000, attempt: 1, attempts: 10 },
      newConnection: true,
    })
  })

  it('draws the wait with its attempt and gives up after the last one', () => {
    const lost = { kind: 'lost', message: 'the connection was reset' } as const
    assert.deepEqual(nextStep(lost, { everOpened: true, failures: 2 }, 3), {
      kind: 'connect',
      delayMs: 4000,
      wait: { reason: 'reconnect', delayMs: 4000, attempt: 3, attempts: 3 },
      newConnection: true,
    })
    assert.deepEqual(nextStep(lost, { everOpened: true, failures: 3 }, 3), {
      kind: 'end',
      end: { by: 'error', message: 'Gave up after 3 attempts: the connection was reset' },
    })
  })

  it('does not come back when reconnecting is off', () => {
    assert.deepEqual(nextStep({ kind: 'lost', message: 'gone' }, wasOpen, 0), {
      kind: 'end',
      end: { by: 'error', message: 'gone' },
    })
  })

  it('goes on in the rhythm of the method without a new connection', () => {
    assert.deepEqual(nextStep({ kind: 'next', delayMs: 250 }, wasOpen, 10), {
      kind: 'connect',
      delayMs: 250,
      wait: null,
      newConnection: false,
    })
  })

  it('ends by the server, by an error or by the user as the outcome says', () => {
    const ends = [
      { kind: 'done', message: 'closed 1000' },
      { kind: 'refused', message: '401' },
      { kind: 'stopped' },
    ] as const
    assert.deepEqual(
      ends.map((outcome) => nextStep(outcome, wasOpen, 10)),
      [
        { kind: 'end', end: { by: 'server', message: 'closed 1000' } },
        { kind: 'end', end: { by: 'error', message: '401' } },
        { kind: 'end', end: { by: 'user', message: 'Disconnected.' } },
      ],
    )
  })
})
