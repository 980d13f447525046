// The traffic of a program through a tap, as the page shows it: every sort of connection, one of which has failed.

import type { Purpose } from '../../../src/shared/frame/httpDetail.ts'
import type { NamedValues } from '../../../src/shared/text/namedValues.ts'
import { decodeRows } from '../samples/sampleJsonRpc.ts'
import { sampleRows } from '../samples/sampleRows.ts'
import { fromRows, type Scene } from './scene.ts'

const server = 'https://api.example.com'
export const tapAddress = 'http://localhost:53124'

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

type Sample = Parameters<typeof sampleRows>[0][number]

interface Timed {
  readonly ms: number
  readonly sample: Sample
  /** What it answers, until all are in order. */
  readonly asked?: Timed
}

const hidden = `\${redacted:Set-Cookie}`
const json: NamedValues = [['Content-Type', 'application/json']]

/** In any order; `at` in ms since the start. */
function createStory() {
  const story: Timed[] = []

  function tell(ms: number, sample: Sample, asked?: Timed): Timed {
    const told = { ms, sample, ...(asked && { asked }) }
    story.push(told)
    return told
  }

  function ask(
    connection: number,
    ms: number,
    line: string,
    purpose: Purpose,
    headers: NamedValues = [],
    bytes?: string,
  ): Timed {
    const [method = '', target = ''] = line.split(' ')
    const detail = {
      ...{ purpose, method, target, url: server + target, httpVersion: '1.1' },
      headers: [['Host', 'localhost:53124'], ['User-Agent', chrome], ...headers] as NamedValues,
      client: { address: '127.0.0.1:51234', agent: chrome },
      changes: [{ name: 'Host', from: 'localhost:53124', to: 'api.example.com' }],
    }
    const sample = { kind: 'request', direction: 'out', connection, detail } as const
    return tell(ms, bytes === undefined ? sample : { ...sample, bytes })
  }

  function answer(
    asked: Timed,
    afterMs: number,
    status: number,
    headers: NamedValues = json,
    bytes?: string,
    more: object = {},
  ): Timed {
    const { connection = 1, detail } = asked.sample
    const { purpose } = detail as { readonly purpose: Purpose }
    const words = { 101: 'Switching Protocols', 200: 'OK', 304: 'Not Modified', 502: 'Bad Gateway' }
    const statusText = words[status as keyof typeof words] ?? ''
    const timings = { sentMs: 0, firstByteMs: afterMs, totalMs: afterMs }
    const told = { purpose, status, statusText, httpVersion: '1.1', headers, timings, reused: true }
    const sample = { kind: 'response', connection, detail: { ...told, ...more } } as const
    return tell(asked.ms + afterMs, bytes === undefined ? sample : { ...sample, bytes }, asked)
  }

  function rows() {
    const ordered = story.toSorted((one, other) => one.ms - other.ms)
    const samples = ordered.map(({ ms, sample, asked }, index): Sample => {
      const afterMs = ms - (ordered[index - 1]?.ms ?? 0)
      const replyTo = asked ? ordered.indexOf(asked) + 1 : null
      return { ...sample, afterMs, replyTo } as Sample
    })
    return sampleRows(samples)
  }

  return { tell, ask, answer, rows }
}

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const

type Story = ReturnType<typeof createStory>

function tellPolls({ ask, answer }: Story): void {
  for (let n = 0; n < 12; n++) {
    const cart = ask(1, n * 2000, 'GET /api/cart', n < 2 ? 'request' : 'poll')
    const changed = n % 6 === 0
    answer(cart, 12, changed ? 200 : 304, json, changed ? '{"items":2,"total":31.4}' : undefined, {
      ...(n > 0 && { changed }),
    })
  }
  for (let n = 0; n < 3; n++) {
    const held = ask(
      2,
      100 + n * 8101,
      `GET /api/updates?since=${n}`,
      n === 0 ? 'request' : 'long-poll',
    )
    if (n < 2) answer(held, 8100, 200, json, `{"since":${n + 1}}`, { holdMs: 8100 })
  }
}

function tellEvents({ tell, ask, answer }: Story): void {
  const events = ask(3, 220, 'GET /api/events', 'stream', [['Accept', 'text/event-stream']])
  answer(events, 9, 200, [['Content-Type', 'text/event-stream']])
  for (let n = 0; n < 30; n++)
    tell(300 + n * 700, {
      ...{ kind: 'event', connection: 3, detail: { type: 'stock', lastEventId: String(n) } },
      bytes: `{"sku":"A${n % 4}","left":${40 - n}}`,
    })
}

