// A session over a tap, by a real relay or one that a test plays, with all that it records.

import { type Capture, createCapture } from '../../../src/engine/capture/capture.ts'
import { createRelay, type Relay, type RelayHearing } from '../../../src/engine/relay/relay.ts'
import type { RelayPlan } from '../../../src/engine/relay/relayServer.ts'
import { createSession, type Session } from '../../../src/engine/session/session.ts'
import type { Timers } from '../../../src/engine/session/timers.ts'
import { createTapSource } from '../../../src/engine/tap/tapSource.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultTapSettings } from '../../../src/shared/endpoint/tapSettings.ts'
import { describe as describeFrame } from '../../../src/shared/frame/describe.ts'
import type { EndDetail, Frame, FrameKind, FrameOf } from '../../../src/shared/frame/frame.ts'
import { previewPayload } from '../../../src/shared/frame/preview.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import { testEndpoint } from '../samples/testEndpoint.ts'

export interface TapSession {
  readonly session: Session
  readonly capture: Capture
  readonly frames: readonly Frame[]
  /** Our own faults. */
  readonly faults: readonly Error[]
  all<K extends FrameKind>(kind: K): FrameOf<K>[]
  text(frame: Frame): string | null
  payload(frame: Frame): Uint8Array | null
  /** `1 > request GET /a`, a frame a line: connection, direction, kind, what a row says. */
  lines(): readonly string[]
  /** Resolves when the last frame is recorded. */
  stop(): Promise<EndDetail>
}

export interface TapOptions {
  readonly endpoint?: Partial<Endpoint>
  readonly limits?: Partial<Limits>
  readonly timers?: Timers
  relay?(plan: RelayPlan, hear: RelayHearing): Relay
}

/** What a relay that a test plays need not do. */
export const idleRelay: Relay = {
  listen: async () => 53124,
  allow() {},
  taken() {},
  addedMs: () => null,
  setFaults() {},
  cut() {},
  belong() {},
  hold() {},
  verdict() {},
  inject() {},
  async stop() {},
}

const arrows = { in: '<', out: '>', local: '·' } as const

/** Started already. */
export function startTap(url: string, options: TapOptions = {}): TapSession {
  const limits = { ...defaultLimits, ...options.limits }
  const endpoint = testEndpoint({
    url,
    method: 'tap',
    tap: defaultTapSettings,
    ...options.endpoint,
  })
  const capture = createCapture({ path: null, name: 'Tap', endpoint, limits })
  const frames: Frame[] = []
  const payloads = new Map<number, Uint8Array | null>()
  const faults: Error[] = []
  const plan = {
    ...{ name: 'Tap', endpoint, resolved: endpoint, secrets: [], limits, capturePath: null },
    network: { proxyUrl: null, caPems: null },
  }
  const session = createSession({
    plan,
    capture,
    ...(options.timers && { timers: options.timers }),
    source: (io) => createTapSource(plan, io, options.relay ?? createRelay),
    onFrame(frame, payload) {
      frames.push(frame)
      payloads.set(frame.seq, payload === null ? null : payload.slice())
    },
    onFault: (fault) => faults.push(fault),
  })
  session.start()
  const payload = (frame: Frame) => payloads.get(frame.seq) ?? null
  return {
    session,
    capture,
    frames,
    faults,
    all: <K extends FrameKind>(kind: K) =>
      frames.filter((frame): frame is FrameOf<K> => frame.kind === kind),
    payload,
    text(frame) {
      const bytes = payload(frame)
      return bytes === null ? null : new TextDecoder().decode(bytes)
    },
    lines: () =>
      frames.map((frame) => {
        const preview = previewPayload(frame, payload(frame), 256)
        const { text } = describeFrame(frame, preview)
        return `${frame.connection} ${arrows[frame.direction]} ${frame.kind} ${text}`
      }),
    async stop() {
      await session.stop()
      return session.ended
    },
  }
}
