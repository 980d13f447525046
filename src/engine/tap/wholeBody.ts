// The content coding of a body that has come as a whole, or as far as it came, removed at once.

import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'

export type Decoded =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly error: Error }

/** Each is work of its own; nobody needs more of them. */
const maxCodings = 5

interface Options {
  readonly isWhole: boolean
  readonly maxOutputLength: number
}

function zlibOptions({ isWhole, maxOutputLength }: Options) {
  // What is cut gives what is in it.
  const finishFlush = isWhole ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
  return { finishFlush, maxOutputLength }
}

const decoders: Readonly<Record<string, (bytes: Uint8Array, options: Options) => Uint8Array>> = {
  gzip: (bytes, options) => gunzipSync(bytes, zlibOptions(options)),
  'x-gzip': (bytes, options) => gunzipSync(bytes, zlibOptions(options)),
  // [rfc9110] 8.4.1.2 means zlib's format; some servers send bare deflate data.
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8
      ? inflateSync(bytes, zlibOptions(options))
      : inflateRawSync(bytes, zlibOptions(options)),
  br: (bytes, { isWhole, maxOutputLength }) =>
    brotliDecompressSync(bytes, {
      finishFlush: isWhole ? constants.BROTLI_OPERATION_FINISH : constants.BROTLI_OPERATION_FLUSH,
      maxOutputLength,
    }),
  zstd: (bytes, { isWhole, maxOutputLength }) =>
    zstdDecompressSync(bytes, {
      finishFlush: isWhole ? constants.ZSTD_e_end : constants.ZSTD_e_flush,
      maxOutputLength,
    }),
}

/** `codings` in the order of their removal, all of them known. Gives up beyond `maxBytes`. */
export function decodeWhole(
  bytes: Uint8Array,
  codings: readonly string[],
  { isWhole, maxBytes }: { readonly isWhole: boolean; readonly maxBytes: number },
): Decoded {
  if (codings.length > maxCodings) {
    return { ok: false, error: new Error(`more than ${maxCodings} codings`) }
  }
  try {
    let decoded = bytes
    for (const coding of codings) {
      if (decoded.length === 0) break
      decoded = decoders[coding]?.(decoded, { isWhole, maxOutputLength: maxBytes }) ?? decoded
    }
    return { ok: true, bytes: decoded }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error : new Error(String(error)) }
  }
}
