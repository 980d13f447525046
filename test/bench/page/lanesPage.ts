// Shows several sessions in lanes: a model each, over one connection to the bench's process, and measures there.

import type { TimelineApi, TimelineEvents } from '../../../src/shared/calls/messages.ts'
import { createRpc, type RpcMessage } from '../../../src/shared/calls/rpc.ts'
import { LanesView } from '../../../src/webview/lanes/lanesView.ts'
import { TimelineModel } from '../../../src/webview/model/timelineModel.ts'
import { freshViewState } from '../../../src/webview/page/viewState.ts'
import { fromJson, toJson } from './plainJson.ts'
import { createProbe } from './probe.ts'
import type { Probe } from './probing.ts'

declare global {
  interface Window {
    probe: Probe
    lanes: LanesView
    /** Pictures in which the lanes were painted anew. */
    painted: number
  }
}

/** With the number of the session that it belongs to. */
interface LaneMessage {
  readonly lane: number
  readonly message: RpcMessage
}

const socket = new WebSocket(`ws://${location.host}/host`)
await new Promise((resolve) => socket.addEventListener('open', resolve))
const count = Number(new URLSearchParams(location.search).get('lanes'))

/** The time moves once the screen is full of it. */
const screenMs = 2000

const joined = Array.from({ length: count }, (_, lane) => {
  const rpc = createRpc<TimelineEvents, TimelineApi>({
    port: { post: (message) => socket.send(toJson({ lane, message })) },
    local: {
      status: async (...news) => model.handleStatus(...news),
      visible: async () => {},
      perform: async () => {},
      bookmarks: async (bookmarks) => model.bookmarks.load(bookmarks),
      habits: async (habits) => model.habits.load(habits),
    },
    report: (problem) => console.error(problem),
  })
  const model = new TimelineModel(rpc.remote)
  return { rpc, model }
})
socket.addEventListener('message', ({ data }) => {
  const { lane, message } = fromJson(data) as LaneMessage
  joined[lane]?.rpc.receive(message)
})

const view = new LanesView()
view.lanes = joined.map(({ model }) => ({ model, shiftMs: 0 }))
document.body.append(view)
document.body.style.display = 'flex'
await Promise.all(joined.map(({ model }) => model.start(() => freshViewState('bench'))))
view.restore(null, screenMs)
window.painted = 0
view.addEventListener('drawn', () => window.painted++)
window.lanes = view
window.probe = createProbe()
