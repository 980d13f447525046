// (l), (m): a timeline that follows a session, in a browser: a flood, and how old a row is when it is seen.

import { setTimeout as sleep } from 'node:timers/promises'
import type { RowFilter } from '../../../src/shared/session/captureRows.ts'
import type { Measurement } from '../measure.ts'
import type { Painted } from '../page/probing.ts'
import { endpointFor, recordAll, type Watched } from '../watched.ts'
import { withPage } from './benchPages.ts'

const everything: RowFilter = { afterSeq: 0, text: '', wire: false }
const rowsPerPage = 500
/** The first messages come while everything is still compiled. */
const warmUpMs = 1000

export const floodedView: Measurement = async ({ port, capturePath, scaled }) => {
  const rate = 100_000
  const count = scaled(5_000_000)
  const url = `ws://127.0.0.1:${port}/?count=${count}&rate=${rate}`
  return withPage(null, async ({ watched, ask, heapBytes }) => {
    const empty = await heapBytes()
    await ask((probe) => probe.watch({ rows: false }))
    const perSecond = await recordAll(watched, endpointFor('websocket', url), capturePath, count)
    const { painted, ...pictures } = await ask((probe) => probe.pictures())
    await ask((probe) => probe.until('.row', '^#', 10_000))
    const grownMB = ((await heapBytes()) - empty) / 1e6
    return [
      {
        name: `(l) pictures a second while ${rate} messages/s arrive and are followed`,
        value: pictures.perSecond,
        unit: '/s',
        aim: 55,
        better: 'more',
        detail: {
          withNewsPerSecond: pictures.withNewsPerSecond,
          longestMs: pictures.longestMs,
          recordedPerSecond: perSecond,
        },
      },
      {
        name: `(l) memory of the view after ${count} frames, more by`,
        value: grownMB,
        unit: 'MB',
        aim: 30,
        better: 'less',
        detail: {},
      },
    ]
  })
}

export const socketToPaint: Measurement = async ({ port, capturePath, scaled }) => {
  const rate = 1000
  const count = scaled(10_000)
  const url = `ws://127.0.0.1:${port}/?count=${count}&rate=${rate}`
  return withPage(null, async ({ watched, ask }) => {
    await ask((probe) => probe.watch({ rows: true }))
    await recordAll(watched, endpointFor('websocket', url), capturePath, count)
    await sleep(100)
    const { painted } = await ask((probe) => probe.pictures())
    const ages = await agesOf(watched, painted)
    const at = (share: number) => ages[Math.floor(ages.length * share)] as number
    return [0.5, 0.95].map((share) => ({
      name: `(m) from the peer's socket to the picture, ${rate} messages/s, p${share * 100}`,
      value: at(share),
      unit: 'ms',
      aim: share === 0.5 ? 25 : 50,
      better: 'less',
      detail: { seen: ages.length / count, longestMs: ages.at(-1) as number },
    }))
  })
}

/** How old each message was when it was painted, in ms, in order. */
async function agesOf(
  { remote }: Watched,
  painted: readonly Painted[],
): Promise<readonly number[]> {
  const paintedAt = new Map(painted)
  const ages: number[] = []
  let began = Number.POSITIVE_INFINITY
  for (let from = 0; ; from += rowsPerPage) {
    const { rows } = await remote.rows(everything, from, rowsPerPage)
    if (rows.length === 0) break
    for (const { frame, preview } of rows) {
      const sentAt = Number(preview?.match(/"sentAt":([\d.]+)/)?.[1])
      const at = paintedAt.get(frame.seq)
      if (Number.isNaN(sentAt) || at === undefined) continue
      began = Math.min(began, sentAt)
      if (sentAt >= began + warmUpMs) ages.push(at - sentAt)
    }
  }
  if (ages.length === 0) throw new Error('No message was painted.')
  return ages.sort((a, b) => a - b)
}
