// The needs of an application, by which a method is chosen.

/** What the proxies on the way do: know no upgrade to another protocol, or hold answers back until they are whole. */
export const proxyKinds = ['open', 'no-upgrade', 'buffering'] as const

export type ProxyKind = (typeof proxyKinds)[number]

export interface Needs {
  /** How often the server has something new. */
  readonly changesPerMinute: number
  /** Bytes of what is new, on average. */
  readonly itemBytes: number
  /** How old data may be when it is seen, in ms. */
  readonly maxAgeMs: number
  /** How often the client has something to say. */
  readonly sentPerMinute: number
  /** Bytes of what it says, on average. */
  readonly sentBytes: number
  /** Whether what is said is no text. */
  readonly binary: boolean
  /** Whether browsers are the only clients. */
  readonly browsersOnly: boolean
  readonly proxies: ProxyKind
  /** Clients at the same time. */
  readonly viewers: number
}

/** What nobody has said. */
export const usualNeeds: Needs = {
  changesPerMinute: 60,
  itemBytes: 200,
  maxAgeMs: 1000,
  sentPerMinute: 0,
  sentBytes: 0,
  binary: false,
  browsersOnly: false,
  proxies: 'open',
  viewers: 1,
}

/** What no measurement can tell, and what a user may say in the place of what was measured. */
export type SaidNeeds = Partial<
  Pick<Needs, 'maxAgeMs' | 'viewers' | 'sentPerMinute' | 'binary' | 'browsersOnly' | 'proxies'>
>

const longestAgeMs = 24 * 3_600_000
const mostViewers = 1e9

/** Null for what cannot be told from at once, or is no number of ms that people mean. */
export function checkedAge(ms: number | null): number | null {
  return ms !== null && ms > 0 && ms <= longestAgeMs ? ms : null
}

export function checkedViewers(count: number): number | null {
  return Number.isInteger(count) && count >= 1 && count <= mostViewers ? count : null
}

/** What was kept; each field that is missing or wrong is left out. */
export function readSaidNeeds(saved: unknown): SaidNeeds {
  if (typeof saved !== 'object' || saved === null) return {}
  const fields = new Map<string, unknown>(Object.entries(saved))
  const numberOf = (name: string) => {
    const value = fields.get(name)
    return typeof value === 'number' ? value : Number.NaN
  }
  const flag = (name: 'binary' | 'browsersOnly') => {
    const value = fields.get(name)
    return typeof value === 'boolean' ? { [name]: value } : {}
  }
  const maxAgeMs = checkedAge(numberOf('maxAgeMs'))
  const viewers = checkedViewers(numberOf('viewers'))
  const sentPerMinute = numberOf('sentPerMinute')
  const proxies = proxyKinds.find((kind) => kind === fields.get('proxies'))
  return {
    ...(maxAgeMs !== null && { maxAgeMs }),
    ...(viewers !== null && { viewers }),
    ...(sentPerMinute >= 0 && sentPerMinute < Number.POSITIVE_INFINITY && { sentPerMinute }),
    ...flag('binary'),
    ...flag('browsersOnly'),
    ...(proxies !== undefined && { proxies }),
  }
}
