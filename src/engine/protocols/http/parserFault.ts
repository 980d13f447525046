// Turns what Node's HTTP parser refuses into plain words.

import { formatLimit } from '../../../shared/text/units.ts'
import type { Fault } from '../fault.ts'
import { otherProtocol } from './otherProtocol.ts'

export interface ParserPlace {
  /** `host:port` of the server. */
  readonly host: string
  /** A WebSocket was asked for. */
  readonly webSocket?: boolean
  /** The head of the answer had arrived. */
  readonly answered?: boolean
  /** What came before a head was complete. */
  readonly start?: Uint8Array | undefined
  /** As `Limits` has it. */
  readonly headBytes?: number
  /** Why the head cannot be read, in words, where our own reading found it. */
  readonly refusal?: string | null | undefined
}

/** What is wrong with a head, by the parser's code. */
const headReasons: Readonly<Record<string, string>> = {
  HPE_INVALID_CONSTANT: 'it does not begin with HTTP/',
  HPE_INVALID_VERSION: 'its version of HTTP is none that Lifeline reads',
  HPE_INVALID_STATUS: 'its status is no number of three digits',
  HPE_INVALID_HEADER_TOKEN: 'a field has a character that no field may have',
  HPE_INVALID_CONTENT_LENGTH:
    'its Content-Length is no number of bytes, or contradicts Transfer-Encoding',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'its Content-Length contradicts another field',
  HPE_INVALID_TRANSFER_ENCODING: 'its Transfer-Encoding contradicts another field',
  HPE_UNEXPECTED_SPACE: 'a space stands where none may be',
  HPE_CR_EXPECTED: 'a line does not end with CR and LF',
  HPE_LF_EXPECTED: 'a line does not end with CR and LF',
  HPE_STRICT: 'it breaks a rule of its grammar',
  HPE_INVALID_EOF_STATE: 'it ends in the middle',
}

/** What is wrong with the chunks of a body. */
const chunkReasons: Readonly<Record<string, string>> = {
  HPE_INVALID_CHUNK_SIZE: 'the size of a chunk is no hexadecimal number',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'the extensions of its chunks are longer than Node reads',
  HPE_STRICT: 'a chunk does not end where its size says',
  HPE_CR_EXPECTED: 'a line does not end with CR and LF',
  HPE_LF_EXPECTED: 'a line does not end with CR and LF',
  HPE_INVALID_EOF_STATE: 'the last chunk is missing',
  HPE_INVALID_HEADER_TOKEN: 'a field behind the last chunk has a character that no field may have',
}

/** llhttp's codes for bytes after a complete body that begin no new answer. */
const surplus: ReadonlySet<string> = new Set(['HPE_INVALID_CONSTANT', 'HPE_CLOSED_CONNECTION'])

/** Null for a code that is not the parser's. */
export function parserFault(code: string, place: ParserPlace): Fault | null {
  if (!code.startsWith('HPE_')) return null
  const { host, answered = false, start, refusal, headBytes } = place
  if (answered && surplus.has(code)) {
    return {
      code: 'http-invalid',
      message: `${host} sent more than the answer that it had announced.`,
      advice: 'Check the Content-Length that the server sends.',
      cause: code,
    }
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    const most =
      headBytes === undefined
        ? 'Lifeline reads'
        : `${formatLimit(headBytes)}, the most that Lifeline reads`
    return {
      code: 'http-head-too-large',
      message: answered
        ? `The fields behind the body from ${host} are larger than ${most}.`
        : `The head of the answer from ${host} is larger than ${most}.`,
      cause: code,
    }
  }
  // It has several codes for a fault after a chunk's size.
  if (answered || code.includes('CHUNK')) {
    const reason = chunkReasons[code]
    const message = `The body from ${host} breaks the rules of chunked transfer coding`
    return {
      code: 'http-broken-chunking',
      message: reason === undefined ? `${message}.` : `${message}: ${reason}.`,
      cause: code,
    }
  }
  const other = start === undefined ? null : otherProtocol(start, host, place.webSocket === true)
  if (other !== null) return { ...other, cause: code }
  const reason = refusal ?? headReasons[code]
  const message = `What ${host} sent is not a valid HTTP answer`
  const isOther = code === 'HPE_INVALID_CONSTANT'
  return {
    code: 'http-invalid',
    message: reason === undefined ? `${message}.` : `${message}: ${reason}.`,
    advice: isOther
      ? 'Check that the port speaks HTTP.'
      : 'Correct the head that the server sends.',
    ...(isOther && { fields: ['url'] }),
    cause: code,
  }
}
