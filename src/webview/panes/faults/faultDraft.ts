// Texts of a fault, as the user types them, and the fault that they stand for.

import { parseSize } from '../../../shared/filter/filterNumbers.ts'
import { defaultLimits } from '../../../shared/limits.ts'
import {
  type FaultAct,
  type FaultKind,
  type FaultPlace,
  type FaultWay,
  faultLimits,
  type TapFault,
} from '../../../shared/session/tapFaults.ts'
import { formatDuration, parseDuration } from '../../../shared/text/duration.ts'

/** A number of a fault, as it is asked for. */
export interface FaultNumber {
  readonly name: 'ms' | 'jitterMs' | 'bytesPerSecond' | 'bytes' | 'retryAfterSeconds'
  readonly label: string
  readonly takes: 'time' | 'size'
  readonly most: number
  readonly mayBeEmpty?: boolean
}

const time = { takes: 'time', most: faultLimits.ms } as const

export const faultNumbersOf: Readonly<Record<FaultKind, readonly FaultNumber[]>> = {
  delay: [
    { name: 'ms', label: 'By', ...time },
    { name: 'jitterMs', label: 'More or less by', ...time },
  ],
  rate: [
    {
      name: 'bytesPerSecond',
      label: 'Each second',
      takes: 'size',
      most: faultLimits.bytesPerSecond,
    },
  ],
  'first-byte': [{ name: 'ms', label: 'For', ...time }],
  buffer: [
    { name: 'bytes', label: 'Until there are', takes: 'size', most: faultLimits.bufferBytes },
  ],
  'drop-pings': [],
  unavailable: [
    {
      name: 'retryAfterSeconds',
      label: 'Retry-After',
      takes: 'time',
      most: faultLimits.retryAfterSeconds * 1000,
      mayBeEmpty: true,
    },
  ],
  refuse: [],
}

/** As it stands in the form. */
export interface FaultDraft {
  readonly numbers: Readonly<Partial<Record<FaultNumber['name'], string>>>
  readonly way: FaultWay
  /** `/api/*`, `#7`, or nothing for everywhere. */
  readonly place: string
  /** `1m`, or nothing: until it is turned off. */
  readonly time: string
}

export function draftOf(act: FaultAct, place: FaultPlace): FaultDraft {
  const values: Readonly<Record<string, unknown>> = { ...act }
  const numbers = faultNumbersOf[act.kind].map(({ name, takes }) => {
    const value = values[name]
    if (typeof value !== 'number') return [name, '']
    const ms = name === 'retryAfterSeconds' ? value * 1000 : value
    return [name, takes === 'size' ? sizeText(value) : formatDuration(ms)]
  })
  return {
    numbers: Object.fromEntries(numbers),
    way: 'way' in act ? act.way : 'both',
    place: placeText(place),
    time: '',
  }
}

export type ReadDraft =
  | { readonly ok: true; readonly fault: TapFault }
  /** Names of what cannot be read: those of numbers, `place` and `time`. */
  | { readonly ok: false; readonly wrong: ReadonlySet<string> }

export function readDraft(kind: FaultKind, draft: FaultDraft): ReadDraft {
  const wrong = new Set<string>()
  const act: Record<string, unknown> = { kind, way: draft.way }
  for (const number of faultNumbersOf[kind]) {
    const value = readNumber(number, draft.numbers[number.name] ?? '')
    if (value === undefined) wrong.add(number.name)
    else act[number.name] = value
  }
  const place = readPlace(draft.place)
  if (place === null) wrong.add('place')
  const forMs = draft.time.trim() === '' ? null : parseDuration(draft.time)
  if (draft.time.trim() !== '' && (forMs === null || forMs > defaultLimits.maxDelayMs)) {
    wrong.add('time')
  }
  if (wrong.size > 0 || place === null) return { ok: false, wrong }
  // The session's host checks it once more.
  return { ok: true, fault: { act: act as unknown as FaultAct, ...place, forMs } }
}

/** Undefined where it cannot be read; whole. */
function readNumber(
  { name, takes, most, mayBeEmpty }: FaultNumber,
  text: string,
): number | null | undefined {
  if (text.trim() === '') return mayBeEmpty ? null : undefined
  const value = takes === 'size' ? parseSize(text) : (parseDuration(text) ?? undefined)
  if (value === undefined || value > most) return undefined
  return Math.round(name === 'retryAfterSeconds' ? value / 1000 : value)
}

/** Null where it is neither a path nor a connection. */
export function readPlace(text: string): FaultPlace | null {
  const place = text.trim()
  if (place === '') return { path: '', connection: null }
  const [, number] = /^#(\d{1,9})$/.exec(place) ?? []
  if (number !== undefined) return { path: '', connection: Number(number) }
  return /^[/*]\S*$/.test(place) ? { path: place, connection: null } : null
}

export function placeText({ path, connection }: FaultPlace): string {
  return connection === null ? path : `#${connection}`
}

function sizeText(bytes: number): string {
  return bytes % 1000 === 0 ? `${bytes / 1000}kB` : String(bytes)
}
