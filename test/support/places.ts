// Paths of what set-up fetched for the tests: `npm test` and `node scripts/setup.mjs` write them down.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the project, without a slash at the end. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

export interface Places {
  readonly chromium: string | null
  /** Entry point of the VS Code server. */
  readonly serverMain: string | null
  /** Desktop VS Code. */
  readonly desktopCode: string | null
  /** The MQTT broker. */
  readonly mosquitto: string | null
  readonly curl: string | null
}

/** Throws a sentence when set-up has not run. */
export function readPlaces(): Places {
  const path = join(projectFolder, '.vscode-test', 'places.json')
  if (!existsSync(path)) throw new Error('Run `node scripts/setup.mjs` first.')
  return JSON.parse(readFileSync(path, 'utf8')) as Places
}
