// (i), (j), (k): the built command line as a shell runs it, into a pipe, into a file, and before a slow reader.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openCapture } from '../../src/engine/capture/capture.ts'
import { projectFolder } from '../support/places.ts'
import { alternate } from './alternate.ts'
import type { Bench, Measurement } from './measure.ts'

const size = 128
const slowBytesPerSecond = 32e6
const everyMs = 20

/** The line's words as a shell takes them, `command` being `lifeline watch` at a flood of the peer's. */
function runInShell({ port }: Bench, count: number, line: string): ChildProcess {
  const url = `ws://127.0.0.1:${port}/?count=${count}&size=${size}`
  const command = `exec "$0" "${join(projectFolder, 'dist', 'cli.js')}" watch "${url}"`
  return spawn('/bin/sh', ['-c', line.replace('command', command), process.execPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** ASCII, whose runs are shortened, with a capture; as fast as the extension's thread, which draws nothing. */
export const drawnRate: Measurement = async (bench) => {
  const count = bench.scaled(1_000_000)
  const watch = async (): Promise<number> => {
    for (const suffix of ['', '-wal', '-shm']) await rm(bench.capturePath + suffix, { force: true })
    const line = `command --capture '${bench.capturePath}' | cat > /dev/null`
    await once(runInShell(bench, count, line), 'close')
    const capture = openCapture(bench.capturePath)
    const { statistics, startedAt, endedAt } = capture.savedStatus()
    capture.close()
    if (statistics.framesIn < count) throw new Error(`${statistics.framesIn} of ${count} came`)
    return (count / ((endedAt ?? 0) - (startedAt ?? 0))) * 1000
  }
  return [
    await alternate(
      { name: `(i) command line, ${count} × ${size} B, drawn and kept, to bare ws`, aim: 0.25 },
      bench,
      { client: 'webSocket', count, size },
      async () => ({ perSecond: await watch(), cpuMs: null }),
    ),
  ]
}

export const ndjsonRate: Measurement = async (bench) => {
  const count = bench.scaled(1_000_000)
  const path = join(bench.scratch, 'bench.ndjson')
  await once(runInShell(bench, count, `command --format ndjson > '${path}'`), 'close')
  const { lines, bytes, lastMs } = await readLines(createReadStream(path), count)
  await rm(path)
  return [
    {
      name: `(j) command line, ${count} × ${size} B as NDJSON into a file`,
      value: (count / lastMs) * 1000,
      unit: '/s',
      aim: 250_000,
      better: 'more',
      detail: { lines, megabytes: bytes / 1e6 },
    },
  ]
}

/** The end is asked for in the middle of a flood: what it keeps for the reader counts, too. */
export const slowReader: Measurement = async (bench) => {
  const count = bench.scaled(500_000)
  const child = runInShell(bench, 100 * count, 'command --format ndjson')
  let peakMB = 0
  const watching = setInterval(async () => {
    peakMB = Math.max(peakMB, await memoryOf(child))
  }, 100)
  const stop = () => void child.kill('SIGINT')
  const { lines, lastMs } = await readLines(slowly(child.stdout as Readable), count, stop)
  clearInterval(watching)
  return [
    {
      name: `(k) command line before a reader of ${slowBytesPerSecond / 1e6} MB/s, until its end, memory`,
      value: peakMB,
      unit: 'MB',
      aim: 200,
      better: 'less',
      detail: { lines, perSecond: (lines / lastMs) * 1000 },
    },
  ]
}

/** At most so much a second, however much there is. */
async function* slowly(from: Readable): AsyncGenerator<Buffer> {
  const startedAt = performance.now()
  let bytes = 0
  for await (const piece of from as AsyncIterable<Buffer>) {
    yield piece
    bytes += piece.length
    const aheadMs = (bytes / slowBytesPerSecond) * 1000 - (performance.now() - startedAt)
    if (aheadMs > everyMs) await sleep(aheadMs)
  }
}

/**
 * Counts the lines, and finds the last one's `elapsedMs`. Throws unless each frame has its line, and there are as many
 * as the messages. Calls `onEnough` at that line.
 */
async function readLines(from: AsyncIterable<Buffer>, messages: number, onEnough?: () => void) {
  let lines = 0
  let bytes = 0
  let tail = ''
  for await (const piece of from) {
    bytes += piece.length
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) {
      if (++lines === messages) onEnough?.()
    }
    tail = (tail + piece.toString('latin1')).slice(-4096)
  }
  const { seq, kind, elapsedMs } = JSON.parse(tail.trimEnd().split('\n').at(-1) ?? '')
  if (kind !== 'end' || seq !== lines || lines < messages) {
    throw new Error(`${lines} lines of ${messages} messages came, the last with ${seq}`)
  }
  return { lines, bytes, lastMs: Number(elapsedMs) }
}

/** Megabytes; 0 for a process that has ended. */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const asked = promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return asked.then(
    ({ stdout }) => Number(stdout) / 1000,
    () => 0,
  )
}
