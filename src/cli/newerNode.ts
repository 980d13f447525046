// Runs the command line again with a Node that has node:sqlite, where this one has not.

import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

/** Whether this Node can open a capture (22.13 or newer). */
export function hasSqlite(): boolean {
  return isBuiltin('node:sqlite')
}

/**
 * Runs the same command with the Node that the package's own development dependencies hold, as in
 * a checkout. Resolves with its exit status, or with null when there is no such Node.
 */
export async function runWithNewerNode(): Promise<number | null> {
  const script = process.argv[1]
  if (script === undefined) return null
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = join(dirname(realpathSync(script)), '..', 'node_modules', 'node', 'bin', name)
  if (!existsSync(node) || realpathSync(node) === realpathSync(process.execPath)) return null
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' })
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, passOn)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) => {
      resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
