// Logs beside a capture, made frame by frame. [sqlite] fileformat2.html 4.1

const headerBytes = 32
const frameHeaderBytes = 24

export interface LoggedPage {
  /** From 1. */
  readonly number: number
  readonly page: Buffer
  /** Pages of the whole database, where the frame ends a transaction; else 0. */
  readonly databasePages: number
}

/** The sums are right up to the frame `wrongFrom`, from 0, and not from there on. */
export function logOf(pages: readonly LoggedPage[], wrongFrom = pages.length): Buffer {
  const header = Buffer.alloc(headerBytes)
  // The sums are of little-endian numbers.
  const head = [0x377f0682, 3_007_000, pages[0]?.page.length ?? 0, 0, 7, 9]
  for (const [index, value] of head.entries()) header.writeUInt32BE(value, index * 4)
  let sums: Sums = addUp([0, 0], header.subarray(0, 24))
  header.writeUInt32BE(sums[0], 24)
  header.writeUInt32BE(sums[1], 28)
  const parts: Buffer[] = [header]
  for (const [index, { number, page, databasePages }] of pages.entries()) {
    const frame = Buffer.alloc(frameHeaderBytes)
    frame.writeUInt32BE(number, 0)
    frame.writeUInt32BE(databasePages, 4)
    header.copy(frame, 8, 16, 24)
    sums = addUp(addUp(sums, frame.subarray(0, 8)), page)
    frame.writeUInt32BE(sums[0], 16)
    frame.writeUInt32BE((sums[1] ^ (index < wrongFrom ? 0 : 1)) >>> 0, 20)
    parts.push(frame, page)
  }
  return Buffer.concat(parts)
}

type Sums = readonly [number, number]

/** [sqlite] fileformat2.html 4.2 */
function addUp([one, other]: Sums, bytes: Buffer): Sums {
  let first = one
  let second = other
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + bytes.readUInt32LE(at) + second) >>> 0
    second = (second + bytes.readUInt32LE(at + 4) + first) >>> 0
  }
  return [first, second]
}
