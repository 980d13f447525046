// Runs in the page in VS Code's place: hands out a fake VS Code API and answers the timeline's calls.

import { relatedFrames } from '../../../src/engine/analyses/relatedFrames.ts'
import { payloadAs } from '../../../src/engine/capture/decoding/payloadAs.ts'
import {
  createFilterIndex,
  createFilterIndexes,
} from '../../../src/engine/capture/reading/filterIndex.ts'
import { createLabelledFrames } from '../../../src/engine/capture/reading/labelledFrames.ts'
import {
  type RowSource,
  readRows,
  rowAtTime,
  rowPosition,
  rowPositions,
} from '../../../src/engine/capture/reading/rows.ts'
import { sumSelected } from '../../../src/engine/capture/reading/selectedFrames.ts'
import { createSliceReader } from '../../../src/engine/capture/reading/timeSlices.ts'
import { protocols } from '../../../src/engine/decoders/registry.ts'
import { createFollowedTail } from '../../../src/engine/followedTail.ts'
import { notOpen } from '../../../src/engine/transports/notOpen.ts'
import type { TimelineApi, TimelineEvents } from '../../../src/shared/calls/messages.ts'
import { createRpc, RpcError, type RpcMessage } from '../../../src/shared/calls/rpc.ts'
import type { SavedFilter } from '../../../src/shared/endpoint/endpoint.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import { labelBytes } from '../../../src/shared/frame/labels.ts'
import { addPackets } from '../../../src/shared/frame/toRow.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import type {
  DecodedPayload,
  PayloadPiece,
  RowFilter,
  RowPage,
} from '../../../src/shared/session/captureRows.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { slowQuery } from '../filter/slowQuery.ts'
import { quietFacts } from '../sessions/quietSession.ts'
import { fakeBookmarks } from './fakeBookmarks.ts'
import { keptHabits } from './fakeHabits.ts'
import type { FakePage, FakeTimelineHost } from './fakePage.ts'
import { fakeTapCalls } from './fakeTapCalls.ts'
import { notedCalls } from './notedCalls.ts'
import { sampleSums } from './sampleSums.ts'
import { sampleTallies } from './sampleTallies.ts'
import { offeredWith, savedFilters, savedMessages, savedRequests } from './savedSendings.ts'
import { createSceneAnalyses } from './sceneAnalyses.ts'
import { sceneFolds } from './sceneFolds.ts'
import { createScene, type SceneName, statusOf } from './timelineScenes.ts'

const page = globalThis as unknown as FakePage
const query = new URLSearchParams(page.location.search)
const scene = createScene((query.get('scene') ?? 'million') as SceneName, Date.now())
let frames = scene.frames
let statusChange: Partial<SessionStatus> = {}
const calls: FakeTimelineHost['calls'] = []
const filters: SavedFilter[] = query.has('saved') ? [...savedFilters] : []

function status(): SessionStatus {
  return { ...statusOf(scene, frames, performance.now()), ...statusChange }
}

function frameBySeq(seq: number): NewFrame | undefined {
  if (seq < 1 || seq > frames) return undefined
  const row = scene.row(seq)
  return { ...row.frame, payload: row.payload() } as NewFrame
}

const habits = keptHabits(page.sessionStorage)
const bookmarks = fakeBookmarks((seq) => scene.row(seq).frame.at)

const source: RowSource = {
  last: () => frames,
  read: (seq, count) => {
    const rows = Array.from({ length: Math.min(count, frames - seq + 1) }, (_, offset) => {
      const { frame, preview, decoded, start = null } = scene.row(seq + offset)
      return addPackets({ frame, preview, start: start?.subarray(0, labelBytes) ?? null }, decoded)
    })
    return { rows, detailChars: 0 }
  },
  at: (seq) => (seq < 1 || seq > frames ? null : scene.row(seq).frame.at),
  tally: sampleTallies((seq) => scene.row(seq).frame),
  sumBins: sampleSums((seq) => scene.row(seq).frame),
  index: createFilterIndexes((filter) => slowQuery(filter, frameBySeq)).of,
  ...sceneFolds(scene),
  bookmarks,
  wireFrames: () => (status().statistics.wireFrames > 0 ? wireFrames : null),
}
const readable = { ...source, payload: readPayload }
const drawn = createLabelledFrames()
const readSlice = createSliceReader()
const analyses = createSceneAnalyses(readable, scene.findings)
const tail = createFollowedTail()
const wireFrames = createFilterIndex(
  slowQuery({ afterSeq: 0, text: 'wire', wire: true }, frameBySeq),
  0,
)

