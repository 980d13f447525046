// The filter of what a tap holds, asked about frames as they are recorded; requests from before it was set are known to it.

import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { Frame } from '../../../shared/frame/frame.ts'
import { type ComingFrame, createFrameMatcher } from '../../capture/frameMatcher.ts'
import { createDecoding } from '../../decoders/decoding.ts'
import { protocolsOf } from '../../decoders/registry.ts'

export interface HeldFilter {
  push(frame: Frame, payload: Uint8Array | null): void
  /** Whether the frame matches that was pushed not long ago. */
  matches(seq: number): boolean
  close(): void
}

type Place = Pick<Endpoint, 'decode' | 'pair' | 'protobuf'>

/** More at once gain nothing. */
const askedAtOnce = 512
/** Those that may still be asked about. */
const mostFound = 4096

/** `before`: requests, and answers that open something, in their order. Throws `bad-filter`. */
export function createHeldFilter(
  text: string,
  endpoint: Place,
  before: readonly Frame[],
): HeldFilter {
  if (text.trim() === '') return { push() {}, matches: () => true, close() {} }
  const matcher = createFrameMatcher(text, false)
  const decoding = createDecoding(endpoint.decode, protocolsOf(endpoint))
  let found: number[] = []
  let asked: ComingFrame[] = []
  let scheduled: NodeJS.Immediate | null = null
  // Its numbers follow on each other.
  for (const frame of before) {
    matcher.matches([{ frame, payload: null, decoded: decoding.push(frame, null) }])
  }

  function ask(): void {
    if (scheduled !== null) clearImmediate(scheduled)
    scheduled = null
    const coming = asked
    asked = []
    found.push(...matcher.matches(coming))
    if (found.length > 2 * mostFound) found = found.slice(-mostFound)
  }

  return {
    push(frame, payload) {
      asked.push({ frame, payload, decoded: decoding.push(frame, payload) })
      // All frames of one turn of the event loop are asked about together.
      if (asked.length >= askedAtOnce) ask()
      else scheduled ??= setImmediate(ask)
    },
    matches(seq) {
      if (asked.length > 0) ask()
      return found.lastIndexOf(seq) >= 0
    },
    close() {
      if (scheduled !== null) clearImmediate(scheduled)
      scheduled = null
      matcher.close()
    },
  }
}
