// Set-up step: a whole VS Code server and web workbench, from the npm package code-server.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { environment, runLogged, say, storage } from './process.mjs'
import { installCompiler } from './systemPackages.mjs'

/** VS Code 1.139.1. */
const version = '4.139.1'
const folder = join(storage, 'code-server')
const packageFolder = join(folder, 'node_modules', 'code-server')

const serverMain = join(packageFolder, 'lib', 'vscode', 'out', 'server-main.js')

/** The server's entry point, to be run by Node 24; null when the pinned version is not there. */
export function findCodeServer() {
  if (!existsSync(serverMain)) return null
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  return manifest.version === version ? serverMain : null
}

/** Installs the pinned version where it is missing; resolves with its entry point. */
export async function installCodeServer() {
  const found = findCodeServer()
  if (found) return found
  await installCompiler()
  say(`Installing the VS Code server (code-server ${version}; two minutes, 620 MB)…`)
  // Installed aside and moved when complete, so that an interrupted install never looks complete.
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const manifest = {
    private: true,
    dependencies: { 'code-server': version },
    allowScripts: { 'code-server': true, argon2: true },
  }
  writeFileSync(join(part, 'package.json'), JSON.stringify(manifest))
  await runLogged(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-package-lock'],
    'The VS Code server could not be installed. Check that the npm registry can be reached, then run this again.',
    { cwd: part, env: environment(headers()) },
  )
  rmSync(folder, { recursive: true, force: true })
  renameSync(part, folder)
  return serverMain
}

/** Node's headers beside the Node that runs this, where it has them, spare node-gyp a download. */
function headers() {
  const prefix = dirname(dirname(process.execPath))
  const there = existsSync(join(prefix, 'include', 'node', 'node.h'))
  return there && !process.env.npm_config_nodedir ? { npm_config_nodedir: prefix } : {}
}
