// (f): opening a large capture and reading any page of it.

import type { RowFilter } from '../../src/shared/session/captureRows.ts'
import type { Measurement } from './measure.ts'
import { endpointFor, recordAll, startWorker } from './watched.ts'

const rowsPerPage = 60
const pages = 200
const everything: RowFilter = { afterSeq: 0, text: '', wire: false }

export const openCapture: Measurement = async ({ port, capturePath, scaled }) => {
  const count = scaled(1_000_000)
  const recorder = startWorker()
  const url = `ws://127.0.0.1:${port}/?count=${count}&size=128`
  await recordAll(recorder, endpointFor('websocket', url), capturePath, count)
  await recorder.close()

  const reader = startWorker()
  await reader.ready()
  const opened = performance.now()
  await reader.remote.open(capturePath)
  await reader.remote.rows(everything, 0, rowsPerPage)
  const openMs = performance.now() - opened
  const times: number[] = []
  for (let n = 0; n < pages; n++) {
    // The golden ratio's multiples fall everywhere, and never twice at the same place.
    const from = Math.floor((count - rowsPerPage) * ((n * 0.618) % 1))
    const asked = performance.now()
    await reader.remote.rows(everything, from, rowsPerPage)
    times.push(performance.now() - asked)
  }
  const folding: RowFilter = { ...everything, gapMs: 1000, fold: { level: 'bursts', open: [] } }
  const began = performance.now()
  let slowestSliceMs = 0
  for (let isPartial = true; isPartial; ) {
    const asked = performance.now()
    isPartial = (await reader.remote.rows(folding, 0, rowsPerPage)).partial
    slowestSliceMs = Math.max(slowestSliceMs, performance.now() - asked)
  }
  const foldMs = performance.now() - began
  await reader.close()
  times.sort((a, b) => a - b)
  return [
    {
      name: `(f) open a capture of ${count} frames, first page`,
      value: openMs,
      unit: 'ms',
      aim: 300,
      better: 'less',
      detail: {},
    },
    {
      name: `(f) any page of ${rowsPerPage} rows, slowest of ${pages}`,
      value: times.at(-1) as number,
      unit: 'ms',
      aim: 10,
      better: 'less',
      detail: { medianMs: times[pages / 2] as number },
    },
    {
      name: `(f) fold ${count} frames, repeats, bursts and silences`,
      value: foldMs,
      unit: 'ms',
      aim: 1500,
      better: 'less',
      detail: { slowestSliceMs },
    },
  ]
}
