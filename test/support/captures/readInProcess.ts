// Reads whole captures in a process of its own, which is ended when it takes too long: native code cannot be.

import { spawn } from 'node:child_process'

const script = `
import { readWholeCapture } from '${new URL('./readWholeCapture.ts', import.meta.url)}'
for (const path of process.argv.slice(1)) {
  try {
    const { rows } = readWholeCapture(path, 100000)
    console.log('read ' + rows.length)
  } catch (error) {
    console.log((error.code ?? 'thrown') + ' ' + error.message)
  }
}
const { user, system } = process.cpuUsage()
console.error(process.memoryUsage().rss + ' ' + (user + system) / 1000)`

export interface ReadOutcome {
  /** A line a file: `read` and the number of rows, or the error's code and message. Fewer when it was ended. */
  readonly said: string
  /** Of the processor, for this process alone; not a number when it was ended. */
  readonly tookMs: number
  readonly rssBytes: number
}

export async function readInProcess(
  paths: readonly string[],
  limitMs = 60_000,
): Promise<ReadOutcome> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...paths], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let used = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  child.stderr.on('data', (text) => {
    used += text
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  const [rssBytes, tookMs] = used.split(' ').map(Number)
  return { said: said.trim(), tookMs: tookMs ?? Number.NaN, rssBytes: rssBytes ?? Number.NaN }
}
