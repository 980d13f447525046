// Parameters of a demo URL's query, rate and faults, and the count of requests that are to be refused.

export interface DemoQuery {
  /** Items per second of the feed. */
  readonly ratePerSecond: number
  /** 1 has the items come at uneven times. */
  readonly uneven: number
  /** Polling: 1 answers only what is newer than the answer whose entity tag comes back. */
  readonly news: number
  /** After this many items of one answer or connection the socket is destroyed; null never. */
  readonly dropAfter: number | null
  /** With `dropAfter` on a WebSocket: close with this code in place of destroying the socket. */
  readonly closeCode: number | null
  /** Wait before the answer. */
  readonly delayMs: number
  /** Status that refused requests get; null refuses none. */
  readonly status: number | null
  /** How many requests in a row are refused, from the first. */
  readonly refusals: number
  /** Value of the refusal's `Retry-After` in seconds. */
  readonly retryAfterSeconds: number
  /** Long polling: how long a request is held. */
  readonly holdMs: number
  /** Long polling: ms between the items of one answer; 0 sends them together. */
  readonly trickleMs: number
  /** Polling: seconds that a cache would have kept the answer; null is no cache. */
  readonly ageSeconds: number | null
  /** Between keep-alive comments (SSE) or pings (WebSocket); 0 sends none. */
  readonly pingMs: number
  /** SSE: the reconnection time that the stream asks for. */
  readonly retryMs: number
  /** Streams over HTTP: after this many items the answer ends in peace; null never. */
  readonly endAfter: number | null
  /** SSE: 1 writes lines between the events that clients ignore. */
  readonly oddLines: number
  /** Polling: 0 answers what has not changed with 200 and its whole body. */
  readonly etag: number
  /** Streams over HTTP: what is written is held back until a buffer of so many bytes is full; 0 holds nothing back. */
  readonly bufferBytes: number
  /** Streams over HTTP: so many items are sent together. */
  readonly burst: number
  /** Streams over HTTP: the head is held back for so long, and what comes meanwhile with it. */
  readonly firstByteMs: number
  /** Streams and WebSocket: after so many ms the socket is destroyed; null never. */
  readonly cutMs: number | null
  /** SSE: 0 sends events without an id. */
  readonly ids: number
  /** SSE: 0 counts ids from 1 on each connection, whatever was seen before. */
  readonly resume: number
  /** SSE: 1 sends each event twice. */
  readonly double: number
  /** Models: ms between the pieces of an answer. */
  readonly paceMs: number
  /** Models: silence in the middle of an answer. */
  readonly stallMs: number
  /** Models: 0 ends an answer without its finish. */
  readonly finish: number
  /** Models: after so many pieces an error comes, inside of the answer; null never. */
  readonly failAfter: number | null
  /** Models: a limit of tokens; null is none. */
  readonly tokens: number | null
  /** WebSocket: frames in which each item is sent. */
  readonly fragments: number
  /** WebSocket: 0 leaves the client's pings unanswered. */
  readonly pongs: number
}

/** Of a feed that a query says nothing of. */
export const defaultPace = { ratePerSecond: 2, uneven: 0 } as const

export interface DemoParameter {
  /** A value that shows something, in a query: `drop=5`. */
  readonly sample: string
  /** What that does. */
  readonly meaning: string
  /** What stands where the query says nothing; null where nothing is asked for then. */
  readonly absent: string | null
}

interface NumberRow {
  readonly name: string
  readonly absent: number | null
  readonly least: number
  readonly most: number
  /** It may be a fraction. */
  readonly fraction?: true
  readonly sample: number
  readonly meaning: string
}

