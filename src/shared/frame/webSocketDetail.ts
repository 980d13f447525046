// Details of frames of a WebSocket connection, by kind, and the words for a frame's head.

/** A WebSocket message. Payload: its bytes, unmasked and inflated. [rfc6455] 5.6 */
export interface MessageDetail {
  readonly type: 'text' | 'binary'
  /** How many WebSocket frames carried it. */
  readonly fragments: number
  /** RSV1 was set: permessage-deflate. [rfc7692] 6 */
  readonly compressed: boolean
  readonly masked: boolean
  /** The user sent it into a connection that passes a tap: neither side did. */
  readonly injected?: boolean
  readonly truncatedAt?: number
}

/**
 * One WebSocket frame of a message that came in several; of the wire layer. Its payload is in the
 * message that follows the last one. [rfc6455] 5.4
 * Also a frame that breaks the rules, of any opcode, ahead of the error that it led to: as number 1.
 */
export interface FragmentDetail {
  /** 1 for the message's first. */
  readonly index: number
  /** 1 text, 2 binary; 0 continuation in all but the first. Any of 0 to 15 in one that breaks the rules. */
  readonly opcode: number
  /** The last one of its message. */
  readonly fin: boolean
  /** RSV1, RSV2 and RSV3 as three bits: 4 is RSV1, permessage-deflate. */
  readonly rsv: number
  readonly masked: boolean
}

/** A WebSocket ping. Payload: its application data. [rfc6455] 5.5.2 */
export interface PingDetail {
  readonly masked: boolean
}

/** A WebSocket pong. `rttMs` is there when it answers a ping of ours. [rfc6455] 5.5.3 */
export interface PongDetail {
  readonly masked: boolean
  readonly rttMs?: number
}

/** A WebSocket close frame. 1005 means that it carried no code. [rfc6455] 5.5.1 */
export interface CloseDetail {
  readonly code: number
  readonly reason: string
  /** Who began the closing handshake. */
  readonly by: 'client' | 'server'
  /** On the frame that answers another: the time since that one. */
  readonly replyMs?: number
}

/** By name; the others are reserved. [rfc6455] 5.2 */
export const opcodes = {
  continuation: 0,
  text: 1,
  binary: 2,
  close: 8,
  ping: 9,
  pong: 10,
} as const

/** By opcode. */
export const opcodeNames: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(opcodes).map(([name, opcode]) => [opcode, name]),
)

/** Whether it stands for a control frame: a close, a ping, a pong, or one that is reserved. [rfc6455] 5.5 */
export function isControl(opcode: number): boolean {
  return opcode >= opcodes.close
}

/** What a control frame carries at the most. [rfc6455] 5.5 */
export const maxControlBytes = 125

/** Of the three bits: the first frame of a message that is compressed has it. [rfc7692] 6 */
export const rsv1 = 4

/** `RSV1 RSV3` of three bits, the highest of which is RSV1; empty when none is set. [rfc6455] 5.2 */
export function rsvWords(bits: number): string {
  return [rsv1, 2, 1]
    .flatMap((bit, index) => ((bits & bit) === 0 ? [] : [`RSV${index + 1}`]))
    .join(' ')
}

/** `fragment 2 continuation masked FIN`. */
export function fragmentWords({ index, opcode, rsv, masked, fin }: FragmentDetail): string {
  const name = opcodeNames[opcode] ?? `opcode ${opcode}`
  const parts = [`fragment ${index}`, name, rsvWords(rsv), masked ? 'masked' : '', fin ? 'FIN' : '']
  return parts.filter((part) => part !== '').join(' ')
}
