// (q): what decoding costs, while a session records and when its capture is opened.

import { DatabaseSync } from 'node:sqlite'
import type { RowFilter } from '../../src/shared/session/captureRows.ts'
import type { Bench, Measure, Measurement } from './measure.ts'
import { endpointFor, recordAll, startWorker } from './watched.ts'

const turns = 3
const rowsPerPage = 60
const everything: RowFilter = { afterSeq: 0, text: '', wire: false }

export const decoding: Measurement = async (bench) => {
  const count = bench.scaled(1_000_000)
  const rates: number[] = []
  const ratios: number[] = []
  const cpuRatios: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const plain = await record(bench, count, 'off')
    const decoded = await record(bench, count, 'auto')
    rates.push(decoded.perSecond)
    ratios.push(decoded.perSecond / plain.perSecond)
    cpuRatios.push(plain.cpuMs / decoded.cpuMs)
  }
  return [
    {
      name: `(q) WebSocket, ${count} × 128 B of JSON-RPC, to without decoding`,
      value: median(ratios),
      unit: '',
      aim: 0.8,
      better: 'more',
      detail: { perSecond: median(rates), cpuRatio: median(cpuRatios) },
    },
    ...(await openUndecoded(bench, count)),
  ]
}

/** Frames a second, and the processor time that all of them took, those that are decoded behind them among it. */
async function record({ port, capturePath }: Bench, count: number, decode: string) {
  const worker = startWorker()
  await worker.ready()
  const endpoint = endpointFor('websocket', `ws://127.0.0.1:${port}/?count=${count}&size=128&rpc`)
  const before = process.cpuUsage()
  const perSecond = await recordAll(worker, { ...endpoint, decode }, capturePath, count)
  const { user, system } = process.cpuUsage(before)
  await worker.close()
  return { perSecond, cpuMs: (user + system) / 1000 }
}

/** The capture of the last turn, as one that was never decoded to its end. */
async function openUndecoded({ capturePath }: Bench, count: number): Promise<readonly Measure[]> {
  const database = new DatabaseSync(capturePath)
  database.exec('DELETE FROM decoding')
  database.close()
  const reader = startWorker()
  await reader.ready()
  const began = performance.now()
  const before = process.cpuUsage()
  await reader.remote.open(capturePath)
  await reader.remote.rows(everything, 0, rowsPerPage)
  const firstMs = performance.now() - began
  // A view that waits asks so often.
  while ((await reader.remote.rows(everything, count - rowsPerPage, rowsPerPage)).undecoded) {
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const allMs = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  await reader.close()
  return [
    {
      name: `(q) ${count} frames decoded, from opening on`,
      value: allMs,
      unit: 'ms',
      aim: 5000,
      better: 'less',
      // Other programs do not change that.
      detail: { firstRowsMs: firstMs, cpuMs: (user + system) / 1000 },
    },
  ]
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
