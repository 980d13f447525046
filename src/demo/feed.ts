// The demo's feed: trades and chat as a pure function of seed, rate and time.

export interface Trade {
  readonly type: 'trade'
  readonly id: number
  readonly symbol: string
  readonly price: number
  readonly size: number
  readonly maker: { readonly id: string; readonly venue: string; readonly feePct: number }
  readonly at: string
}

export interface Chat {
  readonly type: 'chat'
  readonly id: number
  readonly from: string
  readonly text: string
  readonly at: string
}

export type FeedItem = Trade | Chat

/** A log of items that grows with time. Ids count upward; equal seed, rate and times give equal items. */
export interface Feed {
  /** Id of the newest item. */
  readonly latestId: number
  /** Makes every item that is due by `now` (epoch ms); returns how many. */
  advance(now: number): number
  /** Epoch ms when the next item is due; Infinity at rate 0. */
  nextDueAt(): number
  /** Adds a chat item that somebody published. */
  publish(chat: { readonly from: string; readonly text: string }, now: number): Chat
  /**
   * Kept items after `id`, oldest first. An id that this feed has not reached yet belongs to another
   * feed's life, so it counts as none: the newest few are answered.
   */
  after(id: number | null): readonly FeedItem[]
}

export const symbols = ['BTC-EUR', 'ETH-EUR'] as const
const basePrice = { 'BTC-EUR': 70_111.5, 'ETH-EUR': 2_840.2 } as const
const people = ['Ada', 'Grace', 'Linus', 'Mei', 'Omar'] as const
const sayings = [
  'Anyone else seeing this spread?',
  'Back from lunch. What did I miss?',
  'That was a large one.',
  'The feed looks quiet today.',
  'Selling half of mine.',
  'Grüße aus Köln ☀️',
] as const
const venues = ['north', 'south', 'west'] as const

/** Items that are there from the start and that a reader without a cursor gets. */
const recentItems = 5
/** Added to the seed, so that an item's time says nothing of what is in it. */
const latenessSeed = 0x10000

/**
 * `startAt` is epoch ms; `ratePerSecond` may be a fraction; 0 makes nothing but what is published. Items of an uneven feed
 * come up to a period late each, so that they keep no step with what asks at an interval.
 */
export function createFeed(options: {
  readonly seed: number
  readonly ratePerSecond: number
  readonly uneven?: boolean
  readonly startAt: number
}): Feed {
  const { seed, ratePerSecond, uneven = false, startAt } = options
  // One second of items at the least, so that a slow reader loses none of them in one tick.
  const capacity = Math.max(1000, Math.ceil(ratePerSecond))
  const periodMs = 1000 / ratePerSecond
  let items: FeedItem[] = []
  let latestId = 0
  let generated = 0
  const dueAt = (index: number) => {
    const late = uneven ? createRandom(seed + latenessSeed, index)() : 0
    return startAt + (index + 1 + late) * periodMs
  }
  const countDue = (now: number) => {
    const periods = Math.floor((now - startAt) / periodMs)
    return uneven && periods > 0 && dueAt(periods - 1) > now ? periods - 1 : periods
  }

  const add = (item: FeedItem) => {
    latestId = item.id
    items.push(item)
    // Cut in halves, so that an item costs constant time on average.
    if (items.length > capacity * 2) items = items.slice(-capacity)
  }
  const after = (id: number | null) => {
    if (id === null || id > latestId) return items.slice(-recentItems)
    // Ids have no gap within what is kept, except where a long sleep was skipped over.
    const guess = Math.max(0, items.length - (latestId - id))
    const from = items.findIndex((item, index) => index >= guess && item.id > id)
    return from === -1 ? [] : items.slice(from)
  }

  for (let index = -recentItems; index < 0; index++) {
    add(itemAt(seed, index, latestId + 1, startAt + index * 1000))
  }
  return {
    get latestId() {
      return latestId
    },
    advance(now) {
      if (ratePerSecond <= 0) return 0
      const due = countDue(now)
      const missed = due - generated
      if (missed <= 0) return 0
      // After a long time without readers, items that the log could not keep are not made at all.
      const skipped = Math.max(0, missed - capacity)
      generated += skipped
      latestId += skipped
      for (; generated < due; generated++) {
        add(itemAt(seed, generated, latestId + 1, dueAt(generated)))
      }
      return missed
    },
    nextDueAt: () => (ratePerSecond > 0 ? dueAt(generated) : Number.POSITIVE_INFINITY),
    publish(chat, now) {
      const item: Chat = { type: 'chat', id: latestId + 1, ...chat, at: iso(now) }
      add(item)
      return item
    },
    after,
  }
}

function itemAt(seed: number, index: number, id: number, at: number): FeedItem {
  const random = createRandom(seed, index)
  if (random() < 0.15) {
    return {
      type: 'chat',
      id,
      from: pick(people, random),
      text: pick(sayings, random),
      at: iso(at),
    }
  }
  const symbol = pick(symbols, random)
  const drift = 1 + 0.01 * Math.sin(index / 40) + 0.0005 * (random() - 0.5)
  return {
    type: 'trade',
    id,
    symbol,
    price: Math.round(basePrice[symbol] * drift * 2) / 2,
    size: Math.round(random() ** 3 * 20_000) / 10_000,
    maker: {
      id: `m${Math.floor(random() * 9000) + 1000}`,
      venue: pick(venues, random),
      feePct: 0.1,
    },
    at: iso(at),
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T
}

/** Numbers in 0…1 that depend on seed and index alone (mulberry32). */
function createRandom(seed: number, index: number): () => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 0x1000, 0x85ebca6b)) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