function readPayload(seq: number, offset: number, length: number): PayloadPiece | null {
  const bytes = scene.row(seq).payload()
  return bytes && { offset, sizeBytes: bytes.length, bytes: bytes.slice(offset, offset + length) }
}

function readAs(seq: number): DecodedPayload | null {
  const frames = { frames: source.read, payload: readPayload }
  const packets = () => new Map([[seq, scene.row(seq).decoded ?? []]])
  return payloadAs(seq, frames, { packets }, { decode: 'auto', protocols })
}

function note(method: string, ...args: unknown[]): void {
  calls.push({ method, args })
}

function readPage(filter: RowFilter, from: number, count: number): RowPage {
  const labelled = drawn.from(readable, filter.show)
  const answer = readRows(labelled, filter, from, count, defaultLimits.pageChars)
  host.rowsSent += answer.rows.length
  return answer
}

function answered(): number {
  if (host.failing !== null) throw new RpcError(host.failing, 'It cannot be sent.')
  return host.answerSeq
}

const api: TimelineApi = {
  ...notedCalls(note),
  hydrate: async () => {
    if (host.silent) await new Promise(() => {})
    return {
      sessionId: 'fake',
      name: scene.name ?? 'Trades',
      url: scene.url,
      status: status(),
      readOnly: scene.readOnly,
      untrusted: query.has('untrusted'),
      keepsCredentials: scene.keepsCredentials ?? false,
      facts: {
        ...quietFacts,
        method: scene.method,
        isSaved: scene.readOnly,
        hasProfile:
          query.has('show') ||
          calls.some(({ method, args }) => method === 'act' && args[0] === 'edit-profile'),
        secretFields: query.has('saved') ? ['requests[0].headers.Authorization'] : [],
      },
      habits: habits.read(query.has('unfolded') ? { fold: 'everything', gapMs: 0 } : {}),
      show: query.get('show')?.split(' ').filter(Boolean) ?? [],
      messages: query.has('saved') ? savedMessages : [],
      requests: query.has('saved') ? savedRequests : [],
      filters,
      bookmarks: bookmarks.all(),
      typed: null,
    }
  },
  rows: async (...args) => {
    const answer = readPage(...args)
    if (answer.partial && host.searchStands) await new Promise(() => {})
    return answer
  },
  position: async (filter, seq) => rowPosition(source, filter, seq),
  follow: async (wish) => tail.follow(wish),
  positions: async (filter, seqs) => rowPositions(source, filter, seqs),
  rowAt: async (filter, at) => rowAtTime(source, filter, at),
  slice: async (filter, wish) =>
    readSlice(drawn.from(readable, filter.show), filter, wish, defaultLimits.pageChars),
  selected: async (...args) => sumSelected(source, ...args),
  payload: async (seq, offset, length) => {
    if (host.unreadable !== null) throw new RpcError('capture-not-readable', await host.unreadable)
    const piece = readPayload(seq, offset, length) ?? {
      offset,
      sizeBytes: 0,
      bytes: new Uint8Array(),
    }
    host.payloadBytes += piece.bytes.length
    return piece
  },
  payloadAs: async (seq) => readAs(seq),
  related: async (seq) => relatedFrames(drawn.from(readable).read, seq),
  analysis: async (name, scope) => analyses.answer(name, scope),
  bookmark: async (seq, text) => {
    note('bookmark', seq, text)
    if (host.failing !== null) throw new RpcError(host.failing, 'It cannot be kept.')
    await rpc.remote.bookmarks(bookmarks.set(seq, text))
    return null
  },
  send: async (message) => {
    note('send', message)
    if (!status().canSend) throw notOpen()
  },
  repeat: async (message, everyMs) => {
    note('repeat', message, everyMs)
    await host.status({ repeatMs: message === null ? null : everyMs })
  },
  request: async (companion) => {
    note('request', companion)
    return answered()
  },
  sendAgain: async (seq) => {
    note('sendAgain', seq)
    return scene.row(seq).frame.kind === 'request' ? answered() : null
  },
  ...fakeTapCalls({ note, status, tell: (change) => host.status(change) }),
  copy: async (text) => {
    note('copy', text)
    if (host.failing !== null) throw new RpcError(host.failing, 'It cannot be copied.')
  },
  showing: async () => {},
  keepTyped: async (texts) => texts,
  keepHabits: async (changes) => habits.keep(changes),
  keepFilter: async (filter) => {
    note('keepFilter', filter)
    filters.push({ name: filter, filter })
    return filters
  },
  keepMessage: async (seq) => {
    note('keepMessage', seq)
    return offeredWith(seq)
  },
}