function tellMessages({ tell, ask, answer }: Story): void {
  const socket = ask(4, 500, 'GET /ws', 'handshake', [['Upgrade', 'websocket']])
  answer(socket, 18, 101, [['Upgrade', 'websocket']])
  for (let n = 0; n < 24; n++) {
    const call = n % 6 === 1
    const rpc = call
      ? `{"jsonrpc":"2.0","id":${n},"method":"order","params":{"size":0.01}}`
      : `{"jsonrpc":"2.0","method":"price","params":{"symbol":"BTC-EUR","value":${70_441 + n}}}`
    tell(600 + n * 310, {
      ...{ kind: 'message', connection: 4, direction: call ? 'out' : 'in', detail: text },
      bytes: rpc,
    })
  }
  for (let n = 0; n < 3; n++) {
    tell(1000 + n * 9000, { kind: 'ping', connection: 4, detail: { masked: false } })
    tell(1000.2 + n * 9000, {
      ...{ kind: 'pong', connection: 4, direction: 'out', detail: { masked: true } },
    })
  }
}

function tellRequests({ ask, answer }: Story): void {
  const login = ask(5, 40, 'POST /api/login', 'request', json, '{"user":"ada"}')
  answer(login, 84, 200, [...json, ['Set-Cookie', hidden]], '{"ok":true}', {
    changes: [
      { name: 'Set-Cookie', from: 'id=1; Domain=api.example.com; Secure', to: 'id=1' },
      { name: 'Location', from: 'https://api.example.com/home', to: 'http://localhost:53124/home' },
    ],
  })
  for (let n = 0; n < 6; n++)
    answer(
      ask(6, 3000 + n * 1700 * n, 'POST /api/orders', 'request', json, `{"n":${n}}`),
      60 + n * 14,
      201,
    )
  answer(ask(7, 9000, 'GET /api/stream', 'stream'), 30, 502, json, '{"error":"upstream"}')
}

function tapScene(): Scene {
  const story = createStory()
  for (const part of [tellPolls, tellEvents, tellMessages, tellRequests]) part(story)
  return {
    ...fromRows('tap', server, decodeRows(story.rows())),
    name: 'Shop API',
    listening: tapAddress,
  }
}

/** A message that was changed on its way, and one that a test can have held, the last frame. */
function changedTapScene(): Scene {
  const { tell, ask, answer, rows } = createStory()
  answer(ask(7, 0, 'GET /ws', 'handshake', [['Upgrade', 'websocket']]), 18, 101)
  const order = (ms: number, size: number) =>
    tell(ms, {
      ...{ kind: 'message', direction: 'out', connection: 7, detail: text },
      bytes: `{"type":"order","size":${size}}`,
    })
  const changed: Sample = {
    ...{ kind: 'notice', direction: 'local', connection: 7, code: 'tap-changed' },
    detail: { message: 'Held for 4.1 s, passed changed.' },
    bytes: '{"type":"order","size":0.1}',
  }
  tell(5300, changed, order(1200, 0.01))
  order(6000, 0.02)
  return { ...fromRows('tap', server, rows()), listening: tapAddress }
}

/** Thousands of short exchanges, each at a path and of a connection of its own. */
function crowdedTapScene(count: number): Scene {
  const { ask, answer, rows } = createStory()
  for (let n = 1; n <= count; n++)
    answer(ask(n, n * 3, `GET /api/item/${n}`, 'request'), 2, n % 50 === 0 ? 404 : 200)
  return { ...fromRows('tap', server, rows()), listening: tapAddress }
}

/** The first frame of every tap. */
const listens: Sample = {
  ...{ kind: 'notice', direction: 'local', connection: 0, code: 'tap-listening' },
  detail: { message: `Point your program to ${tapAddress}/v2 instead of ${server}/v2.` },
}

export type TapSceneName = 'tap' | 'tap-quiet' | 'tap-changed' | 'tap-crowded' | 'tap-saved'

export const tapScenes: Readonly<Record<TapSceneName, () => Scene>> = {
  tap: tapScene,
  /** Nobody has been pointed to it. */
  'tap-quiet': () => ({
    ...fromRows('tap', server, sampleRows([listens])),
    ...{ name: 'Shop API', listening: `${tapAddress}/v2`, quiet: true },
  }),
  'tap-changed': changedTapScene,
  'tap-crowded': () => crowdedTapScene(1200),
  'tap-saved': () => ({
    ...tapScene(),
    ...{ state: 'ended', readOnly: true, keepsCredentials: true },
  }),
}
