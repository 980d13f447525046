// (d) and (e): what the main thread feels of a flood, and what it leaves in memory.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Measurement } from './measure.ts'
import { endpointFor, recordAll, startWorker } from './watched.ts'

const idleMs = 3000

export const floodedMain: Measurement = async ({ port, capturePath, scaled }) => {
  const count = scaled(5_000_000)
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const watched = startWorker()
  await watched.ready()
  // What the machine itself delays: the same clock with nothing to do.
  const idle = await observe(() => sleep(idleMs))
  const url = `ws://127.0.0.1:${port}/?count=${count}&size=128`
  const flooded = await observe(async () => {
    await recordAll(watched, endpointFor('websocket', url), capturePath, count)
  })
  const grown = (process.memoryUsage().rss - before) / 1e6
  await watched.close()
  return [
    {
      name: '(d) event-loop delay of the main thread at full rate, p99',
      value: flooded.p99Ms,
      unit: 'ms',
      aim: 10,
      better: 'less',
      detail: {
        maxMs: flooded.maxMs,
        idleP99Ms: idle.p99Ms,
        idleMaxMs: idle.maxMs,
        cpuPercent: flooded.cpuPercent,
      },
    },
    {
      name: `(e) memory of main and worker after ${count} frames, more by`,
      value: grown,
      unit: 'MB',
      aim: 150,
      better: 'less',
      detail: {},
    },
  ]
}

interface Observed {
  readonly p99Ms: number
  readonly maxMs: number
  /** Processor time of the main thread alone. */
  readonly cpuPercent: number
}

async function observe(run: () => Promise<void>): Promise<Observed> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const started = performance.now()
  const cpu = process.threadCpuUsage()
  delay.enable()
  await run()
  delay.disable()
  const { user, system } = process.threadCpuUsage(cpu)
  return {
    p99Ms: delay.percentile(99) / 1e6,
    maxMs: delay.max / 1e6,
    cpuPercent: (user + system) / 10 / (performance.now() - started),
  }
}
