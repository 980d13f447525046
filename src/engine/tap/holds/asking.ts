// The contract between what reads a tap's traffic and what holds it: a message or an answer that waits for its verdict.

import type { HeldContent, HeldItem } from '../../../shared/session/tapHolds.ts'
import type { RelayEvent } from '../../relay/relayEvents.ts'
import type { ConnectionFrames } from '../../transports/connectionFrames.ts'

export type HeldEvent = Extract<RelayEvent, { kind: 'held' }>

/** What goes on in the place of what came. */
export interface Replacement {
  /** As it is to be on the wire. */
  readonly wire: Uint8Array
  /** As its frame shows it: references stand in it for the values that are on the wire. */
  readonly payload: Uint8Array
  /** With those values. */
  readonly sizeBytes: number
  /** `status 200 → 503, the body`; empty where there is nothing to say beside the payload. */
  readonly words: string
}

/** One that the relay asks about. */
export interface Asking extends Pick<HeldItem, 'kind' | 'seq' | 'connection'> {
  readonly frames: Pick<ConnectionFrames, 'notice'>
  /** Of what is kept of it. */
  readonly bytes: number
  /** It is compressed by a memory that later ones go on with: without it those mean nothing to their receiver. */
  readonly isRemembered: boolean
  /** As bytes that mean the same without what came before; null where its own do. */
  rewritten(): Uint8Array | null
  /** Throws `bad-change` where it cannot be shown. */
  content(): HeldContent
  /** Null where nothing was changed. Throws `bad-change` and `secret-unknown`. */
  changed(content: HeldContent): Replacement | null
}

/** A frame as it was recorded last, secrets replaced. */
export interface Recorded {
  readonly seq: number
  readonly detail: object
  readonly payload: Uint8Array | null
}

export interface Holding {
  /** Whether something may be asked about: what it was is to be kept. */
  keeps(): boolean
  /** Of the frame that was recorded last, while `keeps`; null without one. */
  recorded(): Recorded | null
  /** `asking`: null for what nobody can read: it passes. */
  held(event: HeldEvent, asking: Asking | null): void
  /** No verdict reaches it any more. */
  closed(pair: number): void
}
