// What the head of a WebSocket frame says, in words.

/** By opcode; the others are reserved. [rfc6455] 5.2 */
export const opcodeNames: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
}

/** `RSV1 RSV3` of three bits, the highest of which is RSV1; empty when none is set. [rfc6455] 5.2 */
export function rsvWords(bits: number): string {
  return [4, 2, 1]
    .flatMap((bit, index) => ((bits & bit) === 0 ? [] : [`RSV${index + 1}`]))
    .join(' ')
}
