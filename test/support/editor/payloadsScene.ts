// Payloads of each kind for the detail to show: images, 100 MB of text, JSON of which one differs from the next.

import { type SampleRow, sampleRows } from '../samples/sampleRows.ts'
import { fromRows, type Scene } from './scene.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const binary = { ...text, type: 'binary' } as const

/** Three pixels wide, two high. */
const png = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR42mP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  ),
  (letter) => letter.charCodeAt(0),
)

/** Its picture would be fetched if it were drawn as markup. */
export const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"><image href="/fetched.png" width="7" height="5"/><script>document.title="owned"</script></svg>'

/** 100 MB: a million lines of a hundred bytes, made when they are asked for. */
export const longLines = 1_000_000
let made: Uint8Array | null = null
function longText(): Uint8Array {
  if (made) return made
  const line = new TextEncoder().encode(`line ${'.'.repeat(94)}\n`)
  made = new Uint8Array(longLines * line.length)
  for (let index = 0; index < longLines; index++) {
    made.set(line, index * line.length)
    let at = index * line.length + 12
    for (let rest = index + 1; rest > 0; rest = Math.floor(rest / 10)) made[at--] = 48 + (rest % 10)
  }
  return made
}

function trade(id: number, price: number, more = ''): string {
  return `{"type":"trade","id":${id},"symbol":"BTC-EUR","price":${price},"maker":{"venue":"west"}${more}}`
}

export function payloadsScene(): Scene {
  const rows = sampleRows([
    { kind: 'message', detail: binary, bytes: png },
    { kind: 'message', detail: text, bytes: svg },
    { kind: 'message', detail: text, bytes: 'line 1' },
    { kind: 'message', detail: text, bytes: trade(1, 70105) },
    { kind: 'message', detail: text, bytes: '{"type":"chat","text":"hello"}' },
    { kind: 'message', detail: text, bytes: trade(2, 70112.5, ',"fee":null') },
  ])
  const long = rows[2] as SampleRow
  rows[2] = {
    ...long,
    frame: { ...long.frame, sizeBytes: longLines * 100, wireBytes: longLines * 100 + 10 },
    payload: longText,
  }
  return fromRows('websocket', 'ws://localhost:7411/ws', rows)
}
