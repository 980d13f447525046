// The kind and the size of an image, from its first bytes, and whether it can be drawn.

import { formatCount, formatLimit } from '../../../shared/text/units.ts'

export interface ImageHead {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  /** Pixels; null where the head does not tell them. */
  readonly size: { readonly width: number; readonly height: number } | null
}

/** Null for what is no image of these kinds. `bytes`: the payload or its beginning. */
export function readImageHead(bytes: Uint8Array): ImageHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = (offset: number, text: string) =>
    offset + text.length <= bytes.length &&
    [...text].every((letter, i) => bytes[offset + i] === letter.charCodeAt(0))
  if (at(0, '\x89PNG\r\n\x1a\n')) {
    const size =
      bytes.length < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) }
    return { type: 'image/png', size }
  }
  if (at(0, 'GIF87a') || at(0, 'GIF89a')) {
    const size =
      bytes.length < 10 ? null : { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    return { type: 'image/gif', size }
  }
  if (at(0, '\xff\xd8\xff')) return { type: 'image/jpeg', size: jpegSize(view) }
  if (at(0, 'RIFF') && at(8, 'WEBP')) return { type: 'image/webp', size: webpSize(view, at) }
  return null
}

/** In the first segment that begins a frame. [jpeg] B.2.2 */
function jpegSize(view: DataView): ImageHead['size'] {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const beginsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (beginsFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** [webp] of a lossy, a lossless and an extended file. */
function webpSize(
  view: DataView,
  at: (offset: number, text: string) => boolean,
): ImageHead['size'] {
  if (view.byteLength < 30) return null
  if (at(12, 'VP8 ')) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (at(12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (!at(12, 'VP8X')) return null
  const whole = (offset: number) => view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16)
  return { width: whole(24) + 1, height: whole(27) + 1 }
}

/** A few bytes may unfold to more pixels than there is memory. */
const maxPixels = 64_000_000
export const maxPictureBytes = 16 * 2 ** 20

/** An image that can be drawn; SVG tells its size only once it is drawn. */
export type PictureType = ImageHead['type'] | 'image/svg+xml'

/** Why an image is not drawn, as a sentence; null where it is. `sized`: all of it has been looked through for its size. */
export function pictureProblem(
  size: ImageHead['size'],
  bytes: number,
  sized = false,
): string | null {
  if (bytes > maxPictureBytes) {
    return `No picture: it has more than ${formatLimit(maxPictureBytes)}. Open it in another program.`
  }
  if (sized && (size === null || size.width * size.height === 0)) {
    return 'No picture: it does not tell its size, so that it could take all memory. Open it in another program.'
  }
  if (size !== null && size.width * size.height > maxPixels) {
    return `No picture: ${sizeWords(size)} are more than is drawn.`
  }
  return null
}

export function sizeWords({ width, height }: NonNullable<ImageHead['size']>): string {
  return `${formatCount(width)} × ${formatCount(height)} pixels`
}
