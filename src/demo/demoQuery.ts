// Reads rate and faults from a demo URL's query, and counts the requests that are to be refused.

export interface DemoQuery {
  /** Items per second of the feed. */
  readonly ratePerSecond: number
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
  /** Between keep-alive comments (SSE) or pings (WebSocket). */
  readonly pingMs: number
  /** Long polling: ms between the items of one answer; 0 sends them together. */
  readonly trickleMs: number
  /** Polling: seconds that a cache would have kept the answer; null is no cache. */
  readonly ageSeconds: number | null
  /** SSE: the reconnection time that the stream asks for. */
  readonly retryMs: number
  /** Streams over HTTP: after this many items the answer ends in peace; null never. */
  readonly endAfter: number | null
  /** SSE: 1 writes lines between the events that clients ignore. */
  readonly oddLines: number
  /** WebSocket: frames in which each item is sent. */
  readonly fragments: number
  /** WebSocket: 0 leaves the client's pings unanswered. */
  readonly pongs: number
}

/** Items a second. */
export const defaultRate = 2

/** Field, name in the query, default, least, most, and whether the number must be whole. */
const numbers = {
  ratePerSecond: ['rate', defaultRate, 0, 100_000, false],
  dropAfter: ['drop', null, 0, 1e9, true],
  closeCode: ['close', null, 1000, 4999, true],
  delayMs: ['delay', 0, 0, 3_600_000, true],
  status: ['status', null, 200, 599, true],
  refusals: ['times', 1, 0, 1e9, true],
  retryAfterSeconds: ['retry-after', 1, 0, 86_400, true],
  holdMs: ['hold', 25_000, 0, 3_600_000, true],
  trickleMs: ['trickle', 0, 0, 60_000, true],
  ageSeconds: ['age', null, 0, 86_400, true],
  pingMs: ['ping', 15_000, 10, 3_600_000, true],
  retryMs: ['retry', 2_000, 0, 3_600_000, true],
  endAfter: ['end', null, 0, 1e9, true],
  oddLines: ['odd', 0, 0, 1, true],
  fragments: ['fragments', 1, 1, 100, true],
  pongs: ['pong', 1, 0, 1, true],
} as const

/** Answers with a sentence where a value cannot be used. Parameters of other names are left alone. */
export function parseDemoQuery(query: URLSearchParams): DemoQuery | string {
  const read: Record<string, number | null> = {}
  for (const [field, [name, absent, least, most, whole]] of Object.entries(numbers)) {
    const text = query.get(name)
    const value = text === null ? absent : text.trim() === '' ? Number.NaN : Number(text)
    if (
      value !== null &&
      !(value >= least && value <= most && (!whole || Number.isInteger(value)))
    ) {
      return `${name} must be a ${whole ? 'whole number' : 'number'} from ${least} to ${most}, not "${text}".`
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
