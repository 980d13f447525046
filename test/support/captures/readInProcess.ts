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
console.error(process.memoryUsage().rss)`

export interface ReadOutcome {
  /** A line a file: `read` and the number of rows, or the error's code and message. Fewer when it was ended. */
  readonly said: string
  readonly tookMs: number
  readonly rssBytes: number
}

export async function readInProcess(
  paths: readonly string[],
  limitMs = 20_000,
): Promise<ReadOutcome> {
  const began = performance.now()
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...paths], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let rss = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  child.stderr.on('data', (text) => {
    rss += text
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  return { said: said.trim(), tookMs: performance.now() - began, rssBytes: Number(rss) }
}
