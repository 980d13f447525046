// The bytes of an event stream's lines: names, values, digits.

const LF = 10
const SPACE = 32
const encoder = new TextEncoder()

/** A field as it would have been sent, in a buffer of its own. */
export function fieldLine(name: string, value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? encoder.encode(value) : value
  const line = new Uint8Array(name.length + 2 + bytes.length)
  line.set(encoder.encode(`${name}: `))
  line.set(bytes, name.length + 2)
  return line
}

/** What stands between line feeds. */
export function* splitLines(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, start)) {
    yield bytes.subarray(start, at)
    start = at + 1
  }
  yield bytes.subarray(start)
}

/** [spec] HTML 9.2.6: one space at the start of a value is not part of it. */
export function afterSpace(bytes: Uint8Array, start: number, stop: number): number {
  return start < stop && bytes[start] === SPACE ? start + 1 : start
}

/** -1 when there is none from `start` up to `stop`. */
export function indexIn(bytes: Uint8Array, byte: number, start: number, stop: number): number {
  for (let i = start; i < stop; i++) if (bytes[i] === byte) return i
  return -1
}

/** Whether the bytes from `start` up to `stop` are this ASCII name. */
export function isName(bytes: Uint8Array, start: number, stop: number, name: string): boolean {
  if (stop - start !== name.length) return false
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false
  return true
}

/** Milliseconds, within what a number holds exactly; null unless all are ASCII digits, one at least. */
export function readDigits(bytes: Uint8Array): number | null {
  let value = 0
  for (let i = 0; i < bytes.length; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit < 0 || digit > 9) return null
    value = Math.min(value * 10 + digit, Number.MAX_SAFE_INTEGER)
  }
  return bytes.length === 0 ? null : value
}
