// The decoder of one connection: chosen by subprotocol, URL or first data, or told; none where nothing fits.

import { decodeLimits } from '../../shared/limits.ts'
import type { MakeDecoder } from './conversations.ts'
import type { ConnectionFacts, DecodeInput, Decoder, Protocol } from './shapes/decoder.ts'

/**
 * `auto`, as every session has it by now: by what crosses the wire. `off`: none. Else the name of a protocol, which is
 * not asked whether it fits.
 */
export type Decode = 'auto' | 'off' | (string & {})

export interface ConnectionDecoder {
  /** Null while, or if, no decoder is chosen. */
  readonly decoder: Decoder | null
  /** It is chosen for good: nothing has to be considered any more. */
  readonly isSettled: boolean
  /** What only exchanges could still change: the messages, events and records need not be shown any more. */
  readonly ignoresStream: boolean
  /** What only messages, events and records could still change: the exchanges need not be shown any more. */
  readonly ignoresExchanges: boolean
  /** The connection's first data comes: a protocol that was told is not asked whether it fits. */
  begin(facts: ConnectionFacts): void
  /**
   * Looks at data of a connection that has no decoder yet, or one that yields. Answers what the decoder, once there is
   * one, has to be given: this frame, and those before it that were looked at.
   */
  consider(input: DecodeInput): readonly DecodeInput[]
}

/** What was looked at in vain. Companion requests are a try of their own: they may go anywhere. */
interface Tried {
  messages: number
  bytes: number
}

export function createConnectionDecoder(
  protocols: readonly Protocol[],
  decode: Decode,
  make: MakeDecoder,
): ConnectionDecoder {
  const forced = protocols.find(({ name }) => name === decode)
  let decoder: Decoder | null = null
  /** It makes room for a protocol that the stream itself speaks. */
  let isYielding = false
  const possible = decode === 'auto' ? protocols : forced ? [forced] : []
  const stream: Tried = { messages: 0, bytes: 0 }
  const exchanges: Tried = { messages: 0, bytes: 0 }
  let seen: DecodeInput[] = []

  function find(facts: ConnectionFacts): Protocol | undefined {
    return (
      possible.find((protocol) => protocol.fitsConnection?.(facts)) ??
      possible.find((protocol) => protocol.fitsData(seen))
    )
  }

  /** What the stream holds says more than what was sent beside it. */
  function replace(input: DecodeInput): void {
    const found = possible.find((one) => one.yields !== true && one.fitsData([input]))
    if (found) decoder = make(found, input.facts)
    stream.messages++
    stream.bytes += input.payload.length
    isYielding = !found && !isOver(stream)
  }

  return {
    get decoder() {
      return decoder
    },
    get isSettled() {
      return decoder !== null && !isYielding
    },
    get ignoresStream() {
      return decoder === null && (possible.length === 0 || isOver(stream))
    },
    get ignoresExchanges() {
      return decoder === null && (possible.length === 0 || isOver(exchanges))
    },
    begin(facts) {
      if (forced) decoder ??= make(forced, facts)
    },
    consider(input) {
      const { kind } = input.frame
      const isExchange = kind === 'request' || kind === 'response'
      if (decoder !== null) {
        if (!isExchange) replace(input)
        return [input]
      }
      const tried = isExchange ? exchanges : stream
      if (possible.length === 0 || isOver(tried)) return []
      seen.push(input)
      const found = find(input.facts)
      if (found) {
        decoder = make(found, input.facts)
        isYielding = found.yields === true && !isOver(stream)
        const all = seen
        seen = []
        return all
      }
      tried.messages++
      tried.bytes += input.payload.length
      // The ones of a try that is over are no longer part of anything.
      if (isOver(tried)) seen = []
      return []
    },
  }
}

function isOver({ messages, bytes }: Tried): boolean {
  return messages >= decodeLimits.firstMessages || bytes >= decodeLimits.firstBytes
}
