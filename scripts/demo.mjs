// The demo for `npm start`: its server, and a workspace folder whose profiles connect to it.

import { spawn } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, root, SetupError, storage } from './process.mjs'

const source = join(root, 'src', 'demo', 'workspace')
/** Made afresh by every start. */
const folder = join(storage, 'demo')
const port = 7411

/** Starts the demo server in a process of its own; resolves with its address and the way to stop it. */
export async function startDemo() {
  const child = spawn('node', [join('dist', 'demo.js'), '--port', String(port)], {
    cwd: root,
    env: environment(),
    // It ends by itself when this process is gone, since the channel closes.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl+C reaches this process alone, which then stops everything in order.
    detached: true,
  })
  const url = await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message.url))
    child.once('error', reject)
    child.once('exit', (code) => reject(new SetupError(`The demo server ended with ${code}.`)))
  })
  child.removeAllListeners('exit')
  return { url, stop: () => child.kill('SIGTERM') }
}

/** Copies the demo workspace, with the server's real address; answers with the folder. */
export function copyDemoWorkspace(url) {
  rmSync(folder, { recursive: true, force: true })
  cpSync(source, folder, { recursive: true })
  const host = new URL(url).host
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name)
    if (!statSync(path).isFile()) continue
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`127.0.0.1:${port}`, host))
  }
  return folder
}