const numbers: { readonly [Field in keyof DemoQuery]: NumberRow } = {
  ratePerSecond: {
    ...{
      name: 'rate',
      absent: defaultPace.ratePerSecond,
      least: 0,
      most: 100_000,
      fraction: true,
      sample: 0.5,
    },
    meaning: 'items per second; 0 is published chat alone',
  },
  uneven: {
    ...{ name: 'uneven', absent: defaultPace.uneven, least: 0, most: 1, sample: 1 },
    meaning: 'items come at uneven times, as in life',
  },
  dropAfter: {
    ...{ name: 'drop', absent: null, least: 0, most: 1e9, sample: 5 },
    meaning: 'destroy the socket after 5 items',
  },
  closeCode: {
    ...{ name: 'close', absent: null, least: 1000, most: 4999, sample: 1011 },
    meaning: 'with drop on a WebSocket: close with this code instead',
  },
  delayMs: {
    ...{ name: 'delay', absent: 0, least: 0, most: 3_600_000, sample: 500 },
    meaning: 'wait 500 ms before the answer',
  },
  status: {
    ...{ name: 'status', absent: null, least: 200, most: 599, sample: 503 },
    meaning: 'answer the first request so, with Retry-After',
  },
  refusals: {
    ...{ name: 'times', absent: 1, least: 0, most: 1e9, sample: 2 },
    meaning: '… the first two requests; 30 quiet seconds start afresh',
  },
  retryAfterSeconds: {
    ...{ name: 'retry-after', absent: 1, least: 0, most: 86_400, sample: 3 },
    meaning: 'seconds in that Retry-After',
  },
  news: {
    ...{ name: 'news', absent: 0, least: 0, most: 1, sample: 1 },
    meaning: 'polling: only what is newer than the ETag that comes back',
  },
  ageSeconds: {
    ...{ name: 'age', absent: null, least: 0, most: 86_400, sample: 7 },
    meaning: 'polling: an answer that a cache kept for 7 s',
  },
  holdMs: {
    ...{ name: 'hold', absent: 25_000, least: 0, most: 3_600_000, sample: 5000 },
    meaning: 'long polling: ms until 204',
  },
  trickleMs: {
    ...{ name: 'trickle', absent: 0, least: 0, most: 60_000, sample: 300 },
    meaning: 'long polling: ms between the items of one answer, a line each',
  },
  pingMs: {
    ...{ name: 'ping', absent: 15_000, least: 0, most: 3_600_000, sample: 2000 },
    meaning: 'ms between comments (SSE) or pings (WebSocket); 0 sends none',
  },
  retryMs: {
    ...{ name: 'retry', absent: 2_000, least: 0, most: 3_600_000, sample: 500 },
    meaning: 'SSE: reconnection time in ms',
  },
  endAfter: {
    ...{ name: 'end', absent: null, least: 0, most: 1e9, sample: 5 },
    meaning: 'streams over HTTP: the answer ends after 5 items',
  },
  oddLines: {
    ...{ name: 'odd', absent: 0, least: 0, most: 1, sample: 1 },
    meaning: 'SSE: lines between the events that clients ignore',
  },
  etag: {
    ...{ name: 'etag', absent: 1, least: 0, most: 1, sample: 0 },
    meaning: 'polling: 200 with the whole body where 304 would do',
  },
  bufferBytes: {
    ...{ name: 'buffer', absent: 0, least: 0, most: 1_048_576, sample: 4096 },
    meaning: 'streams over HTTP: held back until 4 KiB are full, as by a proxy',
  },
  burst: {
    ...{ name: 'burst', absent: 1, least: 1, most: 10_000, sample: 20 },
    meaning: 'streams over HTTP: twenty items at a time',
  },
  firstByteMs: {
    ...{ name: 'first-byte', absent: 0, least: 0, most: 3_600_000, sample: 2000 },
    meaning: 'streams over HTTP: the head comes after 2 s, with the first items',
  },
  cutMs: {
    ...{ name: 'cut', absent: null, least: 1, most: 3_600_000, sample: 3000 },
    meaning: 'streams and WebSocket: destroy the socket after 3 s',
  },
  ids: {
    ...{ name: 'ids', absent: 1, least: 0, most: 1, sample: 0 },
    meaning: 'SSE: events have no id',
  },
  resume: {
    ...{ name: 'resume', absent: 1, least: 0, most: 1, sample: 0 },
    meaning: 'SSE: Last-Event-ID is ignored, and ids begin anew',
  },
  double: {
    ...{ name: 'double', absent: 0, least: 0, most: 1, sample: 1 },
    meaning: 'SSE: each event comes twice',
  },
  paceMs: {
    ...{ name: 'pace', absent: 30, least: 0, most: 60_000, sample: 10 },
    meaning: 'models: ms between the pieces of an answer',
  },
  stallMs: {
    ...{ name: 'stall', absent: 0, least: 0, most: 600_000, sample: 2500 },
    meaning: 'models: 2.5 s of silence in the middle of an answer',
  },
  finish: {
    ...{ name: 'finish', absent: 1, least: 0, most: 1, sample: 0 },
    meaning: 'models: an answer ends without its finish',
  },
  failAfter: {
    ...{ name: 'fail', absent: null, least: 1, most: 1000, sample: 20 },
    meaning: 'models: an error after 20 pieces, inside of the answer',
  },
  tokens: {
    ...{ name: 'length', absent: null, least: 1, most: 1000, sample: 30 },
    meaning: 'models: a limit of 30 tokens cuts the answer',
  },
  fragments: {
    ...{ name: 'fragments', absent: 1, least: 1, most: 100, sample: 3 },
    meaning: 'WebSocket: each item in three frames',
  },
  pongs: {
    ...{ name: 'pong', absent: 1, least: 0, most: 1, sample: 0 },
    meaning: 'WebSocket: pings are not answered',
  },
}

