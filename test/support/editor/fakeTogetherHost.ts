// Runs in the page in VS Code's place where it shows several sessions: messages that take turns in the sessions.

import { relatedFrames } from '../../../src/engine/analyses/relatedFrames.ts'
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
import { createSliceReader } from '../../../src/engine/capture/reading/timeSlices.ts'
import type { TimelineApi, TimelineEvents } from '../../../src/shared/calls/messages.ts'
import { createRpc, type RpcMessage } from '../../../src/shared/calls/rpc.ts'
import {
  type TogetherApi,
  type TogetherEvents,
  togetherId,
} from '../../../src/shared/calls/togetherApi.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import { labelBytes } from '../../../src/shared/frame/labels.ts'
import { addPackets } from '../../../src/shared/frame/toRow.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import type { Finding } from '../../../src/shared/session/findings.ts'
import { slowQuery } from '../filter/slowQuery.ts'
import { quietSession } from '../sessions/quietSession.ts'
import { fakeBookmarks } from './fakeBookmarks.ts'
import { keptHabits } from './fakeHabits.ts'
import type { FakePage, FakeTogetherHost } from './fakePage.ts'
import { fakeTapCalls } from './fakeTapCalls.ts'
import { sampleFindings } from './findingsScene.ts'
import { modelScene } from './modelScene.ts'
import { notedCalls } from './notedCalls.ts'
import { sampleSums } from './sampleSums.ts'
import { sampleTallies } from './sampleTallies.ts'
import { createSceneAnalyses } from './sceneAnalyses.ts'
import { sceneFolds } from './sceneFolds.ts'
import { statusOf } from './timelineScenes.ts'
import { turnScene } from './turnScene.ts'

const page = globalThis as unknown as FakePage<FakeTogetherHost>
const query = new URLSearchParams(page.location.search)
const names = (query.get('together') ?? 'One,Two').split(',')
const startedAt = Date.now() - 3_600_000
const habits = keptHabits(page.sessionStorage)
const calls: FakeTogetherHost['calls'] = []
const receivers = new Map<unknown, (message: RpcMessage) => void>()
const unanswered = new Set<string>()
let traffic = 0

function note(method: string, ...args: unknown[]): void {
  calls.push({ method, args })
}

/** Both ways, in order: see `slowness.ts`. */
function late(act: () => void): void {
  const slownessMs = Number(query.get('slow'))
  if (slownessMs > 0) setTimeout(act, slownessMs)
  else act()
}

/** Joins what answers to the messages that carry the id. */
function join<Local extends object, Remote extends object>(
  sessionId: string,
  local: Local,
): Remote {
  const rpc = createRpc<never, never>({
    port: {
      post: (message) => {
        late(() => {
          if ('reply' in message && unanswered.delete(`${sessionId} ${message.reply}`)) traffic++
          page.postMessage({ ...message, sessionId }, '*')
        })
      },
    },
    local: local as never,
    report: (problem) => console.error(problem),
  })
  receivers.set(sessionId, rpc.receive)
  return rpc.remote as unknown as Remote
}

/** Sessions that the query names. */
function named(what: string): readonly string[] {
  return (query.get(what) ?? '').split(',')
}

/** Those of a session that is named in the query; nothing was found in any other. */
function findingsOf(name: string): readonly Finding[] {
  return named('flawed').includes(name) ? sampleFindings : []
}

