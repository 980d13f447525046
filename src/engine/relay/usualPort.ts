// The port at which a server is tapped where the user names none: the same each time, so that programs find the tap again.

import { hash } from 'node:crypto'

/** Dynamic ports [rfc6335] 6, above those that Linux gives to outgoing connections. */
const lowest = 61_000
const count = 4500

export function usualPort(origin: string): number {
  return lowest + (hash('sha256', origin, 'buffer').readUInt32BE(0) % count)
}