/** Every parameter that a path takes. */
export const demoParameters: readonly DemoParameter[] = [
  ...Object.values(numbers).map(({ name, absent, sample, meaning }) => ({
    sample: `${name}=${sample}`,
    meaning,
    absent: absent === null ? null : String(absent),
  })),
  {
    sample: 'secret=abc',
    meaning: '401 without it: as bearer token, basic password, X-API-Key or ?key=',
    absent: null,
  },
  { sample: 'cookies=1', meaning: "a cookie that counts this client's requests", absent: null },
]

/** Answers with a sentence where a value cannot be used. Parameters of other names are left alone. */
export function parseDemoQuery(query: URLSearchParams): DemoQuery | string {
  const read: Record<string, number | null> = {}
  for (const [field, { name, absent, least, most, fraction }] of Object.entries(numbers)) {
    const text = query.get(name)
    const value = text === null ? absent : text.trim() === '' ? Number.NaN : Number(text)
    if (
      value !== null &&
      !(value >= least && value <= most && (fraction || Number.isInteger(value)))
    ) {
      return `${name} must be a ${fraction ? 'number' : 'whole number'} from ${least} to ${most}, not "${text}".`
    }
    read[field] = value
  }
  // Each field of the table has been read and checked above.
  return read as unknown as DemoQuery
}

export interface RefusalCounter {
  /** Whether this request, `now` in ms, is one of the first `query.refusals` for its URL. */
  refuses(url: URL, query: DemoQuery, now: number): boolean
}

/** A URL that was quiet for this long starts afresh, so that the demo can be shown again. */
export const refusalMemoryMs = 30_000

export function createRefusalCounter(): RefusalCounter {
  const seen = new Map<string, { count: number; at: number }>()
  return {
    refuses(url, query, now) {
      if (query.status === null) return false
      for (const [key, entry] of seen) if (now - entry.at > refusalMemoryMs) seen.delete(key)
      const same = new URL(url)
      // The cursor differs from request to request of one client.
      same.searchParams.delete('since')
      const key = same.pathname + same.search
      const count = (seen.get(key)?.count ?? 0) + 1
      seen.set(key, { count, at: now })
      return count <= query.refusals
    },
  }
}
