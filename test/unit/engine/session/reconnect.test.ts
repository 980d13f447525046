import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  backOffMs,
  type History,
  nextStep,
  type ReconnectPolicy,
} from '../../../../src/engine/session/reconnect.ts'
import type { Outcome } from '../../../../src/engine/transports/transport.ts'

const fresh: History = { everOpened: false, failures: 0 }
const wasOpen: History = { everOpened: true, failures: 0 }
const streamEnded = {
  kind: 'lost',
  reason: 'retry',
  delayMs: 3000,
  message: 'The stream ended.',
} as const

function upTo(reconnectAttempts: number): ReconnectPolicy {
  return { method: 'websocket', intervalMs: 5000, reconnectAttempts, reconnectAs: 'back-off' }
}

describe('what follows a connection', () => {
  it('backs off 1, 2, 4 … 30 seconds', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 100].map(backOffMs),
      [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
    )
  })

  it('ends at once when nothing was ever up', () => {
    assert.deepEqual(nextStep({ kind: 'lost', message: 'refused' }, fresh, upTo(10)), {
      kind: 'end',
      end: { by: 'error', message: 'refused' },
    })
  })

  it('comes back when the server asked for it, though nothing was ever up', () => {
    const outcome = { kind: 'lost', delayMs: 7000, reason: 'retry-after', message: '503' } as const
    assert.deepEqual(nextStep(outcome, fresh, upTo(10)), {
      kind: 'connect',
      delayMs: 7000,
      wait: { reason: 'retry-after', delayMs: 7000, attempt: 1, attempts: 10 },
      newConnection: true,
    })
  })

  it('draws the wait with its attempt and gives up after the last one', () => {
    const lost = { kind: 'lost', message: 'the connection was reset' } as const
    assert.deepEqual(nextStep(lost, { everOpened: true, failures: 2 }, upTo(3)), {
      kind: 'connect',
      delayMs: 4000,
      wait: { reason: 'reconnect', delayMs: 4000, attempt: 3, attempts: 3 },
      newConnection: true,
    })
    assert.deepEqual(nextStep(lost, { everOpened: true, failures: 3 }, upTo(3)), {
      kind: 'end',
      end: { by: 'error', message: 'Gave up after 3 attempts: the connection was reset' },
    })
  })

  it('tells in the wait of what ended in order, which no error has told', () => {
    const step = nextStep({ ...streamEnded, orderly: true }, wasOpen, upTo(10))
    assert.deepEqual(step.kind === 'connect' && step.wait, {
      reason: 'retry',
      delayMs: 3000,
      attempt: 1,
      attempts: 10,
      message: 'The stream ended.',
    })
  })

  it('ends by the server what ended in order and is not to come back', () => {
    assert.deepEqual(nextStep({ ...streamEnded, orderly: true }, wasOpen, upTo(0)), {
      kind: 'end',
      end: { by: 'server', message: 'The stream ended.' },
    })
    assert.deepEqual(nextStep(streamEnded, wasOpen, upTo(0)), {
      kind: 'end',
      end: { by: 'error', message: 'The stream ended.' },
    })
  })

  it('keeps to the time that an event source asks for, until it fails again and again', () => {
    const lost = { kind: 'lost', reason: 'retry', delayMs: 3000, message: 'gone' } as const
    const delays = [0, 1, 2, 3, 9].map((failures) => {
      const step = nextStep(lost, { everOpened: true, failures }, upTo(20))
      return step.kind === 'connect' ? step.delayMs : null
    })
    assert.deepEqual(delays, [3000, 3000, 4000, 8000, 30_000])
  })

  it('never asks a server that fails more often than the interval of polling says', () => {
    const policy: ReconnectPolicy = { ...upTo(10), method: 'polling' }
    const delayAfter = (outcome: Partial<Outcome>, failures: number) => {
      const lost = { kind: 'lost', message: 'gone', ...outcome } as Outcome
      const step = nextStep(lost, { everOpened: true, failures }, policy)
      return step.kind === 'connect' && step.delayMs
    }
    assert.deepEqual(
      [0, 2, 3].map((failures) => delayAfter({}, failures)),
      [5000, 5000, 8000],
    )
    assert.equal(delayAfter({ reason: 'back-off' }, 0), 5000)
    assert.equal(delayAfter({ reason: 'retry-after', delayMs: 2000 }, 0), 2000)
  })

  it('comes back as a browser does: from the first failure on, always after the same time', () => {
    const lost = { kind: 'lost', reason: 'retry', delayMs: 3000, message: 'gone' } as const
    const policy: ReconnectPolicy = { ...upTo(0), reconnectAs: 'browser' }
    for (const failures of [0, 1, 500]) {
      const step = nextStep(lost, { everOpened: false, failures }, policy)
      assert.deepEqual(step.kind === 'connect' && step.wait, {
        reason: 'retry',
        delayMs: 3000,
        attempt: failures + 1,
        attempts: Number.POSITIVE_INFINITY,
      })
    }
    const refused = nextStep({ kind: 'refused', message: '500' }, wasOpen, policy)
    assert.deepEqual(refused, { kind: 'end', end: { by: 'error', message: '500' } })
  })

  it('does not come back when reconnecting is off', () => {
    assert.deepEqual(nextStep({ kind: 'lost', message: 'gone' }, wasOpen, upTo(0)), {
      kind: 'end',
      end: { by: 'error', message: 'gone' },
    })
  })

  it('goes on in the rhythm of the method without a new connection', () => {
    assert.deepEqual(nextStep({ kind: 'next', delayMs: 250 }, wasOpen, upTo(10)), {
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
      ends.map((outcome) => nextStep(outcome, wasOpen, upTo(10))),
      [
        { kind: 'end', end: { by: 'server', message: 'closed 1000' } },
        { kind: 'end', end: { by: 'error', message: '401' } },
        { kind: 'end', end: { by: 'user', message: 'Disconnected.' } },
      ],
    )
  })
})
