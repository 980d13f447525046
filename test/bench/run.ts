// `npm run bench`: what Lifeline costs, as ratios to the bare libraries within one run.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { activation } from './activation.ts'
import { floodedLanes } from './browser/lanesView.ts'
import { floodedView, socketToPaint } from './browser/liveView.ts'
import { longOverview, millionInView } from './browser/savedView.ts'
import { drawnRate, ndjsonRate, slowReader } from './commandLine.ts'
import { decoding } from './decoding.ts'
import { floodedMain } from './mainThread.ts'
import { type Bench, type Measure, type Measurement, reached, round, tableRow } from './measure.ts'
import { openCapture } from './openCapture.ts'
import { pollRate, sseRate, webSocketRates } from './rates.ts'
import { sizes } from './sizes.ts'
import { tapped } from './tapped.ts'

/**
 * By the letters of the aims; letters as arguments pick some. The table goes to stderr, JSON to stdout.
 * `d` has `e` with it, and comes first: later the process has memory that others have left.
 */
const measurements: Readonly<Record<string, Measurement>> = {
  d: floodedMain,
  a: webSocketRates,
  b: sseRate,
  c: pollRate,
  f: openCapture,
  g: activation,
  h: sizes,
  i: drawnRate,
  j: ndjsonRate,
  k: slowReader,
  l: floodedView,
  m: socketToPaint,
  n: millionInView,
  o: longOverview,
  p: floodedLanes,
  q: decoding,
  r: tapped,
}

/** Three digits, as in the table. */
const asJson = (measure: Measure) => ({
  ...measure,
  value: round(measure.value),
  detail: Object.fromEntries(Object.entries(measure.detail).map(([key, one]) => [key, round(one)])),
  reached: reached(measure),
})

const scale = Number(process.env.LIFELINE_BENCH_SCALE ?? 1)
const letters = process.argv.slice(2)
const peer = fork(fileURLToPath(new URL('./peer.ts', import.meta.url)))
const scratch = await mkdtemp(join(tmpdir(), 'lifeline-bench-'))
try {
  const [port] = (await once(peer, 'message')) as [number]
  const bench: Bench = {
    port,
    scratch,
    capturePath: join(scratch, 'bench.lifeline'),
    scaled: (count) => Math.max(1000, Math.round(count * scale)),
  }
  const measures: Measure[] = []
  for (const letter of letters.length > 0 ? letters : Object.keys(measurements)) {
    const measurement = measurements[letter]
    if (!measurement) throw new Error(`There is no measurement ${letter}.`)
    for (const measure of await measurement(bench)) {
      measures.push(measure)
      console.error(tableRow(measure))
    }
  }
  console.log(JSON.stringify(measures.map(asJson), null, 2))
} finally {
  peer.disconnect()
  await rm(scratch, { recursive: true, force: true })
}
