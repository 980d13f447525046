// The VS Code server for `npm start`, with Lifeline installed in it as users install it.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, runLogged, SetupError, storage, tourFolder } from './process.mjs'

// Kept from start to start: the user's settings, and the token in the address.
const home = join(storage, 'start')
const tokenFile = join(home, 'token')
const vsix = join(home, 'lifeline.vsix')
const tourVsix = join(home, 'startTour.vsix')
const firstPort = 7412

const settings = {
  // The folder is this project's own.
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
  'extensions.autoCheckUpdates': false,
}

/** Builds and packages the extension, and the one that shows it. */
export async function packageExtension() {
  mkdirSync(home, { recursive: true })
  const args = ['package', '--no-dependencies', '--out']
  await runLogged('vsce', [...args, vsix], 'Lifeline could not be packaged.')
  const short = ['--skip-license', '--allow-missing-repository']
  await runLogged('vsce', [...args, tourVsix, ...short], 'The tour could not be packaged.', {
    cwd: tourFolder,
  })
}

/**
 * Starts the server on the first free port from 7412, with the extension as it was packaged last; resolves with the address of a window on
 * `folder`, which holds the token that the server asks for, and the way to stop it.
 */
export async function startWorkbenchServer(serverMain, folder) {
  const userFolder = join(home, 'data', 'User')
  mkdirSync(userFolder, { recursive: true })
  const settingsFile = join(userFolder, 'settings.json')
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify(settings, null, 2))
  // Without a token, every page that the user has open could reach the server.
  const token = randomBytes(16).toString('hex')
  writeFileSync(tokenFile, token, { mode: 0o600 })

  const flags = [
    ...['--host', '127.0.0.1', '--port', `${firstPort}-${firstPort + 80}`],
    ...['--connection-token-file', tokenFile, '--accept-server-license-terms'],
    ...['--telemetry-level', 'off', '--server-data-dir', home],
    ...['--install-extension', vsix, '--install-extension', tourVsix],
    ...['--force', '--start-server'],
  ]
  const child = spawn('node', [serverMain, ...flags], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that its extension hosts end with it.
    detached: process.platform !== 'win32',
  })
  let output = ''
  const port = await new Promise((resolve, reject) => {
    const collect = (chunk) => {
      output += chunk
      const found = /Web UI available at http:\/\/localhost:(\d+)/.exec(output)
      if (found) resolve(found[1])
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', reject)
    child.once('exit', () => reject(new SetupError(`The VS Code server ended.\n${output}`)))
  })
  child.stdout.removeAllListeners('data').resume()
  child.stderr.removeAllListeners('data').resume()
  const query = new URLSearchParams({ tkn: token, folder })
  return { address: `http://127.0.0.1:${port}/?${query}`, stop: () => stopGroup(child) }
}

function stopGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGTERM')
  } catch (error) {
    // ESRCH: it has ended by itself.
    if (error.code !== 'ESRCH') throw error
  }
}
