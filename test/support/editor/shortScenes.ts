// Sessions of a few messages for the timeline page: one that is silent, one that waits, one with wide letters.

import { sampleFrames } from '../samples/sampleFrames.ts'
import { sampleRows } from '../samples/sampleRows.ts'
import { fromRows, type Scene } from './scene.ts'

const url = 'ws://localhost:7411/ws'
const detail = { type: 'text', fragments: 1, compressed: false, masked: false } as const

/** Nothing has come for more than a second; one more frame can be added. */
export function silentScene(now: number): Scene {
  const message = (word: string, at: number) =>
    ({
      kind: 'message',
      at,
      detail,
      bytes: word,
    }) as const
  const rows = sampleRows([
    message('one', now - 1500),
    message('two', now - 1200),
    message('three', now + 300),
  ])
  return { ...fromRows('websocket', url, rows), frames: 2, now }
}

/** The connection is lost, and the next attempt is a while off. */
export function waitingScene(now: number): Scene {
  return {
    ...fromRows('websocket', url, sampleFrames.websocket.slice(0, 45)),
    state: 'waiting',
    now,
    pending: { kind: 'connection', since: now, until: now + 60_000 },
  }
}

/** Letters that are wider than others. */
export function wideScene(): Scene {
  const rows = sampleRows(
    ['東京', 'café', '👩‍👩‍👧 ok', '한국'].map((market, index) => ({
      kind: 'message',
      detail,
      bytes: JSON.stringify({ type: '取引', market, n: index }),
    })),
  )
  return fromRows('websocket', url, rows)
}
