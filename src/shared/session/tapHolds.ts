// Words for what a tap holds on its way until the user has decided, and for what the user sends into its connections.

import type { OutgoingMessage } from '../endpoint/endpoint.ts'
import type { NamedValues } from '../text/namedValues.ts'
import type { FaultWay } from './tapFaults.ts'

/** To whom something goes: the user's program, or its server. */
export type Receiver = Exclude<FaultWay, 'both'>

/** Messages of WebSockets, and answers that are no streams, which a filter matches are held. */
export interface HoldRule {
  /** As in the bar of filters; empty matches all. */
  readonly filter: string
  /** Answers go to the client. */
  readonly way: FaultWay
}

/** One that waits. What comes behind it in its direction waits with it. */
export interface HeldItem {
  /** From 1, of this session. */
  readonly id: number
  readonly kind: 'message' | 'answer'
  /** The frame as it came from its sender. */
  readonly seq: number
  /** As frames have it. */
  readonly connection: number
  readonly to: Receiver
  /** Epoch ms by the session's clock. */
  readonly since: number
}

/** What views are told of it; `rule` null: nothing is held any more. */
export interface HoldStatus {
  readonly rule: HoldRule | null
  /** The oldest, up to `holdLimits.told`. */
  readonly held: readonly HeldItem[]
  /** Of all that wait. */
  readonly count: number
}

/** Of sessions that hold nothing. */
export const noHolds: HoldStatus = { rule: null, held: [], count: 0 }

/** What a held one would be passed on as, to be changed. Credentials in it are references, which stand for their values again when it passes. */
export type HeldContent =
  | { readonly kind: 'message'; readonly message: OutgoingMessage }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly reason: string
      /** Without those of its framing: they follow from the body. */
      readonly fields: NamedValues
      /** Decoded; null where it is no text, and then stays as it is, and where there is none. */
      readonly body: string | null
      /** To its request, or with its status, it has none; what it becomes need not say so. */
      readonly bodiless?: true
    }

/** What is to become of a held one. */
export type HoldVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'change'; readonly content: HeldContent }

export const holdLimits = {
  /** Of the held ones, views are told so many. */
  told: 50,
  /** More passes as it is, and is told so. */
  waiting: 1000,
  /** An answer that is not complete after this time passes as it is: it may be a stream. Ms. */
  answerMs: 2000,
} as const
