// Bytes of a protocol that a 101 has switched to and Lifeline does not read: counted, both ways.

import { formatSize } from '../../shared/text/units.ts'
import type { TapContext } from './tapContext.ts'
import type { ToldRequest } from './tapRequest.ts'
import type { TapTunnel } from './tapSocket.ts'

/** `protocol`: as the answer names it. */
export function createOtherTunnel(
  { taken, holding }: Pick<TapContext, 'taken' | 'holding'>,
  { frames }: Pick<ToldRequest, 'frames'>,
  protocol: string,
): TapTunnel {
  const passed = { client: 0, server: 0 }
  frames.notice(
    'tap-not-shown',
    `The two have switched to ${protocol}, which Lifeline does not read: what passes is counted.`,
  )
  return {
    isSocket: false,
    body(from, bytes) {
      passed[from] += bytes.length
      taken(bytes.length)
    },
    lost(from, bytes) {
      passed[from] += bytes
    },
    held: (event) => holding.held(event, null),
    injected() {},
    closed({ id, at }) {
      holding.closed(id)
      const { client, server } = passed
      const message = `The connection has ended: ${formatSize(client)} of the program and ${formatSize(server)} of the server had passed.`
      frames.notice('tap-not-shown', message, { at })
    },
  }
}
