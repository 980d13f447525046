// The thresholds of all rules by family: milliseconds, bytes, shares and counts. Where no source is named they are ours.

export const streamThresholds = {
  /** [spec] HTML 9.2.7: a comment every 15 s or so keeps proxies from dropping the connection. Each 30 s is common, too. */
  silenceMs: { hint: 20_000, risk: 45_000, cut: 60_000 },
  burst: {
    /** Frames that are no farther apart came together. Reads of a busy socket come every few milliseconds, too. */
    withinMs: 5,
    /** So many of them. */
    least: 10,
    /** Of all data, in bursts. */
    share: 0.8,
    /** Bursts that show how it goes. */
    count: 3,
    /** The time between bursts, and how often that is the time between frames inside. */
    apartMs: 50,
    ratio: 20,
    /** Of a buffer's size, up or down, where a frame is not larger. */
    tolerance: 0.02,
  },
  /** An answer whose data came together at its end, so long after it had been asked for. */
  atOnce: { least: 10, withinMs: 50, afterMs: 1000 },
  /** Data that came apart shows that compression is flushed. */
  flushed: 3,
  /** A head so late that comes no sooner than so long before the first data. */
  heldHead: { lateMs: 1000, withinMs: 20 },
  /** The first byte of a stream, a handshake or a poll's answer. */
  slowFirstByteMs: 3000,
  /** IDs rise by the same step so often that a larger one is a gap. */
  steadyIds: 20,
  /** IDs that are remembered. */
  knownIds: 2000,
  /** Of one, or of an event's name, in characters: longer ones are told apart by both ends and their length. */
  idChars: 200,
  base64: { chars: 200, events: 3, share: 0.5 },
  /** Streams to one origin; browsers hold no more than `most` connections over HTTP/1.1. */
  browserStreams: { hint: 4, most: 6 },
  /** Requests beside a stream, and for each so few events or fewer. */
  oneWay: { requests: 10, events: 20 },
} as const

export const pollThresholds = {
  /** Polls that show how it goes. */
  least: 20,
  unchangedShare: 0.9,
  changedShare: 0.95,
  /** Polls that are farther apart cost little. */
  seldomMs: 30_000,
  rate: { perSecond: 10, forMs: 10_000 },
  /** Answers that were not compared with the validator that came along. */
  ignored: 3,
  unvalidated: { least: 5, bytes: 1024 },
  /** [rfc9111] 5.1: by its Age. */
  staleMs: 1000,
  /** [rfc9112] 9.3: servers close what is idle, Node.js after 5 s. */
  unkept: { least: 5, share: 0.8, withinMs: 4000 },
  unheld: 10,
  shortHold: { least: 10, share: 0.5, withinMs: 1000 },
} as const

/** So many messages of a type had in common what is expected of the next; longer ones are not parsed. */
export const messageThresholds = { steady: 100, parsedBytes: 64 * 1024 } as const

export const endThresholds = {
  /** Two times are one limit. */
  sameMs: 2000,
  sameShare: 0.02,
  /** A shorter life or silence is no limit's. */
  leastAgeMs: 2000,
  leastIdleMs: 10_000,
  /** Data flowed: the last silence is no longer than this share of the age. */
  flowing: 0.3,
} as const

export const reconnectThresholds = {
  /** Within a minute. */
  storm: { count: 5, delayMs: 1000, withinMs: 60_000 },
  equal: { count: 5, share: 0.05 },
  flap: { count: 3, lifeMs: 5000, withinMs: 60_000 },
} as const

export const modelThresholds = {
  /** Those of the analysis of answers are told; from so long on they are a risk. */
  stallRiskMs: 2000,
  oneBurst: { chunks: 20, withinMs: 50, afterMs: 1000 },
} as const

export const webSocketThresholds = {
  /** Limits of gateways begin here: 32 KiB of a frame at API Gateway. It came so shortly before the end. */
  gatewayBytes: 32 * 1024,
  justBeforeMs: 1000,
  fragments: { least: 3, belowBytes: 16 * 1024, share: 0.2, messages: 20 },
  /** `ws` takes 100 MiB by default, gateways far less. */
  largeBytes: { hint: 1024 * 1024, risk: 16 * 1024 * 1024 },
  deflate: { messages: 100, ratio: 0.95, smallBytes: 64, missingBytes: 1_000_000 },
  /** [rfc6455] 5.5.2: as soon as is practical. */
  pongMs: 5000,
  /** Of the last ones against the first ones. */
  roundTrip: { first: 10, last: 50, least: 30, times: 5, aboveMs: 200 },
  /** Pings each 30 s are common. */
  silenceMs: { hint: 35_000, risk: 60_000 },
  closeMs: 1000,
} as const

export const appThresholds = {
  /** A request waits for longer than this, and than so many times as long as nearly all others. */
  answerMs: 10_000,
  answerTimes: 20,
  /** Requests that are watched; the oldest are forgotten. */
  openRequests: 10_000,
  errors: { share: 0.05, answers: 20 },
  names: 64,
  /** A ping waits for so many times as long as any that was answered on its connection. */
  pongTimes: 2,
} as const
