// The end of an image: whether it is there. A browser draws what came of one, and says nothing of the rest.

import type { PictureType } from './imageHead.ts'

/** Whether the end is missing, where the format tells: GIF and SVG are never said to lack it. `bytes`: all that came. */
export function lacksEnd(type: PictureType, bytes: Uint8Array): boolean {
  return lacks[type]?.(bytes) ?? false
}

const lacks: { readonly [type in PictureType]?: (bytes: Uint8Array) => boolean } = {
  'image/png': (bytes) => !hasLastChunk(bytes),
  'image/jpeg': (bytes) => !hasEndMarker(bytes),
  'image/webp': (bytes) => viewOf(bytes).getUint32(4, true) + 8 > bytes.length,
}

const chunkHead = 8
const checksum = 4
const iend = 0x49454e44

/** Chunks of length, type, data and checksum follow the signature; the last one is IEND. [png] 5.3 */
function hasLastChunk(bytes: Uint8Array): boolean {
  const view = viewOf(bytes)
  for (let at = 8; at + chunkHead + checksum <= bytes.length; ) {
    if (view.getUint32(at + 4) === iend) return true
    at += chunkHead + view.getUint32(at) + checksum
  }
  return false
}

/** Anywhere: some cameras write more behind it. [jpeg] B.1.1.3 */
function hasEndMarker(bytes: Uint8Array): boolean {
  for (let at = bytes.lastIndexOf(0xd9); at > 0; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) return true
  }
  return false
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
