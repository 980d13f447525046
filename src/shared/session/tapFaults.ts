// The faults that a tap makes on purpose: what each does, what can be set of it, and its words.

import { formatDelay, formatLimit, formatSize } from '../text/units.ts'

/** Whom the bytes are for that a fault acts on. */
export type FaultWay = 'client' | 'server' | 'both'

/** Each with its numbers. */
export type FaultAct =
  /** Everything comes later by so much; `jitterMs`: by up to so much more or less. The order stays. */
  | {
      readonly kind: 'delay'
      readonly ms: number
      readonly jitterMs: number
      readonly way: FaultWay
    }
  | { readonly kind: 'rate'; readonly bytesPerSecond: number; readonly way: FaultWay }
  /** Of each answer. */
  | { readonly kind: 'first-byte'; readonly ms: number }
  /** As a proxy does that buffers: an answer is kept until so many bytes are there, or it ends. */
  | { readonly kind: 'buffer'; readonly bytes: number }
  /** WebSocket: pings of either side do not arrive. */
  | { readonly kind: 'drop-pings' }
  /** Requests are answered with 503 in the server's place. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number | null }
  /** New connections are refused, whatever they are for. */
  | { readonly kind: 'refuse' }

export type FaultKind = FaultAct['kind']

/** What is to be met. */
export interface FaultPlace {
  /** Of requests, without their query; `*` stands for anything. Empty: all. */
  readonly path: string
  /** The number of a connection, as frames have it; null: all. */
  readonly connection: number | null
}

export interface TapFault extends FaultPlace {
  readonly act: FaultAct
  /** It ends by itself after this time; null: when it is turned off. */
  readonly forMs: number | null
}

/** One that is turned on; `until`: epoch ms by the session's clock, null until it is turned off. */
export interface ForcedFault extends TapFault {
  readonly until: number | null
}

/** A connection that is broken off now; where none is met, the next one that is. */
export interface TapCut extends FaultPlace {
  /** A WebSocket is told so by a close frame, and HTTP ends without a reset. */
  readonly orderly: boolean
}

/** More of anything is a slip. */
export const faultLimits = {
  faults: 100,
  /** Ten minutes. */
  ms: 600_000,
  bytesPerSecond: 1_000_000_000,
  /** A sender is held back when so much is held. */
  bufferBytes: 1_000_000,
  retryAfterSeconds: 86_400,
} as const

interface FaultRow {
  readonly label: string
  /** Markdown. */
  readonly sentence: string
  /** The act as it is first offered. */
  readonly usual: FaultAct
}

export const tapFaults: Readonly<Record<FaultKind, FaultRow>> = {
  delay: {
    label: 'Delay',
    sentence:
      'What comes goes on later, as over a long way. With jitter, by a little more or less.',
    usual: { kind: 'delay', ms: 200, jitterMs: 50, way: 'both' },
  },
  rate: {
    label: 'Limit the rate',
    sentence: 'Bytes go on no faster than this, and the sender is held back, as over a slow line.',
    usual: { kind: 'rate', bytesPerSecond: 32_000, way: 'client' },
  },
  'first-byte': {
    label: 'Hold the first byte',
    sentence: 'Each answer begins later, as from a server that thinks for long.',
    usual: { kind: 'first-byte', ms: 3000 },
  },
  buffer: {
    label: 'Buffer as a bad proxy',
    sentence:
      'Answers are gathered and go on in large pieces: events of a stream come late and together.',
    usual: { kind: 'buffer', bytes: 8192 },
  },
  'drop-pings': {
    label: 'Drop pings',
    sentence: 'Pings of a WebSocket do not arrive, so that nobody answers them.',
    usual: { kind: 'drop-pings' },
  },
  unavailable: {
    label: 'Answer 503',
    sentence: 'Requests are answered with 503 Service Unavailable, and do not reach the server.',
    usual: { kind: 'unavailable', retryAfterSeconds: 5 },
  },
  refuse: {
    label: 'Refuse connections',
    sentence: 'Nothing listens: new connections are refused, those that are open go on.',
    usual: { kind: 'refuse' },
  },
}

export const allFaultKinds = Object.keys(tapFaults) as readonly FaultKind[]

/** The numbers of a fault in a few words: `200 ± 50 ms`; empty where it has none. */
export function faultNumbers(act: FaultAct): string {
  switch (act.kind) {
    case 'delay':
      return act.jitterMs === 0 ? formatDelay(act.ms) : `${act.ms} ± ${act.jitterMs} ms`
    case 'rate':
      return `${formatSize(act.bytesPerSecond)}/s`
    case 'first-byte':
      return formatDelay(act.ms)
    case 'buffer':
      return formatLimit(act.bytes)
    case 'unavailable':
      return act.retryAfterSeconds === null ? '' : `Retry-After: ${act.retryAfterSeconds}`
    case 'drop-pings':
    case 'refuse':
      return ''
  }
}
