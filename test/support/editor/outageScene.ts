// A WebSocket of two minutes whose rate comes and goes, with what was sent, a loss, a refusal and a silence.

import { sampleRows } from '../samples/sampleRows.ts'
import { sampleWebSocket } from '../samples/sampleWebSocket.ts'
import { fromRows, type Scene } from './scene.ts'

const text = { type: 'text', fragments: 1, compressed: true, masked: false } as const
const sent = { ...text, compressed: false, masked: true } as const

type Sample = Parameters<typeof sampleRows>[0][number]

/** Some ten messages a second, in waves; each fiftieth is an order, each thousandth of ours. */
function messages(count: number, firstId: number): Sample[] {
  return Array.from({ length: count }, (_, index): Sample => {
    const id = firstId + index
    const afterMs = 30 + 25 * Math.sin(id / 90)
    if (id % 250 === 100) {
      const bytes = `{"op":"subscribe","id":${id}}`
      return { kind: 'message', direction: 'out', detail: sent, afterMs, bytes }
    }
    const type = id % 300 === 50 ? 'order' : 'trade'
    const bytes = `{"type":"${type}","id":${id},"symbol":"BTC-EUR","price":${70_000 + (id % 97)}.5}`
    return { kind: 'message', detail: text, afterMs, bytes }
  })
}

export function outageScene(): Scene {
  const [upgrade, switching] = sampleWebSocket.map(({ frame }) => frame)
  if (upgrade?.kind !== 'request' || switching?.kind !== 'response') throw new Error('no handshake')
  const open = (connection: number): Sample[] => [
    { kind: 'request', direction: 'out', connection, detail: upgrade.detail },
    { kind: 'response', connection, afterMs: 4, detail: switching.detail },
  ]
  const rows = sampleRows([
    ...open(1),
    ...messages(2000, 1),
    {
      kind: 'error',
      direction: 'local',
      code: 'ws-no-close',
      detail: { message: 'The connection was lost.', closeCode: 1006 },
    },
    { kind: 'wait', direction: 'local', detail: { reason: 'reconnect', delayMs: 8000 } },
    ...open(2).map((sample, index) => (index === 0 ? { ...sample, afterMs: 8000 } : sample)),
    ...messages(1000, 2001),
    { kind: 'message', detail: text, afterMs: 12_000, bytes: '{"type":"late"}' },
    ...messages(600, 3001),
  ])
  return fromRows('websocket', 'ws://localhost:7411/ws', rows)
}
