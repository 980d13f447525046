// Frames of messages that come in several, and those that stand behind what `ws` has not handed over yet.

import type { WsFrame } from '../../protocols/websocket/wsFrames.ts'

/** One frame of a message that comes in several. */
export interface Fragment {
  readonly at: number
  /** 1 for the message's first. */
  readonly index: number
  readonly opcode: number
  readonly fin: boolean
  readonly rsv: number
  readonly masked: boolean
  /** As on the wire: deflated, without its head. */
  readonly payloadBytes: number
  readonly wireBytes: number
}

/** `index`: 1 for the message's first. */
export function fragmentOf(frame: WsFrame, at: number, index: number): Fragment {
  const { opcode, fin, rsv, masked, payloadBytes, wireBytes } = frame
  return { at, index, opcode, fin, rsv, masked, payloadBytes, wireBytes }
}

export interface HeldFragments {
  any(): boolean
  /** Behind so many arrivals, not fewer than the one before. */
  add(behind: number, fragment: Fragment): void
  /** Tells those that stand behind nothing more, with so many arrivals taken. Each is passed once, however many there are. */
  tell(taken: number): void
}

/** `onFragment` is told each of them once. */
export function createHeldFragments(onFragment: (fragment: Fragment) => void): HeldFragments {
  const held: { readonly behind: number; readonly fragment: Fragment }[] = []
  let told = 0
  return {
    any: () => held.length > 0,
    add(behind, fragment) {
      held.push({ behind, fragment })
    },
    tell(taken) {
      for (let next = held[told]; next !== undefined; next = held[told]) {
        if (next.behind > taken) return
        told++
        onFragment(next.fragment)
      }
      held.length = 0
      told = 0
    },
  }
}
