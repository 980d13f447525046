// `npm start`: the demo server, then VS Code with Lifeline in it, on a folder whose profiles connect.

import { build } from './build.mjs'
import { copyDemoWorkspace, startDemo } from './demo.mjs'
import { environment, root, run, say, tourFolder } from './process.mjs'
import { findDesktopCode, runScript, setup } from './setup.mjs'
import { packageExtension, startWorkbenchServer } from './workbenchServer.mjs'

const stops = []
let stopping = false
function stop(code) {
  if (stopping) return
  stopping = true
  for (const step of stops.reverse()) step()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stop(0))
// A signal to npm alone ends the shell between them, which hands it to nobody: the parent is gone then.
const parent = process.ppid
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid === parent || stop(0), 500).unref()
}

await runScript(async () => {
  const desktop = findDesktopCode()
  const { serverMain } = await setup({ browser: false, server: desktop === null })
  say('Building…')
  if (desktop) await build()
  else await packageExtension()
  const demo = await startDemo()
  stops.push(demo.stop)
  const folder = copyDemoWorkspace(demo.url)
  say(`Demo server: ${demo.url}`)
  if (desktop) {
    const extensions = [root, tourFolder].map((path) => `--extensionDevelopmentPath=${path}`)
    const args = ['--new-window', ...extensions, folder]
    await run(desktop, args, { env: environment() })
    say('VS Code opens with Lifeline in it: its view at the left, and the walkthrough.')
  } else {
    const server = await startWorkbenchServer(serverMain, folder)
    stops.push(server.stop)
    say('\nOpen VS Code with Lifeline in it:\n')
    say(`  ${server.address}\n`)
    say('Its view is at the left; the profiles there connect to the demo server.')
  }
  say('Ctrl+C stops everything.')
  // The children keep this process alive until then.
  return 0
})
// What had been started before a step failed must not stay behind.
if (process.exitCode) stop(process.exitCode)
