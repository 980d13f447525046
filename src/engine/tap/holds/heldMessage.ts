// A message of a WebSocket that waits for its verdict: what it says, and what it becomes.

import { RpcError } from '../../../shared/calls/rpc.ts'
import type { OutgoingMessage } from '../../../shared/endpoint/endpoint.ts'
import type { HeldContent } from '../../../shared/session/tapHolds.ts'
import { latin1, latin1Bytes } from '../../../shared/text/latin1.ts'
import { formatLimit } from '../../../shared/text/units.ts'
import { createReferenceFiller } from '../../session/fillReferences.ts'
import type { Asking, Replacement } from './asking.ts'
import { wsBytes } from './wsBytes.ts'

export interface MessageFacts extends Pick<Asking, 'seq' | 'connection' | 'frames'> {
  readonly type: 'text' | 'binary'
  /** Inflated, unmasked. */
  readonly data: Uint8Array
  /** With references in the place of secrets; null where the capture keeps only its start. */
  readonly recorded: Uint8Array | null
  readonly masked: boolean
  readonly compressed: boolean
  /** Compressed messages of its direction go on with the memory of those before. */
  readonly hasMemory: boolean
  readonly messageBytes: number
}

export function heldMessage(facts: MessageFacts): Asking {
  const { type, data, recorded, masked, compressed, hasMemory, messageBytes } = facts
  const { seq, connection, frames } = facts

  function shown(): Uint8Array {
    if (recorded === null) {
      const why = 'It is larger than what a capture keeps of one'
      throw new RpcError('bad-change', `${why}: it can pass or be dropped.`)
    }
    return recorded
  }

  function replacement(message: OutgoingMessage): Replacement | null {
    const kept = shown()
    const wanted = payloadOf(message)
    if (message.type === type && isSame(wanted, kept)) return null
    const filler = createReferenceFiller('it stands nowhere in what was held')
    filler.learn(latin1(kept), latin1(data))
    const filled = latin1Bytes(filler.fill(latin1(wanted)))
    checkSize(filled, messageBytes)
    const wire = wsBytes(message.type, filled, masked)
    return { wire, payload: wanted, sizeBytes: filled.length, words: '' }
  }

  return {
    ...{ kind: 'message', seq, connection, frames },
    bytes: data.length + (recorded?.length ?? 0),
    isRemembered: compressed && hasMemory,
    rewritten: () => (compressed && hasMemory ? wsBytes(type, data, masked) : null),
    content: () => ({ kind: 'message', message: messageOf(type, shown()) }),
    changed(content: HeldContent) {
      if (content.kind !== 'message') throw new RpcError('bad-change', 'A message is held.')
      return replacement(content.message)
    },
  }
}

export function payloadOf(message: OutgoingMessage): Uint8Array {
  return message.type === 'text' ? new TextEncoder().encode(message.text) : message.bytes
}

/** Throws `bad-change`. */
export function checkSize({ length }: Uint8Array, messageBytes: number): void {
  if (length <= messageBytes) return
  const most = formatLimit(messageBytes)
  throw new RpcError('bad-change', `It is larger than ${most}, the most that one may be.`)
}

function messageOf(type: 'text' | 'binary', bytes: Uint8Array): OutgoingMessage {
  // A byte order mark is text.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return type === 'text' ? { type, text: decoder.decode(bytes) } : { type, bytes: bytes.slice() }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
