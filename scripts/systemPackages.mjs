// Set-up step: a browser to drive, a broker to watch, and what compiling the VS Code server needs.

import { existsSync } from 'node:fs'
import { environment, findProgram, run, runLogged, SetupError, say } from './process.mjs'

const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const browserPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Path of a Chromium-like browser; null when there is none. `LIFELINE_CHROMIUM` goes first. */
export function findChromium() {
  const given = process.env.LIFELINE_CHROMIUM
  if (given) return given
  for (const name of browserNames) {
    const path = findProgram(name)
    if (path) return path
  }
  return browserPaths.find((path) => existsSync(path)) ?? null
}

/** Makes sure that there is a browser; resolves with its path. */
export async function installChromium() {
  const found = findChromium()
  if (found) return found
  await installPackages(
    ['chromium'],
    'Install Chromium or Google Chrome, or name one in LIFELINE_CHROMIUM.',
  )
  const installed = findChromium()
  if (!installed) throw new SetupError('Chromium was installed but is not on the PATH.')
  return installed
}

/** Path of the MQTT broker Mosquitto; null when there is none. `LIFELINE_MOSQUITTO` goes first. */
export function findMosquitto() {
  const given = process.env.LIFELINE_MOSQUITTO
  if (given) return given
  // Debian keeps it where only root looks.
  const places = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto']
  return findProgram('mosquitto') ?? places.find((path) => existsSync(path)) ?? null
}

/**
 * Installs Mosquitto where it is missing and this system lets us; resolves with its path, or with
 * null: the tests with a real broker then say that they did not run.
 */
export async function installMosquitto() {
  const found = findMosquitto()
  if (found || !canInstall()) return found
  try {
    await installPackages(['mosquitto'], 'The tests with a real MQTT broker will not run.')
    await stopMosquittoService()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
  }
  return findMosquitto()
}

/** The same of curl, with which tests try a tap. */
export async function installCurl() {
  const found = findProgram('curl')
  if (found || !canInstall()) return found
  await installPackages(['curl'], 'Install curl: a test drives a tap with it.')
  return findProgram('curl')
}

/** Debian starts what it installs; the tests start a broker of their own. */
async function stopMosquittoService() {
  if (!existsSync('/run/systemd/system')) return
  await runLogged(
    'systemctl',
    ['disable', '--now', 'mosquitto.service'],
    'Mosquitto was installed and runs as a service: stop it with systemctl if you have no use for it.',
  )
}

/** Makes sure that native modules can be compiled, as far as this system lets us find out. */
export async function installCompiler() {
  const packages = ['libkrb5-dev', 'g++', 'make', 'python3']
  const advice =
    'Install a C++ compiler, make, Python 3 and the Kerberos headers (Debian: apt-get install ' +
    `${packages.join(' ')}; macOS: xcode-select --install).`
  if (!isDebian()) {
    const missing = ['make', 'python3'].filter((name) => !findProgram(name))
    if (missing.length > 0 && process.platform !== 'win32') throw new SetupError(advice)
    return
  }
  const missing = []
  for (const name of packages) {
    const code = await run('dpkg-query', ['-W', name], { output: 'log' })
    if (code !== 0) missing.push(name)
  }
  if (missing.length > 0) await installPackages(missing, advice)
}

function isDebian() {
  return existsSync('/etc/debian_version') && findProgram('apt-get') !== null
}

function canInstall() {
  return isDebian() && process.getuid?.() === 0
}

async function installPackages(names, advice) {
  if (!canInstall()) throw new SetupError(advice)
  say(`Installing ${names.join(', ')} with apt-get…`)
  const env = environment({ DEBIAN_FRONTEND: 'noninteractive' })
  await runLogged('apt-get', ['update'], `apt-get update failed. ${advice}`, { env })
  const args = ['install', '-y', '--no-install-recommends', ...names]
  await runLogged('apt-get', args, `apt-get install failed. ${advice}`, { env })
}
