// A session in which much repeats: a burst, heartbeats, equal events, and a silence.

import { type SampleRow, sampleRows } from '../samples/sampleRows.ts'
import { sampleWebSocket } from '../samples/sampleWebSocket.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const

function trade(index: number, afterMs: number) {
  const what = index % 9 === 8 ? `"chat","by":"u${index}"` : `"trade","price":${70_100 + index}`
  return { kind: 'message' as const, afterMs, detail: text, bytes: `{"type":${what}}` }
}

/** Handshake 1 and 2; burst 3 to 602; message 603; heartbeats 604 to 611; message 612 after a silence; 613 to 624 equal. */
export const foldRows: readonly SampleRow[] = sampleRows([
  ...sampleWebSocket.slice(0, 2).map(({ frame }) => ({ ...frame, afterMs: 4.1 })),
  ...Array.from({ length: 600 }, (_, index) => trade(index, 1 + (index % 90) / 6)),
  trade(1, 300),
  ...Array.from({ length: 4 }, (_, index) => [
    {
      kind: 'ping' as const,
      direction: 'out' as const,
      afterMs: 400,
      detail: { masked: true },
      wireBytes: 6,
    },
    {
      kind: 'pong' as const,
      afterMs: 2.1 + index / 10,
      detail: { masked: false, rttMs: 2.1 + index / 10 },
      wireBytes: 2,
      replyTo: 604 + 2 * index,
    },
  ]).flat(),
  trade(2, 3214),
  ...Array.from({ length: 12 }, () => ({
    kind: 'message' as const,
    afterMs: 250,
    detail: text,
    bytes: '{"type":"tick","open":true}',
  })),
  trade(3, 300),
])
