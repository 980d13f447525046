// The contract of an analysis: a fold over frames, the same while they are recorded and when they are read again.

import type { Direction, FrameKind, SeenFrame } from '../../shared/frame/frame.ts'
import type { Packet } from '../../shared/frame/packet.ts'
import type { AnalysisScope } from '../../shared/session/analysisResults.ts'

/** What a payload begins with; all of it while it is recorded, at least the first `labelBytes` when it is read again. */
export type PayloadStart = Uint8Array | null

export interface Analysis<Result, Seen = SeenFrame> {
  /**
   * Called for each frame in order of recording, also in a flood of 100,000 a second: a few comparisons, no
   * allocation. It keeps no frame, and never throws, whatever the peer sent or a file holds. `packets`: all of the frame,
   * where they are needed.
   */
  add(frame: Seen, seq: number, start?: PayloadStart, packets?: readonly Packet[]): void
  /** It goes over frames together with their packets, and only as far as they are decoded: it is read, never followed. */
  readonly needsPackets?: true
  /** What is known after these frames, as plain data. */
  result(): Result
  /** Of a result that is told in pieces the one that the scope names; absent: `result` tells all. */
  piece?(scope: AnalysisScope): Result
  /** Nothing that comes can change the result. */
  readonly settled?: boolean
  /** So much of a frame's payload is to be read for it; absent: its start is enough. */
  wantedBytes?(frame: Seen): number
}

/** An analysis for which columns are enough: a capture sums frames up, many times as fast as it reads them. */
export interface TalliedAnalysis<Result> extends Analysis<Result> {
  /** Like frames within such a span may come as one tally. The first one begins at `startAt`, in epoch ms; null: with the first frame. */
  readonly span: { readonly startAt: number | null; readonly ms: number }
  addTally(tally: Tally): void
  /** In order of recording, for the same frames as the tallies around it. */
  addTurn(turn: Turn): void
}

/** Like frames within a span, summed up; those of the wire layer left out. */
export interface Tally {
  /** Epoch ms of the earliest and of the latest. */
  readonly fromAt: number
  readonly untilAt: number
  readonly kind: FrameKind
  readonly direction: Direction
  readonly frames: number
  /** Of their payloads, those of parts left out, which are counted with their answer. */
  readonly bytes: number
  /** The lowest of their sequence numbers. */
  readonly seq: number
}

/** Kinds of frames that tell of the coming and going of connections. */
export const turnKinds = [
  'error',
  'wait',
  'response',
  'end',
] as const satisfies readonly FrameKind[]

export function isTurnKind(kind: FrameKind): kind is Turn['kind'] {
  return (turnKinds as readonly FrameKind[]).includes(kind)
}

/** One of them. */
export interface Turn {
  readonly seq: number
  readonly at: number
  readonly connection: number
  readonly kind: (typeof turnKinds)[number]
  readonly code: string | null
  /** An error has one where a WebSocket was lost. */
  readonly closeCode: number | null
}

export function isTallied<Result>(analysis: Analysis<Result>): analysis is TalliedAnalysis<Result> {
  return 'addTally' in analysis
}

/** An analysis of what was decoded, which comes behind recording: it is given packets, and no frames. */
export interface PacketAnalysis<Result> extends Analysis<Result> {
  /** All packets of a frame, frames in order. */
  addPackets(packets: readonly Packet[], seq: number): void
}

export function isPacketed<Result>(analysis: Analysis<Result>): analysis is PacketAnalysis<Result> {
  return 'addPackets' in analysis
}
