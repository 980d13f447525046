// Runs in the page in VS Code's place: carries its messages to the host in the bench's process, and measures there.

import { fromJson, toJson } from './plainJson.ts'
import { createProbe } from './probe.ts'
import type { Probe } from './probing.ts'

declare global {
  interface Window {
    acquireVsCodeApi: () => unknown
    probe: Probe
  }
}

const socket = new WebSocket(`ws://${location.host}/host`)
const opened = new Promise((resolve) => socket.addEventListener('open', resolve))
socket.addEventListener('message', ({ data }) => window.postMessage(fromJson(data), '*'))
let state: unknown = null

window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => void opened.then(() => socket.send(toJson(message))),
  getState: () => state,
  setState: (next: unknown) => {
    state = next
  },
})
window.probe = createProbe()
