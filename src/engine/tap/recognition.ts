// Recognises polls among the requests of a conversation: the same question in a rhythm, or at once after it was held.

import type { Purpose } from '../../shared/frame/httpDetail.ts'

/** What is remembered of a question from one time it is asked to the next. Times are epoch ms. */
export interface Question {
  readonly askedAt: number
  /** Between the last two times; null before the second. */
  readonly everyMs: number | null
  /** Of the last answer: how long the server held the request; 0 before it has come. */
  readonly heldMs: number
  /** The last exchange was over; null while it is open. */
  readonly closedAt: number | null
  readonly purpose: PlainPurpose
}

export type PlainPurpose = Extract<Purpose, 'poll' | 'long-poll' | 'request'>

/** A server that waits for data holds a request at least this long. */
const heldMs = 400
/** Who waits for data asks again within this time, or within this share of the hold, if that is longer. */
const againMs = 100
const againShare = 0.05
/** Long polls that go on may be asked again as late as this. */
const restMs = 2000
/** What is asked again sooner has no rhythm: it is a load test, or a page that asks for the same twice. */
const leastEveryMs = 20
/** Two distances of a rhythm differ by this share of the longer one and this time at the most. */
const unevenShare = 0.25
const unevenMs = 50
/** Above this a timer is still exact, and who reloads by hand is not: then they differ by this share. */
const slowMs = 30_000
const slowUnevenShare = 0.05
/** A rhythm that pauses for so many times its distance has ended. */
const longestPause = 10

/** The question is asked at `at`; `before` is what is remembered of it, null the first time. */
export function ask(before: Question | null, at: number): Question {
  const fresh = { askedAt: at, everyMs: null, heldMs: 0, closedAt: null }
  if (before === null) return { ...fresh, purpose: 'request' }
  const everyMs = at - before.askedAt
  return { ...fresh, everyMs, purpose: purposeOf(before, everyMs, gapMs(before, at)) }
}

/** How long no request was open before one that is asked at `at`; null where one was. */
export function gapMs({ closedAt }: Question, at: number): number | null {
  return closedAt === null ? null : Math.max(0, at - closedAt)
}

/** Its exchange is over: the server took `held` ms to the first byte, or until the program gave up. */
export function close(question: Question, closedAt: number, held: number): Question {
  return { ...question, closedAt, heldMs: held }
}

function purposeOf(before: Question, everyMs: number, gap: number | null): PlainPurpose {
  const again = gap !== null && gap <= Math.max(againMs, before.heldMs * againShare)
  if (before.heldMs >= heldMs && again) return 'long-poll'
  if (before.purpose === 'long-poll' && gap !== null && gap <= restMs) return 'long-poll'
  if (before.everyMs === null || everyMs < leastEveryMs) return 'request'
  if (before.purpose === 'poll' && everyMs <= before.everyMs * longestPause) return 'poll'
  return isEven(everyMs, before.everyMs) ? 'poll' : 'request'
}

function isEven(a: number, b: number): boolean {
  const longer = Math.max(a, b)
  const share = longer > slowMs ? slowUnevenShare : unevenShare
  return Math.abs(a - b) <= longer * share + unevenMs
}

/** Query fields that differ each time a question is asked: against caches, or where to go on. */
const passing =
  /^(?:_|_?t|ts|time|timestamp|now|since|after|from|cursor|offset|seq|rev|version|v|last.*|cb|cachebust(?:er)?|nocache|rnd|rand(?:om)?)$/i

/** Stands for what is asked, but for what differs each time. `target`: as in the request line. */
export function questionOf(method: string, target: string): string {
  const [path = '', query = ''] = target.split('?', 2)
  const fields = query.split('&').map((field) => {
    const [name = ''] = field.split('=', 1)
    return passing.test(name) ? name : field
  })
  return `${method} ${path}?${fields.join('&')}`
}
