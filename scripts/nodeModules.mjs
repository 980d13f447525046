// Set-up step: the packages of package-lock.json, Node 24 among them.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, root, runLogged, say } from './process.mjs'

// Inside node_modules: `npm ci` removes it first, so an interrupted install never looks complete.
const stampFile = join(root, 'node_modules', '.lifeline-setup')

function fingerprint() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const hash = createHash('sha256').update(lock).digest('hex')
  return `${hash} ${process.platform} ${process.arch}\n`
}

/** Installs the packages when they are missing or older than the lock file. */
export async function installNodeModules() {
  const wanted = fingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  say('Installing packages, Node 24 among them (about a minute)…')
  await runLogged(
    'npm',
    // Tools that need a newer Node than this one run under the Node that this installs.
    ['ci', '--no-audit', '--no-fund', '--engine-strict=false', '--include=dev'],
    'npm ci failed. Check that the npm registry can be reached, then run this again.',
    { env: environment() },
  )
  writeFileSync(stampFile, wanted)
}