function createLane(name: string, lane: number) {
  const isModel = named('models').includes(name)
  const scene = isModel ? modelScene() : turnScene({ name, lane, lanes: names.length, startedAt })
  let frames = isModel ? scene.frames : Number(query.get('frames') ?? 100)
  const frameBySeq = (seq: number) =>
    seq < 1 || seq > frames
      ? undefined
      : ({ ...scene.row(seq).frame, payload: scene.row(seq).payload() } as NewFrame)
  const bookmarks = fakeBookmarks((seq) => scene.row(seq).frame.at)
  const readPayload = (seq: number, offset: number, length: number) => {
    const bytes = scene.row(seq).payload()
    return bytes && { offset, sizeBytes: bytes.length, bytes: bytes.slice(offset, offset + length) }
  }
  const wireFrames = createFilterIndex({ matches: () => [] }, 0)
  const source: RowSource & { payload: typeof readPayload } = {
    last: () => frames,
    read: (seq, count) => ({
      rows: Array.from({ length: Math.min(count, frames - seq + 1) }, (_, offset) => {
        const { frame, preview, decoded, start = null } = scene.row(seq + offset)
        return addPackets(
          { frame, preview, start: start?.subarray(0, labelBytes) ?? null },
          decoded,
        )
      }),
      detailChars: 0,
    }),
    at: (seq) => frameBySeq(seq)?.at ?? null,
    tally: sampleTallies((seq) => scene.row(seq).frame),
    sumBins: sampleSums((seq) => scene.row(seq).frame),
    index: createFilterIndexes((filter) => slowQuery(filter, frameBySeq)).of,
    ...sceneFolds(scene),
    bookmarks,
    wireFrames: () => wireFrames,
    payload: readPayload,
  }
  const drawn = createLabelledFrames()
  const readSlice = createSliceReader()
  const analyses = createSceneAnalyses(source, findingsOf(name))
  const status = () => statusOf(scene, frames, performance.now())
  const none = { offset: 0, sizeBytes: 0, bytes: new Uint8Array() }
  const nothing = async () => {}
  const api: TimelineApi = {
    ...notedCalls(note),
    hydrate: async () => ({
      ...quietSession,
      ...{ sessionId: name, name, url: scene.url, status: status(), readOnly: scene.readOnly },
      ...{ bookmarks: bookmarks.all(), habits: habits.read({}), typed: null },
    }),
    rows: async (filter, from, count) => {
      const page = readRows(
        drawn.from(source, filter.show),
        filter,
        from,
        count,
        defaultLimits.pageChars,
      )
      host.rowsSent += page.rows.length
      return page
    },
    position: async (filter, seq) => rowPosition(source, filter, seq),
    positions: async (filter, seqs) => rowPositions(source, filter, seqs),
    rowAt: async (filter, at) => rowAtTime(source, filter, at),
    slice: async (filter, wish) =>
      readSlice(drawn.from(source, filter.show), filter, wish, defaultLimits.pageChars),
    selected: () => Promise.reject(new Error('not in this page')),
    payload: async (seq, offset, length) => readPayload(seq, offset, length) ?? none,
    payloadAs: async () => null,
    related: async (seq) => relatedFrames(drawn.from(source).read, seq),
    analysis: async (analysis, scope) => analyses.answer(analysis, scope),
    bookmark: async (seq, text) => {
      await remote.bookmarks(bookmarks.set(seq, text))
      return null
    },
    copy: async (text) => note('copy', text),
    keepTyped: async (texts) => texts,
    keepHabits: async (changes) => habits.keep(changes),
    keepFilter: async () => [],
    keepMessage: async () => ({ messages: [], requests: [] }),
    request: async () => 1,
    sendAgain: async () => null,
    ...fakeTapCalls({ note, status, tell: nothing }),
    ...{ follow: nothing, send: nothing, repeat: nothing, showing: nothing },
  }
  const remote = join<TimelineApi, TimelineEvents>(name, api)
  return {
    add: async (count: number) => {
      frames += count
      await remote.status(status(), null)
    },
  }
}

const lanes = names.map(createLane)
const together: TogetherApi = {
  together: async () => ({ sessionIds: names, name: 'The same feed', comparison: null }),
  activate: async (sessionId) => note('activate', sessionId),
  addSession: async () => note('addSession'),
  removeSession: async (sessionId) => note('removeSession', sessionId),
  showAlone: async (sessionId) => note('showAlone', sessionId),
  stopAll: async () => note('stopAll'),
  copy: async (text) => note('copy', text),
  saveText: async () => true,
}
const own = join<TogetherApi, TogetherEvents>(togetherId, together)

const host: FakeTogetherHost = {
  calls,
  rowsSent: 0,
  add: async (lane, count) => lanes[lane]?.add(count),
  perform: (action) => own.perform(action),
  settled: async () => {
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
    const {
      sessionId,
      page: _,
      ...copy
    } = structuredClone(message) as RpcMessage & {
      readonly sessionId: string
      readonly page: number
    }
    if ('call' in copy && copy.method !== 'analysis' && copy.method !== 'showing') {
      unanswered.add(`${sessionId} ${copy.call}`)
      traffic++
    }
    late(() => receivers.get(sessionId)?.(copy as RpcMessage))
  },
  getState: () =>
    JSON.parse(page.sessionStorage.getItem('state') ?? 'null') ?? {
      together: { layout: query.get('layout') },
    },
  setState: (state: unknown) => page.sessionStorage.setItem('state', JSON.stringify(state)),
})
