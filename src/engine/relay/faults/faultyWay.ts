// One way of a pair of connections, on which faults may act: bytes go on at once, later, slower, or gathered.

import {
  type FaultAct,
  type FaultKind,
  type FaultWay,
  faultNumbers,
  tapFaults,
} from '../../../shared/session/tapFaults.ts'
import { now } from '../../transports/clock.ts'
import type { FaultRules, MetPlace } from './faultRules.ts'
import { createHeldBytes } from './heldBytes.ts'

type Side = Exclude<FaultWay, 'both'>

export interface FaultyWay {
  /** `begins`: an answer or a request begins with these bytes. */
  write(bytes: Uint8Array, begins: boolean): void
  /** The message is complete. */
  messageEnd(): void
  /** Nothing more comes; the end goes on behind what is held. */
  end(): void
  /** Bytes that wait for their time, or for others. */
  held(): number
  /** The faults are others from now on: what is held goes on at once. */
  changed(): void
  /** Forgets what is held. */
  clear(): void
}

export interface FaultyWayOptions {
  readonly to: Side
  readonly rules: FaultRules
  place(): MetPlace
  write(bytes: Uint8Array): void
  end(): void
  /** A fault acts on this message or connection; once for each. */
  acts(kind: FaultKind, message: string): void
}

/** Of a limited rate, a second's bytes go on in so many pieces. */
const piecesPerSecond = 20

export function createFaultyWay(options: FaultyWayOptions): FaultyWay {
  const { to, rules, write } = options
  const queue = createHeldBytes({ now, pass: write, ended: options.end })
  let gathered: Uint8Array[] = []
  let gatheredBytes = 0
  /** When the line of a limited rate is free again. */
  let freeAt = 0
  let told = new Set<FaultKind>()
  let isFirst = true

  function find<K extends FaultKind>(kind: K, at: number): Extract<FaultAct, { kind: K }> | null {
    return rules.find(kind, options.place(), at)
  }

  function tell(act: FaultAct): void {
    if (told.has(act.kind)) return
    told.add(act.kind)
    options.acts(act.kind, faultWords(act, to))
  }

  function concerns(act: Extract<FaultAct, { way: unknown }> | null): boolean {
    return act !== null && (act.way === 'both' || act.way === to)
  }

  function send(bytes: Uint8Array): void {
    const at = now()
    const delay = find('delay', at)
    const rate = find('rate', at)
    const first = isFirst && to === 'client' ? find('first-byte', at) : null
    isFirst = false
    let dueAt = at
    if (delay !== null && concerns(delay)) {
      tell(delay)
      dueAt += Math.max(0, delay.ms + (2 * Math.random() - 1) * delay.jitterMs)
    }
    if (first !== null) {
      tell(first)
      dueAt += first.ms
    }
    if (rate !== null && concerns(rate)) {
      tell(rate)
      addSlowly(bytes, dueAt, rate.bytesPerSecond)
    } else if (dueAt > at || queue.size() > 0) queue.add(bytes, dueAt)
    else write(bytes)
  }

  function addSlowly(bytes: Uint8Array, dueAt: number, bytesPerSecond: number): void {
    const size = Math.max(1, Math.floor(bytesPerSecond / piecesPerSecond))
    for (let from = 0; from < bytes.length; from += size) {
      const piece = bytes.subarray(from, from + size)
      freeAt = Math.max(freeAt, dueAt) + (1000 * piece.length) / bytesPerSecond
      queue.add(piece, freeAt)
    }
  }

  function flush(): void {
    if (gatheredBytes === 0) return
    const whole = Buffer.concat(gathered)
    gathered = []
    gatheredBytes = 0
    send(whole)
  }

  return {
    write(bytes, begins) {
      if (begins) {
        flush()
        isFirst = true
        told = new Set()
      }
      if (!rules.any() && queue.size() === 0 && gatheredBytes === 0) {
        isFirst = false
        write(bytes)
        return
      }
      const buffer = to === 'client' ? find('buffer', now()) : null
      if (buffer === null) {
        flush()
        send(bytes)
        return
      }
      tell(buffer)
      gathered.push(bytes)
      gatheredBytes += bytes.length
      if (gatheredBytes >= buffer.bytes) flush()
    },
    messageEnd: flush,
    end() {
      flush()
      queue.end()
    },
    held: () => queue.size() + gatheredBytes,
    changed() {
      freeAt = 0
      queue.release()
      flush()
    },
    clear() {
      queue.clear()
      gathered = []
      gatheredBytes = 0
    },
  }
}

function faultWords(act: FaultAct, to: Side): string {
  const numbers = faultNumbers(act)
  const way = to === 'client' ? 'to the program' : 'to the server'
  switch (act.kind) {
    case 'delay':
      return `What goes ${way} is delayed by ${numbers} from here on.`
    case 'rate':
      return `What goes ${way} is limited to ${numbers} from here on.`
    case 'first-byte':
      return `The answer is held for ${numbers}.`
    case 'buffer':
      return `The answer goes on in pieces of ${numbers}, as through a proxy that buffers.`
    default:
      return tapFaults[act.kind].sentence
  }
}
