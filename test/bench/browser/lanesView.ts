// (p): four sessions side by side, true to time, while each receives a flood.

import type { Measurement } from '../measure.ts'
import type { Pictures } from '../page/probing.ts'
import { endpointFor, recordAll } from '../watched.ts'
import { withLanes } from './benchLanes.ts'

const lanes = 4

export const floodedLanes: Measurement = async ({ port, capturePath, scaled }) => {
  const rate = 5000
  const count = scaled(50_000)
  const url = `ws://127.0.0.1:${port}/?count=${count}&rate=${rate}`
  return withLanes(lanes, async ({ page, watched }) => {
    await page.evaluate('window.probe.watch({ rows: false })')
    const began = performance.now()
    const rates = await Promise.all(
      watched.map((one, lane) =>
        recordAll(one, endpointFor('websocket', url), `${capturePath}-${lane}`, count),
      ),
    )
    const pictures = await page.evaluate<Pictures>('window.probe.pictures()')
    const seconds = (performance.now() - began) / 1000
    const painted = await page.evaluate<number>('window.painted')
    const told = await page.evaluate<number>(
      'window.lanes.lanes.reduce((sum, { model }) => sum + model.status.frames, 0)',
    )
    if (told < lanes * count) throw new Error(`The lanes know of ${told} frames.`)
    return [
      {
        name: `(p) pictures a second of ${lanes} lanes with ${rate} messages/s each`,
        value: pictures.perSecond,
        unit: '/s',
        aim: 55,
        better: 'more',
        detail: {
          paintedPerSecond: painted / seconds,
          longestMs: pictures.longestMs,
          recordedPerSecond: Math.min(...rates),
        },
      },
    ]
  })
}
