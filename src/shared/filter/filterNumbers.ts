// Numbers of a filter: sizes and times with their units, statuses, and the bounds that are made of them.

import type { Bound } from './filterNode.ts'

type NumberForm = 'statuses' | 'numbers' | 'sizes' | 'times'

const sizeUnits: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
}

/** In milliseconds. */
const timeUnits: Readonly<Record<string, number>> = {
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 60e3,
  min: 60e3,
  h: 3600e3,
}

/** The unit that a number lacks may stand behind white space, as views write it: `1.2 kB`. */
export const spacedUnit: Readonly<Partial<Record<string, RegExp>>> = {
  sizes: /\s+(?:[kmg]i?b|b)(?![^\s)])/iy,
  times: /\s+(?:us|µs|ms|s|m|min|h)(?![^\s)])/iy,
}

const amount = /^(\d+(?:\.\d*)?|\.\d+)([a-zµ]*)$/i
/** `2:05.120`, `1:00:00`: as views write the time since the start. */
const clock = /^(?:(\d+):)?(\d+):(\d{2}(?:\.\d*)?)$/

/** Undefined where it is none of this form. */
function numberOf(form: NumberForm, text: string): number | undefined {
  if (form === 'statuses' || form === 'numbers')
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined
  const parts = clock.exec(text)
  if (form === 'times' && parts) {
    const [, hours = 0, minutes = 0, seconds = 0] = parts
    return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1e3
  }
  const [, digits, unit = ''] = amount.exec(text) ?? []
  if (digits === undefined) return undefined
  if (form === 'sizes') return scaled(digits, unit === '' ? 1 : sizeUnits[unit.toLowerCase()])
  // Minutes and megabytes differ from others by their letter's case only where nobody would write them so.
  return scaled(digits, digits === '0' && unit === '' ? 1 : timeUnits[unit.toLowerCase()])
}

/** Bytes of `500`, `1kB`, `2 MiB`; undefined where it is no size. */
export function parseSize(text: string): number | undefined {
  return numberOf('sizes', text.replace(/\s+/g, ''))
}

function scaled(digits: string, unit: number | undefined): number | undefined {
  const value = unit === undefined ? Number.NaN : Number(digits) * unit
  return Number.isFinite(value) ? value : undefined
}

/** The bounds that one text behind a field's colon stands for; undefined where it is none of this form. */
export function boundsOf(form: NumberForm, text: string): readonly Bound[] | undefined {
  const compared = /^(<=|>=|<|>|=)(.*)$/s.exec(text)
  if (compared) {
    const value = numberOf(form, compared[2] ?? '')
    return value === undefined ? undefined : [{ is: compared[1] as Bound['is'], value }]
  }
  const hundreds = form === 'statuses' ? /^([1-9])xx$/i.exec(text) : null
  if (hundreds) {
    const from = Number(hundreds[1]) * 100
    return [
      { is: '>=', value: from },
      { is: '<', value: from + 100 },
    ]
  }
  const range = form === 'numbers' ? /^(\d{1,15})-(\d{1,15})$/.exec(text) : null
  if (range) {
    return [
      { is: '>=', value: Number(range[1]) },
      { is: '<=', value: Number(range[2]) },
    ]
  }
  const value = numberOf(form, text)
  return value === undefined ? undefined : [{ is: '=', value }]
}
