// The extension behind a chunk's size, as far as it shows what is wrong with it. [rfc9112] 7.1.1

import { tokenPattern } from '../../../shared/endpoint/httpSyntax.ts'

const cr = 0x0d
const tab = 0x09
const space = 0x20
const quote = 0x22
const semicolon = 0x3b
const backslash = 0x5c

export interface ChunkExtension {
  /** Answers with how many there are. */
  take(byte: number): number
  /** Its line has ended. */
  isSound(): boolean
}

export function createChunkExtension(): ChunkExtension {
  let count = 0
  let isSound = true
  let isQuoted = false
  let isEscaped = false
  let last = semicolon

  function takeQuoted(byte: number): void {
    if (isEscaped) isEscaped = false
    else if (byte === backslash) isEscaped = true
    else if (byte === quote) isQuoted = false
    if (byte < space && byte !== tab) isSound = false
  }

  return {
    take(byte) {
      // A CR ends the line, and a mark announces something.
      const isEnd = byte === cr
      if (last === cr || (last === semicolon && (isEnd || byte === semicolon))) isSound = false
      else if (isQuoted) takeQuoted(byte)
      else if (byte === quote) isQuoted = true
      else if (!isEnd && soundBytes[byte] !== 1) isSound = false
      last = byte
      return ++count
    },
    isSound: () => isSound && last === cr,
  }
}

const sound = new RegExp(`[=;]|${tokenPattern}`)
const soundBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  sound.test(String.fromCharCode(byte)) ? 1 : 0,
)