/** Calls of the page without an answer, and a count that changes with each call and answer. */
const unanswered = new Set<number>()
let traffic = 0

function noteCall(message: RpcMessage): void {
  if (!('call' in message) || goesOn(message.method)) return
  unanswered.add(message.call)
  traffic++
}

// Before the page's own listener, which handles the answer in the same turn.
page.addEventListener('message', ({ data }) => {
  if ('reply' in data && unanswered.delete(data.reply)) traffic++
})

/** Without end, or until the test lets it end: nobody waits for its answer. */
function goesOn(method: string): boolean {
  if (method === 'hydrate') return host.silent
  if (method === 'rows') return host.searchStands
  if (method === 'payload') return host.unreadable instanceof Promise
  return method === 'analysis' || method === 'showing'
}

/** Both ways, in order: see `slowness.ts`. */
function late(act: () => void): void {
  const slownessMs = Number(query.get('slow'))
  if (slownessMs > 0) setTimeout(act, slownessMs)
  else act()
}

/** As the session's thread does. */
function tell(): Promise<void> {
  const newest = (filter: RowFilter, from: number, rows: number) => {
    const end = rowPosition(source, filter, Number.MAX_SAFE_INTEGER)
    return from < end ? readPage(filter, Math.max(from, end - rows), rows) : null
  }
  return rpc.remote.status(status(), tail.next({ tail: newest }))
}

const rpc = createRpc<TimelineApi, TimelineEvents>({
  port: { post: (message) => late(() => page.postMessage(message, '*')) },
  local: api,
  report: (problem) => console.error(problem),
})

const host: FakeTimelineHost = {
  ...{ calls, rowsSent: 0, payloadBytes: 0, unreadable: null },
  ...{ answerSeq: 2, failing: null, silent: false, searchStands: false },
  add: async (count) => {
    frames += count
    await tell()
  },
  status: async (change) => {
    statusChange = { ...statusChange, ...change }
    await tell()
  },
  perform: (action) => rpc.remote.perform(action),
  settled: async () => {
    // A picture may show that another size or other rows are needed, which the next ones show.
    for (let still = 0; still < 3; ) {
      const before = traffic
      await new Promise<void>((drawn) => page.requestAnimationFrame(drawn))
      still = unanswered.size === 0 && traffic === before ? still + 1 : 0
    }
  },
}

page.fakeHost = host
page.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => {
    const copy = structuredClone(message) as RpcMessage
    noteCall(copy)
    late(() => rpc.receive(copy))
  },
  getState: () => JSON.parse(page.sessionStorage.getItem('state') ?? 'null'),
  setState: (state: unknown) => page.sessionStorage.setItem('state', JSON.stringify(state)),
})
