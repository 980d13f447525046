// Answers pings. `ws` could do so itself, but would send the pong before it tells of the ping.

import type { WebSocket } from 'ws'

// A peer that pings faster than it reads: only the latest ping needs its pong. [rfc6455] 5.5.3
const maxUnsent = 60

export interface Ponger {
  /** Answers the ping whose frame is `seq`, now or when the earlier pongs have left. */
  answer(seq: number, data: Uint8Array): void
  /** Call it for each pong that is written: the ping that it answers. */
  sent(): number | null
}

export function createPonger(ws: Pick<WebSocket, 'OPEN' | 'readyState' | 'pong'>): Ponger {
  const answering: number[] = []
  let unsent = 0
  let latest: { readonly seq: number; readonly data: Uint8Array } | null = null

  function answer(seq: number, data: Uint8Array): void {
    if (ws.readyState !== ws.OPEN) return
    if (unsent >= maxUnsent) {
      latest = { seq, data }
      return
    }
    unsent++
    answering.push(seq)
    ws.pong(data, true, handleLeft)
  }

  function handleLeft(): void {
    unsent--
    if (latest === null) return
    const { seq, data } = latest
    latest = null
    answer(seq, data)
  }

  return { answer, sent: () => answering.shift() ?? null }
}
