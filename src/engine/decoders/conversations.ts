// The decoders of a session's connections: those that are parts of one conversation share one.

import { decodeLimits } from '../../shared/limits.ts'
import type { ConnectionFacts, Decoder, Protocol } from './shapes/decoder.ts'

/** Answers the decoder for a connection that is of this protocol. */
export type MakeDecoder = (protocol: Protocol, facts: ConnectionFacts) => Decoder

export function createConversations(): MakeDecoder {
  const decoders = new Map<string, Decoder>()

  return (protocol, facts) => {
    const conversation = protocol.conversation?.(facts) ?? null
    if (conversation === null) return protocol.create()
    const key = `${protocol.name} ${conversation}`
    const decoder = decoders.get(key) ?? protocol.create()
    // The one that was asked for longest ago is forgotten first.
    decoders.delete(key)
    decoders.set(key, decoder)
    const [oldest] = decoders.keys()
    if (decoders.size > decodeLimits.connections && oldest !== undefined) decoders.delete(oldest)
    return decoder
  }
}
