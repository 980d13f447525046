// Packets of the messages that follow one another in a frame, as many as a frame may have.

import { decodeLimits } from '../../../shared/limits.ts'
import type { DecodeInput, NewPacket } from '../shapes/decoder.ts'
import { restPacket } from './makePacket.ts'
import { brokenPacket } from './replacedSecret.ts'

export interface MessagePlace {
  /** Among the packets of the frame. */
  readonly ix: number
  /** In what the protocol reads in the frame: `$` where it is the only message, else `$[2]`. */
  readonly path: string
}

/** Of messages that are read one by one so many beyond the limit are counted: to read a million takes a minute. */
const counted = 1000

/** `isWhole`: none was left out. `readOne` answers null for what is no message of the protocol. */
export function packetsOf<Message>(
  protocol: string,
  messages: Iterable<Message>,
  firstIx: number,
  readOne: (message: Message, place: MessagePlace) => NewPacket | null,
): { readonly packets: readonly NewPacket[]; readonly isWhole: boolean } {
  const { all, hasMore } = Array.isArray(messages)
    ? { all: messages as readonly Message[], hasMore: false }
    : first(messages, decodeLimits.packets + counted)
  const packets: NewPacket[] = []
  for (const [nth, message] of all.entries()) {
    if (packets.length === decodeLimits.packets) {
      return {
        packets: [...packets, restPacket(protocol, all.length - nth, hasMore)],
        isWhole: false,
      }
    }
    const path = all.length === 1 ? '$' : `$[${nth}]`
    const packet = readOne(message, { ix: firstIx + packets.length, path })
    if (packet !== null) packets.push(packet)
  }
  return { packets, isWhole: true }
}

/** A message as it was read out of a frame; null where it is none, and why. */
export type FrameMessage<Message> =
  | { readonly message: Message; readonly flaw: string | null }
  | { readonly message: null; readonly flaw: string }

/** The same of messages that may be broken. `isWhole`: every one was read. */
export function packetsOfRead<Message extends object>(
  protocol: string,
  messages: Iterable<FrameMessage<Message>>,
  { firstIx, ...input }: Pick<DecodeInput, 'frame' | 'payload' | 'firstIx'>,
  readOne: (message: Message, flaw: string | null, place: MessagePlace) => NewPacket | null,
): { readonly packets: readonly NewPacket[]; readonly isWhole: boolean } {
  let isSound = true
  const { packets, isWhole } = packetsOf(protocol, messages, firstIx, (one, place) => {
    if (one.message !== null) return readOne(one.message, one.flaw, place)
    isSound = false
    return brokenPacket(protocol, input, one.flaw ?? '')
  })
  return { packets, isWhole: isWhole && isSound }
}

function first<Message>(messages: Iterable<Message>, most: number) {
  const all: Message[] = []
  for (const message of messages) {
    if (all.length === most) return { all, hasMore: true }
    all.push(message)
  }
  return { all, hasMore: false }
}
