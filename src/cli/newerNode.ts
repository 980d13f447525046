// Runs the command line again with a newer Node where this one lacks what a session needs.

import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Whether Node of this version (`22.16.0`) has what sessions and captures use: of 22.16 the newest are
 * `backup` and `timeout` of node:sqlite; zstd and the system's certificates are of 22.15.
 */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 16)
}

/** What is to be run again: `process.argv[1]`, the words after it, and Node's own options. */
export interface Rerun {
  readonly script: string
  readonly words: readonly string[]
  readonly nodeOptions: readonly string[]
}

/**
 * Runs the same command with the Node that the package's own development dependencies hold, as in
 * a checkout. Resolves with its exit status, or with null when there is no such Node.
 */
export async function runWithNewerNode({
  script,
  words,
  nodeOptions,
}: Rerun): Promise<number | null> {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = join(dirname(realpathSync(script)), '..', 'node_modules', 'node', 'bin', name)
  if (!existsSync(node) || realpathSync(node) === realpathSync(process.execPath)) return null
  const child = spawn(node, [...nodeOptions, script, ...words], { stdio: 'inherit' })
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal)
  for (const signal of signals) process.on(signal, passOn)
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (status, signal) => {
        // By convention 128 and the number of the signal.
        resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal]))
      })
    })
  } finally {
    for (const signal of signals) process.off(signal, passOn)
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
