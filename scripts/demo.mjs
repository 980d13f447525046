// The demo for `npm start`: its server, and a workspace folder whose profiles connect to it.

import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { environment, root, SetupError, say, storage } from './process.mjs'

const source = join(root, 'src', 'demo', 'workspace')
/** Made afresh by every start, but for what the user has edited. */
const folder = join(storage, 'demo')
/** The folder as the last start made it. */
const made = join(storage, 'demo-made')
/** Where the demo server of the last start was: what the user has edited names it. */
const hostFile = join(storage, 'demo-host')
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
  const edited = editedFiles()
  rmSync(folder, { recursive: true, force: true })
  cpSync(source, folder, { recursive: true })
  const host = new URL(url).host
  const lastHost = existsSync(hostFile) ? readFileSync(hostFile, 'utf8') : host
  writeFileSync(hostFile, host)
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name)
    if (!statSync(path).isFile()) continue
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`127.0.0.1:${port}`, host))
  }
  rmSync(made, { recursive: true, force: true })
  cpSync(folder, made, { recursive: true })
  for (const [name, text] of edited) {
    writeFileSync(join(folder, name), text.replaceAll(lastHost, host))
    say(`Kept as you edited it: ${join(folder, name)}`)
  }
  return folder
}

/** Names and texts of the files that are not as the last start made them. */
function editedFiles() {
  if (!existsSync(folder) || !existsSync(made)) return []
  const textOf = (path) =>
    existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : null
  return readdirSync(made, { recursive: true }).flatMap((name) => {
    const now = textOf(join(folder, name))
    return now === null || now === textOf(join(made, name)) ? [] : [[name, now]]
  })
}
