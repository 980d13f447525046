// Reads the head of an answer that keeps to the rules, as most do, by one look over its bytes.

import { tokenPattern } from '../../../shared/endpoint/httpSyntax.ts'
import { latin1, latin1Bytes } from '../../../shared/text/latin1.ts'
import { type BodyEnd, isBodiless, plainBodyEnd } from './bodyLength.ts'

export interface StrictHead {
  /** From its first byte to the end of the empty line. */
  readonly size: number
  readonly status: number
  readonly bodyEnd: BodyEnd
}

const lf = 0x0a
const cr = 0x0d
const space = 0x20
const colon = 0x3a
const zero = 0x30
const protocol = latin1Bytes('HTTP/1.')
const statusAt = 'HTTP/1.1 '.length
const statusEnd = statusAt + 3

const lengthNames = ['content-length', 'transfer-encoding'].map((name) => {
  return { name, lower: latin1Bytes(name) }
})

/** 1 for each byte of which the text is made. */
function bytesOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    pattern.test(String.fromCharCode(byte)) ? 1 : 0,
  )
}

const tokenBytes = bytesOf(new RegExp(tokenPattern))
// [rfc9110] 5.5
const valueBytes = bytesOf(/[\t\x20-\x7e\x80-\xff]/)

/**
 * `bytes` begin with the head, `method` is the request's. Null where it has not come whole or something may be wrong
 * with it. [rfc9112] 4 and 5
 */
export function readStrictHead(bytes: Uint8Array, method: string): StrictHead | null {
  const status = readStatus(bytes)
  if (status === null) return null
  const lengths: [name: string, value: string][] = []
  let at = afterLine(bytes, statusEnd)
  while (at >= 0 && bytes[at] !== cr) {
    const nameEnd = after(tokenBytes, bytes, at)
    if (nameEnd === at || bytes[nameEnd] !== colon) return null
    const next = afterLine(bytes, nameEnd + 1)
    const name = lengthName(bytes, at, nameEnd)
    if (name !== null) lengths.push([name, latin1(bytes.subarray(nameEnd + 1, next)).trim()])
    at = next
  }
  if (at < 0 || bytes[at + 1] !== lf) return null
  const plainEnd = plainBodyEnd(lengths)
  if (plainEnd === null) return null
  const bodyEnd: BodyEnd = isBodiless(method, status) ? { by: 'head' } : plainEnd
  return { size: at + 2, status, bodyEnd }
}

function readStatus(bytes: Uint8Array): number | null {
  for (let i = 0; i < protocol.length; i++) if (bytes[i] !== protocol[i]) return null
  const minor = bytes[statusAt - 2]
  const behind = bytes[statusEnd]
  if ((minor !== zero && minor !== zero + 1) || bytes[statusAt - 1] !== space) return null
  if (behind !== space && behind !== cr) return null
  let status = 0
  for (let at = statusAt; at < statusEnd; at++) {
    const digit = (bytes[at] ?? 0) - zero
    if (digit < 0 || digit > 9) return null
    status = 10 * status + digit
  }
  return status
}

function after(allowed: Uint8Array, bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && allowed[bytes[at] as number] === 1) at++
  return at
}

/** Offset of the next line; -1 where the value at `from` does not end in CR LF. */
function afterLine(bytes: Uint8Array, from: number): number {
  const end = after(valueBytes, bytes, from)
  return bytes[end] === cr && bytes[end + 1] === lf ? end + 2 : -1
}

/** The field's name, where it says the length of the body. */
function lengthName(bytes: Uint8Array, from: number, to: number): string | null {
  return lengthNames.find(({ lower }) => isName(lower, bytes, from, to))?.name ?? null
}

function isName(lower: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== lower.length) return false
  for (let i = 0; i < lower.length; i++) {
    // Of what a name is made of, letters alone differ in this bit from what is looked for.
    if (((bytes[from + i] as number) | 0x20) !== lower[i]) return false
  }
  return true
}
