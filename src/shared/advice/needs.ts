// The needs of an application, by which a method is chosen.

export interface Needs {
  /** How often the server has something new. */
  readonly changesPerMinute: number
  /** Bytes of what is new, on average. */
  readonly itemBytes: number
  /** How old data may be when it is seen, in ms. */
  readonly maxAgeMs: number
  /** How often the client has something to say. */
  readonly sentPerMinute: number
  /** Whether what is said is no text. */
  readonly binary: boolean
  /** Whether a proxy on the way holds answers back until they are whole, or knows no upgrade to another protocol. */
  readonly oldProxies: boolean
  /** Clients at the same time. */
  readonly viewers: number
}

/** What nobody has said. */
export const usualNeeds: Needs = {
  changesPerMinute: 60,
  itemBytes: 200,
  maxAgeMs: 1000,
  sentPerMinute: 0,
  binary: false,
  oldProxies: false,
  viewers: 1,
}
