// Runs the demo's feeds by the clock: one for every pace that somebody asks for.

import type { DemoQuery } from './demoQuery.ts'
import { type Chat, createFeed, type Feed } from './feed.ts'

/** How its items come. */
export type Pace = Pick<DemoQuery, 'ratePerSecond' | 'uneven'>

/** Names the feed of a pace: `2`, `0.9-uneven`. */
export function paceName({ ratePerSecond, uneven }: Pace): string {
  return uneven === 1 ? `${ratePerSecond}-uneven` : String(ratePerSecond)
}

/** A feed that moves by itself while somebody watches it. */
export interface LiveFeed {
  /** The feed, brought up to now. */
  read(): Feed
  /** Calls `listener` whenever items were added; answers with the way to stop. */
  watch(listener: () => void): () => void
}

export interface LiveFeeds {
  /** The feed that all readers at this pace share. */
  at(pace: Pace): LiveFeed
  /** Adds a chat item to every feed; answers with the one at the default pace. */
  publish(chat: { readonly from: string; readonly text: string }): Chat
  /** Stops all timers. */
  close(): void
}

/** Items that are due together are made in one go, at most this often. */
const tickMs = 5

export function createLiveFeeds(options: {
  readonly seed: number
  readonly defaultPace: Pace
  readonly now: () => number
}): LiveFeeds {
  const { seed, defaultPace, now } = options
  const startAt = now()
  const feeds = new Map<string, { live: LiveFeed; feed: Feed; notify(): void; close(): void }>()

  const open = ({ ratePerSecond, uneven }: Pace) => {
    const feed = createFeed({ seed, ratePerSecond, uneven: uneven === 1, startAt })
    const listeners = new Set<() => void>()
    let timer: NodeJS.Timeout | undefined
    const notify = () => {
      for (const listener of [...listeners]) listener()
    }
    const tick = () => {
      timer = undefined
      if (feed.advance(now()) > 0) notify()
      schedule()
    }
    const schedule = () => {
      const dueAt = feed.nextDueAt()
      if (timer || listeners.size === 0 || dueAt === Number.POSITIVE_INFINITY) return
      // A timer cannot hold more than 2^31-1 ms; waking early is harmless.
      timer = setTimeout(tick, Math.min(Math.max(tickMs, dueAt - now()), 2 ** 31 - 1))
    }
    const close = () => {
      clearTimeout(timer)
      timer = undefined
    }
    const live: LiveFeed = {
      read() {
        if (feed.advance(now()) > 0) notify()
        return feed
      },
      watch(listener) {
        listeners.add(listener)
        schedule()
        return () => {
          listeners.delete(listener)
          if (listeners.size === 0) close()
        }
      },
    }
    return { live, feed, notify, close }
  }
  const entryAt = (pace: Pace) => {
    const name = paceName(pace)
    const entry = feeds.get(name) ?? open(pace)
    feeds.set(name, entry)
    return entry
  }
  return {
    at: (pace) => entryAt(pace).live,
    publish(chat) {
      const first = entryAt(defaultPace)
      let answer: Chat | undefined
      for (const entry of feeds.values()) {
        const item = entry.live.read().publish(chat, now())
        if (entry === first) answer = item
        entry.notify()
      }
      if (!answer) throw new Error('the feed at the default pace is gone')
      return answer
    },
    close() {
      for (const entry of feeds.values()) entry.close()
    },
  }
}
