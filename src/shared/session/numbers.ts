// The figures of a session or a part of it: what crossed, how fast, how large, why it ended, by kind and by type.

import type { FrameKind } from '../frame/frame.ts'
import type { Purpose } from '../frame/httpDetail.ts'
import type { PollingStatistics } from './sessionState.ts'

/** Quantiles are within this share of the exact ones. `least` and `most` are exact. */
export const quantileError = 0.01

/** Values such as sizes or times. Without any there is no distribution. */
export interface Distribution {
  readonly count: number
  readonly sum: number
  readonly least: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly most: number
  /** The frame that had the first of the greatest. */
  readonly mostSeq: number
}

/** How many values are from `from` on and below `to`. */
export interface Bar {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** From the first bar that has values to the last one. */
export interface BarredDistribution extends Distribution {
  readonly bars: readonly Bar[]
}

/** One way, frames of the wire layer and errors left out. */
export interface WayNumbers {
  readonly frames: number
  /** Of payloads. */
  readonly bytes: number
  /** Framing and heads included; the sum over the frames. */
  readonly wireBytes: number
  /** In bytes. */
  readonly sizes: BarredDistribution | null
  /** Time since the frame before on this way, in ms. */
  readonly gaps: BarredDistribution | null
}

/** What was waited for: an answer of HTTP, by the purpose of its request, or the pong of a ping. */
export type RoundTripKind = Purpose | 'ping'

/** Frames of one kind, way and type. */
export interface TypeNumbers {
  readonly kind: FrameKind
  readonly direction: 'in' | 'out' | 'local'
  /** See `frameType`. Null for kinds that have no types, and for those beyond the limit. */
  readonly type: string | null
  /** Those of types beyond the limit, together. */
  readonly others?: true
  readonly frames: number
  readonly bytes: number
  readonly wireBytes: number
  /** In bytes. */
  readonly sizes: Distribution | null
  /** Time since the one before of this type, in ms. */
  readonly gaps: Distribution | null
}

/** Why a connection ended. */
export type EndCause =
  | { readonly kind: 'close'; readonly code: number; readonly by: 'client' | 'server' }
  | { readonly kind: 'error'; readonly code: string }
  /** An answer of 400 or more, with nothing that tells more. */
  | { readonly kind: 'status'; readonly status: number }
  /** As it should, and another one follows, at once or after a wait. */
  | { readonly kind: 'next' }
  /** With the session. */
  | { readonly kind: 'end'; readonly by: 'user' | 'server' | 'error' | 'limit' }

export interface Counted<What> {
  readonly what: What
  readonly count: number
  /** The newest frame of them. */
  readonly seq: number
}

/** The frames of an analysis' scope. Times in ms, of the clock epoch ms. */
export interface Numbers {
  readonly frames: number
  readonly firstAt: number | null
  readonly lastAt: number | null
  readonly in: WayNumbers
  readonly out: WayNumbers
  /** By what was waited for; only those that there are. */
  readonly roundTrips: readonly { readonly what: RoundTripKind; readonly times: Distribution }[]
  readonly polling: PollingStatistics | null
  /** Payloads that came or went compressed, and what they took on the wire, framing included. */
  readonly compressed: {
    readonly frames: number
    readonly bytes: number
    readonly wireBytes: number
  }
  /** Connections that had a frame. */
  readonly connections: number
  /** The most frequent first, as in all lists here. */
  readonly ends: readonly Counted<EndCause>[]
  readonly errors: readonly Counted<string>[]
  readonly types: readonly TypeNumbers[]
}
