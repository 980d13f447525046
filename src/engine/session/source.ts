// The contract between a session and what makes its frames: an endpoint that is connected to, or what others connect to.

import type { Method, OutgoingMessage, SavedMessage } from '../../shared/endpoint/endpoint.ts'
import type { EndDetail, Frame, NewFrame } from '../../shared/frame/frame.ts'
import type { Secret } from '../../shared/session/sessionPlan.ts'
import type { Pending, SessionState } from '../../shared/session/sessionState.ts'
import type { ForcedFault, TapCut, TapFault } from '../../shared/session/tapFaults.ts'
import type {
  HeldContent,
  HoldRule,
  HoldStatus,
  HoldVerdict,
  Receiver,
} from '../../shared/session/tapHolds.ts'
import type { Unfinished } from '../../shared/session/unfinished.ts'
import type { PlainRequest } from '../transports/http/companion.ts'
import type { Sender } from '../transports/transport.ts'
import type { LocalFrame } from './recorder.ts'
import type { Timers } from './timers.ts'

/** Lives as long as its session. A missing member is something that it cannot do; the session refuses it. */
export interface Source {
  /** As views are told. */
  readonly method: Method
  /**
   * Makes frames until nothing more comes or `io.signal` aborts. Resolves with how the session ends, unless a
   * limit or a fault has ended it. Rejects only for our own fault. Called once.
   */
  run(): Promise<EndDetail>
  /** Sends on what is open. */
  readonly sender?: Sender
  /** What can be sent by its name. */
  readonly messages?: readonly SavedMessage[]
  /** Connects again at once: skips a wait, replaces an open connection. */
  reconnect?(): void
  /** What has come and completes nothing yet. Asked whenever views are told the state. */
  unfinished?(): Unfinished | null
  /** As `SessionStatus.listening`. Asked whenever views are told the state. */
  listening?(): string | null
  /** As `SessionStatus.addedMs`. The same. */
  addedMs?(): number | null
  /** As `SessionApi.allowHost`. */
  allowHost?(host: string): void
  /** As `TapApi`, of a session that has not ended. */
  readonly faults?: TapFaults
  /** The same. */
  readonly holds?: TapHolds
  /** As `SendingApi.request`. */
  request?(companion: PlainRequest): Promise<number>
  /** Releases what it holds, after `run`. Nothing comes from it when this has resolved. */
  close(): Promise<void>
}

export interface TapFaults {
  /** Asked whenever views are told the state. */
  inForce(): readonly ForcedFault[]
  set(faults: readonly TapFault[]): void
  cut(cut: TapCut): void
}

/** Each throws what `TapApi` rejects with. */
export interface TapHolds {
  /** Asked whenever views are told the state. */
  status(): HoldStatus
  set(rule: HoldRule | null): void
  content(id: number): HeldContent
  decide(id: number, verdict: HoldVerdict): void
  sendInto(connection: number, to: Receiver, message: OutgoingMessage): void
}

/** The states that a source sets. */
export type SourceState = Extract<SessionState, 'connecting' | 'open' | 'waiting'>

/** What a source may use of its session. */
export interface SourceIo {
  readonly timers: Timers
  /** Aborts when the session ends: what is open is closed politely, and `run` resolves soon. */
  readonly signal: AbortSignal
  /** The number of a new connection, from 1; it counts. Several may be open at once. */
  nextConnection(): number
  /** Records a frame and returns its sequence number. Never throws; the payload's buffer is given away. */
  emit(frame: NewFrame): number
  /** Records something that crossed no wire, now. */
  emitLocal(frame: LocalFrame): number
  /** Each frame from now on, as it is recorded. The one before hears nothing more. */
  hear(listener: (frame: Frame, payload: Uint8Array | null) => void): void
  /** What views are told of the source is another. */
  changed(): void
  /** Adds to the session's wire counters. */
  wire(bytesIn: number, bytesOut: number): void
  /** From now on these, too, are replaced in what is recorded. */
  hide(secrets: readonly Secret[]): void
  /** The same for what one request carries and the next does not: the last few of them are remembered. */
  hidePassing(secrets: readonly Secret[]): void
  /** The frame that tells why it does not go on; null once it does. */
  failed(seq: number | null): void
  /** Sets the state of the session and what it waits for. Ignored once the session ends. */
  enter(state: SourceState, pending: Pending | null): void
  /** Our own fault in what `run` does not wait for. It ends the session. */
  fail(fault: unknown): void
}
