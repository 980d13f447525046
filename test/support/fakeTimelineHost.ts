// Runs in the page in VS Code's place: hands out a fake VS Code API and answers the timeline's calls.

import type {
  RowFilter,
  RowPage,
  TimelineApi,
  TimelineEvents,
  TimelineSession,
} from '../../src/shared/messages.ts'
import { createRpc, RpcError } from '../../src/shared/rpc.ts'
import type { SessionStatus } from '../../src/shared/sessionState.ts'
import { createScene, type SceneName, statusOf } from './timelineScenes.ts'

/** What a test may ask of the page's host, as `fakeHost` on the page's window. */
export interface FakeTimelineHost {
  /** Calls that arrived, `rows` and `position` left out. */
  readonly calls: { readonly method: string; readonly args: readonly unknown[] }[]
  /** Rows sent so far, to see that little is read. */
  rowsSent: number
  /** Records `count` more frames and tells the page. */
  add(count: number): Promise<void>
  status(change: Partial<SessionStatus>): Promise<void>
  perform: TimelineEvents['perform']
}

interface Page {
  readonly location: { readonly search: string }
  readonly sessionStorage: {
    getItem(key: string): string | null
    setItem(key: string, value: string): void
  }
  postMessage(message: unknown, origin: string): void
  fakeHost: FakeTimelineHost
  acquireVsCodeApi(): unknown
}

const page = globalThis as unknown as Page
const query = new URLSearchParams(page.location.search)
const scene = createScene((query.get('scene') ?? 'million') as SceneName, Date.now())
let frames = scene.frames
let statusChange: Partial<SessionStatus> = {}
const calls: FakeTimelineHost['calls'] = []

function status(): SessionStatus {
  return { ...statusOf(scene, frames), ...statusChange }
}

function matches(filter: RowFilter): (seq: number) => boolean {
  const sought = filter.text.toLowerCase()
  return (seq) => (scene.row(seq).preview ?? '').toLowerCase().includes(sought)
}

const found = new Map<string, { readonly seqs: number[]; upTo: number }>()

/** Sequence numbers that a text filter lets through, read on from where the last call stopped. */
function foundSeqs(filter: RowFilter): readonly number[] {
  const key = `${filter.afterSeq} ${filter.text}`
  const state = found.get(key) ?? { seqs: [], upTo: filter.afterSeq }
  found.set(key, state)
  const isMatch = matches(filter)
  for (; state.upTo < frames; state.upTo++) {
    if (isMatch(state.upTo + 1)) state.seqs.push(state.upTo + 1)
  }
  return state.seqs
}

function rows(filter: RowFilter, from: number, count: number): RowPage {
  const seqs = filter.text === '' ? null : foundSeqs(filter)
  const total = seqs ? seqs.length : Math.max(0, frames - filter.afterSeq)
  const seqOf = (index: number) => (seqs ? (seqs[index] as number) : index + 1 + filter.afterSeq)
  const end = Math.min(total, from + count)
  const page: FakeRow[] = []
  for (let index = from; index < end; index++) {
    const { frame, preview } = scene.row(seqOf(index))
    page.push({ frame, preview })
  }
  host.rowsSent += page.length
  const previousAt = from > 0 && from <= total ? scene.row(seqOf(from - 1)).frame.at : null
  return { from, total, previousAt, rows: page, partial: false }
}
type FakeRow = RowPage['rows'][number]

function position(filter: RowFilter, seq: number): number {
  if (filter.text === '') {
    return Math.min(Math.max(0, seq - 1 - filter.afterSeq), Math.max(0, frames - filter.afterSeq))
  }
  const seqs = foundSeqs(filter)
  const at = seqs.findIndex((one) => one >= seq)
  return at < 0 ? seqs.length : at
}

function note(method: string, ...args: unknown[]): void {
  calls.push({ method, args })
}

const api: TimelineApi = {
  hydrate: async (): Promise<TimelineSession> => ({
    sessionId: 'fake',
    name: 'Trades',
    url: scene.url,
    status: status(),
    readOnly: scene.readOnly,
    untrusted: query.has('untrusted'),
  }),
  rows: async (filter, from, count) => rows(filter, from, count),
  position: async (filter, seq) => position(filter, seq),
  payload: async (seq, offset, length) => {
    const bytes = scene.row(seq).payload() ?? new Uint8Array()
    return { offset, sizeBytes: bytes.length, bytes: bytes.slice(offset, offset + length) }
  },
  disconnect: async () => note('disconnect'),
  reconnect: async () => note('reconnect'),
  send: async (message) => {
    note('send', message)
    if (!status().canSend) throw new RpcError('not-open', 'The connection is not open.')
  },
  request: async (companion) => {
    note('request', companion)
    return 2
  },
  copy: async (text) => note('copy', text),
  openPayload: async (seq) => note('openPayload', seq),
  copyDiagram: async (filter) => note('copyDiagram', filter),
  save: async (filter) => note('save', filter),
}

const rpc = createRpc<TimelineApi, TimelineEvents>({
  port: { post: (message) => page.postMessage(message, '*') },
  local: api,
  report: (problem) => console.error(problem),
})

const host: FakeTimelineHost = {
  calls,
  rowsSent: 0,
  add: async (count) => {
    frames += count
    await rpc.remote.status(status())
  },
  status: async (change) => {
    statusChange = { ...statusChange, ...change }
    await rpc.remote.status(status())
  },
  perform: (action) => rpc.remote.perform(action),
}

page.fakeHost = host
page.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => rpc.receive(structuredClone(message)),
  getState: () => JSON.parse(page.sessionStorage.getItem('state') ?? 'null'),
  setState: (state: unknown) => page.sessionStorage.setItem('state', JSON.stringify(state)),
})
