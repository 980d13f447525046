// Sessions for the timeline page to show: the four methods' samples, a million frames, hostile payloads.

import type { ClientMethod } from '../../../src/shared/endpoint/endpoint.ts'
import { type Frame, isWireKind } from '../../../src/shared/frame/frame.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { noHolds } from '../../../src/shared/session/tapHolds.ts'
import { decodedSamples, isDecodedSample } from '../samples/decodedSamples.ts'
import { sampleFrames } from '../samples/sampleFrames.ts'
import { type SampleRow, sampleRows } from '../samples/sampleRows.ts'
import { wireLayer } from '../samples/wireLayer.ts'
import { companionScene } from './companionScene.ts'
import { findingsScene } from './findingsScene.ts'
import { foldRows } from './foldScene.ts'
import { modelScene } from './modelScene.ts'
import { outageScene } from './outageScene.ts'
import { payloadsScene } from './payloadsScene.ts'
import { fromRows, type Scene } from './scene.ts'
import { silentScene, waitingScene, wideScene } from './shortScenes.ts'
import { tapScenes } from './tapScene.ts'
import { unseenScene } from './unseenScene.ts'

export type SceneName =
  | ClientMethod
  | 'million'
  | 'hundred-million'
  | 'hostile'
  | 'empty'
  | 'connecting'
  | 'holding'
  | 'unfinished'
  | 'silent'
  | 'saved'
  | 'wire'
  | 'polls'
  | 'turned'
  | keyof typeof decodedSamples
  | 'large-json'
  | 'other-port'
  | 'folds'
  | keyof typeof ownScenes

const ownScenes = {
  ...{ payloads: payloadsScene, outage: outageScene, unseen: unseenScene, wide: wideScene },
  ...{ companion: companionScene, findings: findingsScene, model: modelScene },
  ...tapScenes,
}

function isOwn(name: SceneName): name is keyof typeof ownScenes {
  return Object.hasOwn(ownScenes, name)
}

export const hostilePayload =
  '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>'

const webSocketUrl = 'ws://localhost:7411/ws'

export function createScene(name: SceneName, now: number): Scene {
  if (isOwn(name)) return ownScenes[name]()
  if (isDecodedSample(name)) return fromRows('websocket', webSocketUrl, decodedSamples[name]())
  switch (name) {
    case 'million':
      return trades(1_000_000, now)
    case 'hundred-million':
      return trades(100_000_000, now)
    case 'empty':
      return { ...fromRows('websocket', webSocketUrl, []), state: 'connecting' }
    case 'connecting':
      return waitingScene(now)
    case 'holding':
      return holding(now)
    case 'unfinished':
      return unfinished(now)
    case 'silent':
      return silentScene(now)
    case 'hostile':
      return fromRows('websocket', webSocketUrl, hostileRows)
    case 'large-json':
      return fromRows('websocket', webSocketUrl, largeJsonRows())
    case 'other-port':
      return { ...fromRows('sse', 'http://localhost:7411/sse', otherPortRows), state: 'ended' }
    case 'folds':
      return fromRows('websocket', webSocketUrl, foldRows)
    case 'turned':
      return { ...fromRows('websocket', webSocketUrl, turnedRows), name: 'live\u202eetavirp' }
    case 'polls':
      return polls(1000, now)
    case 'wire':
      return fromRows('websocket', webSocketUrl, wireRows)
    case 'saved':
      return {
        ...fromRows('sse', 'http://localhost:7411/sse', sampleFrames.sse),
        readOnly: true,
        state: 'ended',
      }
    default: {
      const address = { polling: 'poll', 'long-polling': 'long-poll', sse: 'sse' } as const
      const url = name === 'websocket' ? webSocketUrl : `http://localhost:7411/${address[name]}`
      return { ...fromRows(name, url, sampleFrames[name]), state: 'ended' }
    }
  }
}

/** The numbers that the header shows for `scene` with `frames` frames, so long after its page was opened. */
export function statusOf(scene: Scene, frames: number, passedMs = 0): SessionStatus {
  const last = frames === 0 ? null : scene.row(frames).frame
  const ended = scene.state === 'ended'
  const outcome = ended && last?.kind === 'end' ? last.detail : null
  return {
    state: scene.state,
    method: scene.method,
    frames,
    startedAt: frames === 0 ? null : scene.row(1).frame.at,
    endedAt: ended ? (last?.at ?? null) : null,
    now: (scene.now ?? last?.at ?? 0) + passedMs,
    pending: scene.pending,
    unfinished: scene.unfinished ?? null,
    listening: (scene.state !== 'ended' && scene.listening) || null,
    faults: [],
    holds: noHolds,
    statistics: {
      framesIn: Math.max(0, frames - 12),
      framesOut: scene.quiet ? 0 : Math.min(12, frames),
      bytesIn: frames * 131,
      bytesOut: 612,
      wireBytesIn: frames * 44,
      wireBytesOut: 842,
      framesPerSecond: ended ? 0 : 842,
      connections: last?.connection ?? 0,
      errors: 0,
      wireFrames: countWireFrames(scene, frames),
      ...(scene.method === 'polling' && { polling: pollingStatistics }),
      ...(scene.method === 'long-polling' && {
        polling: { ...pollingStatistics, stalestMs: 0, longestGapMs: 12.4 },
      }),
    },
    outcome,
    failure: outcome?.by === 'error' ? lastError(scene, frames) : null,
    canSend: scene.method === 'websocket' && scene.state === 'open',
    repeatMs: null,
  }
}

function lastError(scene: Scene, frames: number): number | null {
  for (let seq = frames; seq > 0; seq--) if (scene.row(seq).frame.kind === 'error') return seq
  return null
}

