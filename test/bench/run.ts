// `npm run bench`: what Lifeline costs, as ratios to the bare libraries within one run. Prints a table and JSON.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { bareEventSource, bareHttp, bareWebSocket } from './bare.ts'
import { endpointFor, recordAll, start, startWorker } from './watched.ts'

interface Measure {
  readonly name: string
  readonly aim: string
  readonly value: number
  readonly unit: string
  readonly reached: boolean
  readonly detail: Readonly<Record<string, number>>
}

const scale = Number(process.env.LIFELINE_BENCH_SCALE ?? 1)
const scratch = await mkdtemp(join(tmpdir(), 'lifeline-bench-'))
const capturePath = join(scratch, 'bench.lifeline')
const peer = fork(fileURLToPath(new URL('./peer.ts', import.meta.url)))
const [port] = (await once(peer, 'message')) as [number]
const measures: Measure[] = []

function report(measure: Measure): void {
  measures.push(measure)
  const { name, value, unit, aim, reached } = measure
  console.error(`${reached ? '  ' : '! '}${name.padEnd(58)} ${round(value)} ${unit} (aim ${aim})`)
}

const round = (value: number) => Number(value.toPrecision(3))
const scaled = (count: number) => Math.max(1000, Math.round(count * scale))

async function captureRate(letter: string, full: number, size: number, aim: number): Promise<void> {
  const count = scaled(full)
  const bare = await bareWebSocket(port, count, size)
  const watched = startWorker()
  const url = `ws://127.0.0.1:${port}/?count=${count}&size=${size}`
  const ours = await recordAll(watched, endpointFor('websocket', url), capturePath, count)
  await watched.close()
  report({
    name: `${letter} WebSocket capture, ${count} × ${size} B, to bare ws`,
    aim: `≥ ${aim}`,
    value: ours / bare,
    unit: '',
    reached: ours / bare >= aim,
    detail: { oursPerSecond: round(ours), barePerSecond: round(bare) },
  })
}

async function sseRate(): Promise<void> {
  const count = scaled(300_000)
  const bare = await bareEventSource(port, count, 128)
  const watched = startWorker()
  const url = `http://127.0.0.1:${port}/sse?count=${count}&size=128`
  const ours = await recordAll(watched, endpointFor('sse', url), capturePath, count)
  await watched.close()
  report({
    name: `(b) SSE capture, ${count} × 128 B, to bare eventsource`,
    aim: '≥ 0.5',
    value: ours / bare,
    unit: '',
    reached: ours / bare >= 0.5,
    detail: { oursPerSecond: round(ours), barePerSecond: round(bare) },
  })
}

async function pollRate(): Promise<void> {
  const count = scaled(10_000)
  await bareHttp(port, 1000)
  const bare = await bareHttp(port, count)
  const watched = startWorker()
  const done = watched.until(({ statistics }) => statistics.framesIn >= count)
  await start(watched, endpointFor('polling', `http://127.0.0.1:${port}/poll`), capturePath)
  const { statistics, startedAt } = await done
  const ours =
    (statistics.framesIn / (performance.timeOrigin + performance.now() - (startedAt ?? 0))) * 1000
  await watched.remote.stop()
  await watched.close()
  report({
    name: '(c) polls on a kept-alive connection, to a bare http loop',
    aim: '≥ 0.7',
    value: ours / bare,
    unit: '',
    reached: ours / bare >= 0.7,
    detail: { oursPerSecond: round(ours), barePerSecond: round(bare) },
  })
}

/** (d) and (e): what the main thread feels, and what 5 million frames leave in memory. */
async function floodedMain(): Promise<void> {
  const count = scaled(5_000_000)
  const watched = startWorker()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  delay.enable()
  const url = `ws://127.0.0.1:${port}/?count=${count}&size=128`
  await recordAll(watched, endpointFor('websocket', url), capturePath, count)
  delay.disable()
  const grown = (process.memoryUsage().rss - before) / 1e6
  const p99 = delay.percentile(99) / 1e6
  await watched.close()
  report({
    name: '(d) event-loop delay on the main thread at full rate, p99',
    aim: '< 10 ms',
    value: p99,
    unit: 'ms',
    reached: p99 < 10,
    detail: { maxMs: round(delay.max / 1e6) },
  })
  report({
    name: `(e) memory of main and worker after ${count} frames`,
    aim: '< 150 MB',
    value: grown,
    unit: 'MB',
    reached: grown < 150,
    detail: {},
  })
}

async function openBig(): Promise<void> {
  const count = scaled(1_000_000)
  const recorder = startWorker()
  const url = `ws://127.0.0.1:${port}/?count=${count}&size=128`
  await recordAll(recorder, endpointFor('websocket', url), capturePath, count)
  await recorder.close()
  const reader = startWorker()
  await reader.remote.status().catch(() => undefined)
  const opened = performance.now()
  await reader.remote.open(capturePath)
  await reader.remote.rows({ afterSeq: 0, text: '', wire: false }, 0, 60)
  const openMs = performance.now() - opened
  let slowest = 0
  for (let n = 0; n < 200; n++) {
    const asked = performance.now()
    await reader.remote.rows(
      { afterSeq: 0, text: '', wire: false },
      Math.floor((count - 60) * ((n * 0.618) % 1)),
      60,
    )
    slowest = Math.max(slowest, performance.now() - asked)
  }
  await reader.close()
  report({
    name: `(f) open a capture of ${count} frames and show its first page`,
    aim: '< 300 ms',
    value: openMs,
    unit: 'ms',
    reached: openMs < 300,
    detail: {},
  })
  report({
    name: '(f) any page of 60 rows, slowest of 200',
    aim: '< 10 ms',
    value: slowest,
    unit: 'ms',
    reached: slowest < 10,
    detail: {},
  })
}

async function sizes(): Promise<void> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const detail: Record<string, number> = {}
  for (const file of ['extension', 'worker', 'webview', 'cli', 'demo']) {
    detail[`${file}KB`] = round((await stat(join(root, 'dist', `${file}.js`))).size / 1000)
  }
  const vsix = process.env.LIFELINE_VSIX
  const megabytes = vsix ? (await stat(vsix)).size / 1e6 : Number.NaN
  report({
    name: '(h) VSIX',
    aim: '< 1 MB',
    value: megabytes,
    unit: 'MB',
    reached: megabytes < 1,
    detail,
  })
}

try {
  await captureRate('(a)', 1_000_000, 128, 0.2)
  await captureRate('(a)', 200_000, 2048, 0.4)
  await sseRate()
  await pollRate()
  await floodedMain()
  await openBig()
  await sizes()
  console.log(JSON.stringify(measures, null, 2))
} finally {
  peer.disconnect()
  await rm(scratch, { recursive: true, force: true })
}
