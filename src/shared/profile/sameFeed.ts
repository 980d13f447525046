// The demo server's feed by each of the four methods, so that they can be compared: its page, its workspace and its commands.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import { allMethods, methods, urlFor } from '../endpoint/methods.ts'
import type { Entry } from './shapes/fieldOption.ts'

export const sameFeed = {
  title: 'The same feed, four ways',
  /** What tells its items apart, and where their time of origin stands. */
  item: 'json:id',
  time: 'json:at',
  forMs: 60_000,
} as const

export interface SameFeedWay {
  readonly method: ClientMethod
  /** On the demo server, with its query. */
  readonly path: string
  /** How it is asked, in a sentence. */
  readonly meaning: string
  /** Fields of a profile entry beside name, URL and method. */
  readonly fields: Entry
  /** Words of the command line that say the same. */
  readonly options: readonly string[]
}

/** Uneven, and slower than a poll a second: a poll finds nothing, one item or two. */
const pace = 'rate=0.9&uneven=1'
const subscriptions = ['BTC-EUR', 'ETH-EUR'].map((symbol) =>
  JSON.stringify({ op: 'subscribe', symbol }),
)

const rows: Readonly<Record<ClientMethod, Omit<SameFeedWay, 'method'>>> = {
  polling: {
    path: `/poll?${pace}&news=1`,
    meaning: 'Asks every second what is new since the last answer; 304 where nothing is.',
    fields: { interval: '1s' },
    options: ['--interval', '1s'],
  },
  'long-polling': {
    path: `/long-poll?${pace}&hold=5000`,
    meaning: 'Asks again at once, with the cursor of the last answer; held for up to 5 s.',
    fields: { cursor: { from: 'json:cursor', to: 'query:since' } },
    options: ['--cursor-from', 'json:cursor', '--cursor-to', 'query:since'],
  },
  sse: {
    path: `/sse?${pace}`,
    meaning: 'Asks once; the answer does not end. A lost stream resumes with Last-Event-ID.',
    fields: {},
    options: [],
  },
  websocket: {
    path: `/ws?${pace}`,
    meaning: 'One connection, both ways: a message each subscribes to the trades of a symbol.',
    // The others are not compressed either: what differs is the method.
    fields: { compression: false, send: subscriptions },
    options: ['--no-compression', ...subscriptions.flatMap((message) => ['--send', message])],
  },
}

export const sameFeedWays: readonly SameFeedWay[] = allMethods.map((method) => ({
  method,
  ...rows[method],
}))

export type SameFeedEntry = Entry & { readonly name: string; readonly url: string }

/** An entry of a profiles file, called after the method; `origin` is that of the demo server, `http://127.0.0.1:7411`. */
export function sameFeedEntry(origin: string, method: ClientMethod): SameFeedEntry {
  const { path, fields } = rows[method]
  const { label } = methods[method]
  return { name: label, url: urlFor(method, origin + path), method, ...fields }
}