const pollingStatistics = {
  polls: 500,
  unchanged: 474,
  empty: 474,
  unchangedWireBytes: 85_320,
  stalestMs: 1003.4,
  longestGapMs: 0,
}

function endless(method: ClientMethod): readonly SampleRow[] {
  return sampleFrames[method].filter(({ frame }) => frame.kind !== 'end')
}

/** An event has begun to come. */
function unfinished(now: number): Scene {
  return {
    ...fromRows('sse', 'http://localhost:7411/sse', endless('sse').slice(0, 5)),
    now,
    unfinished: { bytes: 1234, since: now - 3200, awaits: 'blank-line' },
  }
}

/** A long poll waits for its answer. */
function holding(now: number): Scene {
  const rows = endless('long-polling')
  const last = rows.findLastIndex(({ frame }) => frame.kind === 'request')
  return {
    ...fromRows('long-polling', 'http://localhost:7411/long-poll', rows.slice(0, last + 1)),
    state: 'open',
    now,
    pending: { kind: 'answer', since: now - 3200 },
  }
}

/** Trades as fast as numbers: a row is made when it is asked for. */
function trades(frames: number, now: number): Scene {
  const startedAt = now - 134_000
  return {
    ...fromRows('websocket', webSocketUrl, []),
    frames,
    now,
    plain: true,
    row: (seq) => {
      const price = 70_111.5 + (seq % 700) / 100
      const text = `{"type":"trade","id":${884_200 + seq},"symbol":"BTC-EUR","price":${price},"size":0.0148,"maker":{"id":"m${seq % 97}","tier":${seq % 4},"fee":null},"at":"2026-11-20T14:22:07.314Z"}`
      const payload = new TextEncoder().encode(text)
      const out = seq % 25 === 3
      const frame: Frame = {
        seq,
        at: startedAt + seq * 0.7,
        elapsedMs: seq * 0.7,
        connection: 1,
        direction: out ? 'out' : 'in',
        kind: 'message',
        detail: { type: 'text', fragments: 1, compressed: !out, masked: out },
        sizeBytes: payload.length,
        wireBytes: 44,
        replyTo: null,
        code: null,
      }
      return { frame, preview: text, start: payload, payload: () => payload }
    },
  }
}

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const hostileRows = sampleRows([
  { kind: 'message', detail: text, bytes: hostilePayload },
  { kind: 'message', detail: text, bytes: `{"html":${JSON.stringify(hostilePayload)}}` },
  { kind: 'message', detail: text, bytes: '{"big":12345678901234567890,"big":0.10}' },
  { kind: 'message', detail: text, bytes: 'x'.repeat(700_000) },
  {
    kind: 'message',
    detail: { ...text, type: 'binary' },
    bytes: Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256),
  },
])

/** One of 5 MB, the same with a mistake at its end, a first part of it, and a first part of what is no text. */
function largeJsonRows(): readonly SampleRow[] {
  const item = { name: 'x'.repeat(60), tags: ['a', { 'b c': 1.5 }] }
  const json = `{"items":${JSON.stringify(Array.from({ length: 50_000 }, (_, id) => ({ id, ...item })))}}`
  const cut = { ...text, truncatedAt: 300_000 }
  return sampleRows([
    { kind: 'message', detail: text, bytes: json },
    { kind: 'message', detail: text, bytes: json.replace(/}$/, ',}') },
    { kind: 'message', detail: cut, bytes: json.slice(0, 300_000) },
    { kind: 'message', detail: { ...cut, type: 'binary' }, bytes: new Uint8Array(300_000) },
  ])
}

/** A poll a second; each twentieth answer is a new one. */
function polls(frames: number, now: number): Scene {
  const startedAt = now - (frames / 2) * 1000
  const [asks, first, , none, changed] = [0, 1, 2, 3, 31].map(
    (index) => sampleFrames.polling[index] as SampleRow,
  ) as [SampleRow, SampleRow, SampleRow, SampleRow, SampleRow]
  return {
    ...fromRows('polling', 'http://localhost:7411/poll', []),
    frames,
    now,
    row: (seq) => {
      const poll = Math.ceil(seq / 2)
      const answer = seq % 2 === 0
      const like = !answer ? asks : poll === 1 ? first : poll % 20 === 0 ? changed : none
      const elapsedMs = poll * 1000 + (answer ? 3 : 0)
      const frame = {
        ...like.frame,
        seq,
        at: startedAt + elapsedMs,
        elapsedMs,
        replyTo: answer ? seq - 1 : null,
      } as Frame
      return { ...like, frame }
    },
  }
}

const wireRows: readonly SampleRow[] = [...sampleFrames.websocket.slice(0, 4), ...wireLayer].map(
  (row, index) => ({ ...row, frame: { ...row.frame, seq: index + 1 } }),
)

/** Only short scenes have any. */
function countWireFrames(scene: Scene, frames: number): number {
  if (frames > 1000) return 0
  return Array.from({ length: frames }, (_, index) => scene.row(index + 1)).filter(({ frame }) =>
    isWireKind(frame.kind),
  ).length
}

const otherPortRows = sampleRows([
  {
    kind: 'error',
    code: 'http-invalid',
    detail: { message: 'What answers at localhost:7411 does not speak HTTP, but SSH.' },
    bytes: `SSH-2.0-${'OpenSSH_9.6 '.repeat(20)}`,
  },
  {
    kind: 'end',
    direction: 'local',
    detail: { by: 'error', message: 'It ended.', brief: 'Ended by the error above.' },
  },
])

export const turnedText =
  'one\tabc\u202ecba\r\n{ \u2066zero\u200bwidth\ufeff } 👩\u200d🚀 می\u200cخواهم\nend \u202a'
const turnedRows = sampleRows([{ kind: 'message', detail: text, bytes: turnedText }])
