// A session over a scripted transport, a fake clock and a capture in memory.

import { createCapture } from '../../../src/engine/capture/capture.ts'
import { createConnectingSource } from '../../../src/engine/session/connectingSource.ts'
import { createSession } from '../../../src/engine/session/session.ts'
import type { Frame, NewFrame } from '../../../src/shared/frame/frame.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import type { SessionPlan } from '../../../src/shared/session/sessionPlan.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { accept } from '../samples/resolveEndpoint.ts'
import { createFakeTimers } from './fakeTimers.ts'
import { createScriptedTransport } from './scriptedTransport.ts'

interface Options {
  /** Of reconnecting, in a row. */
  readonly attempts?: number
  /** The transport does not answer to its signal. */
  readonly deaf?: boolean
  readonly limits?: Partial<Limits>
  readonly secrets?: SessionPlan['secrets']
  readonly proxyUrl?: string
  readonly onFrame?: (frame: Frame) => void
  /** Beside `statuses`. */
  readonly onStatus?: (status: SessionStatus) => unknown
}

/** Not yet started. `statuses` and `faults` are what it has told so far; `message` makes a frame from the peer. */
export function createScriptedSession(options: Options = {}) {
  const {
    attempts = 3,
    deaf = false,
    limits = {},
    secrets = [],
    proxyUrl = null,
    onFrame,
    onStatus,
  } = options
  const accepted = accept({ name: 'test', url: 'ws://127.0.0.1:1/', method: 'websocket' })
  const endpoint = { ...accepted, reconnectAttempts: attempts }
  const plan: SessionPlan = {
    name: 'test',
    endpoint,
    resolved: endpoint,
    secrets,
    network: { proxyUrl, caPems: null },
    limits: { ...defaultLimits, ...limits },
    capturePath: null,
  }
  const capture = createCapture({ path: null, name: plan.name, endpoint, limits: plan.limits })
  const transport = createScriptedTransport({ deaf })
  const timers = createFakeTimers()
  const statuses: SessionStatus[] = []
  const faults: Error[] = []
  const session = createSession({
    plan,
    capture,
    source: (io) => createConnectingSource(plan, transport, io),
    timers,
    onStatus: (status) => {
      statuses.push(status)
      return onStatus?.(status)
    },
    ...(onFrame && { onFrame }),
    onFault: (fault) => faults.push(fault),
  })
  const message = (text: string): NewFrame => ({
    kind: 'message',
    at: timers.now(),
    connection: transport.current.io.connection,
    direction: 'in',
    sizeBytes: text.length,
    wireBytes: text.length + 2,
    replyTo: null,
    code: null,
    detail: { type: 'text', fragments: 1, compressed: false, masked: false },
    payload: Buffer.from(text),
  })
  /** What was recorded, a line a frame. */
  const recorded = () =>
    [...capture.entries({ afterSeq: 0, text: '', wire: true })].map(({ frame, preview }) => {
      const words = 'message' in frame.detail ? frame.detail.message : (preview ?? '')
      const wait = frame.kind === 'wait' ? `${frame.detail.delayMs} ${frame.detail.attempt}` : words
      return `${frame.connection} ${frame.kind}${frame.code ? ` ${frame.code}` : ''} ${wait}`.trim()
    })
  return { session, transport, timers, statuses, faults, message, recorded, capture }
}
