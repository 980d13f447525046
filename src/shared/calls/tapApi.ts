// The calls to a running tap: faults on purpose, what it holds, and what the user sends into it.

import type { OutgoingMessage } from '../endpoint/endpoint.ts'
import type { TapCut, TapFault } from '../session/tapFaults.ts'
import type { HeldContent, HoldRule, HoldVerdict, Receiver } from '../session/tapHolds.ts'

/** Each rejects with `no-tap` for other sessions, and with `ended` once the session ends. */
export interface TapApi {
  /** From now on these faults are in force, and no others. */
  setFaults(faults: readonly TapFault[]): Promise<void>
  /** Breaks off the connections that are met, or else the next one that is. */
  cut(cut: TapCut): Promise<void>
  /** Holds what matches from now on. Of what is held, that passes which goes no way of the rule; with null, all of it. Rejects with `bad-filter`. */
  setHold(rule: HoldRule | null): Promise<void>
  /** Rejects with `no-such-held`, as `decide` does: it has passed, or is gone. */
  heldContent(id: number): Promise<HeldContent>
  /** Rejects with `bad-change`, or with `secret-unknown`, for what it cannot be changed to: it is still held then. */
  decide(id: number, verdict: HoldVerdict): Promise<void>
  /** Rejects with `not-open` where the connection is no open WebSocket, and with `bad-change` where the message is too large. */
  sendInto(connection: number, to: Receiver, message: OutgoingMessage): Promise<void>
}
