// Makes the project ready to build, start and test. Runs on Node 20 without any package.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findCodeServer, installCodeServer } from './codeServer.mjs'
import { installNodeModules } from './nodeModules.mjs'
import { findProgram, SetupError, say, storage } from './process.mjs'
import {
  findChromium,
  findMosquitto,
  installChromium,
  installCurl,
  installMosquitto,
} from './systemPackages.mjs'

/**
 * Desktop VS Code: the path in `LIFELINE_VSCODE`, or `code` on the PATH; null when there is none or
 * when that variable says `server`. (`download` concerns the host tests alone.)
 */
export function findDesktopCode() {
  const given = process.env.LIFELINE_VSCODE
  if (given === 'server') return null
  return given && given !== 'download' ? given : findProgram('code')
}

/**
 * Does what is missing and no more; a step that is done prints nothing. `browser` and `server` say
 * whether Chromium and the VS Code server are needed, `broker` whether Mosquitto and curl are of use. Where
 * things are goes to `.vscode-test/places.json`, which the tests read. Rejects with a `SetupError`.
 */
export async function setup({ browser, server, broker = false }) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`Node 20 or newer is needed; this is ${process.version}.`)
  }
  await installNodeModules()
  const places = {
    chromium: browser ? await installChromium() : findChromium(),
    serverMain: server ? await installCodeServer() : findCodeServer(),
    desktopCode: findDesktopCode(),
    mosquitto: broker ? await installMosquitto() : findMosquitto(),
    curl: broker ? await installCurl() : findProgram('curl'),
  }
  mkdirSync(storage, { recursive: true })
  writeFileSync(join(storage, 'places.json'), `${JSON.stringify(places, null, 2)}\n`)
  return places
}

/** Runs a script's main function; a `SetupError` is printed as a sentence. */
export async function runScript(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runScript(async () => {
    await setup({ browser: true, server: true, broker: true })
    say('Set-up is complete.')
    return 0
  })
}
