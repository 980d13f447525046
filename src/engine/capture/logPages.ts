// Finds the first page among those of a log, by its bytes. [sqlite] fileformat2.html 4

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

export interface Log {
  readonly file: number
  readonly header: Buffer
  readonly pageBytes: number
}

export interface LogFrame {
  /** From 0. */
  readonly index: number
  /** Read when it is asked for. */
  page(): Uint8Array
}

const headerBytes = 32
const frameHeaderBytes = 24

/**
 * Whether `allows` says so of every copy of the first page in the log at `path`; without a log there is none.
 * What remains from before the log began anew is passed over.
 */
export function pagesOfLog(path: string, allows: (log: Log, frame: LogFrame) => boolean): boolean {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    throw error
  }
  try {
    return everyFirstPage(file, allows)
  } finally {
    closeSync(file)
  }
}

function everyFirstPage(file: number, allows: (log: Log, frame: LogFrame) => boolean): boolean {
  const header = Buffer.alloc(headerBytes)
  if (readSync(file, header, 0, headerBytes, 0) < headerBytes) return true
  const pageBytes = header.readUInt32BE(8)
  // SQLite takes no other for a log. [sqlite] fileformat2.html 1.3.2
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0) return true
  const log = { file, header, pageBytes }
  const step = frameHeaderBytes + pageBytes
  const count = Math.floor((fstatSync(file).size - headerBytes) / step)
  const head = Buffer.alloc(16)
  for (let index = 0; index < count; index++) {
    const at = headerBytes + index * step
    readSync(file, head, 0, 16, at)
    const isOfThisLog = head.compare(header, 16, 24, 8, 16) === 0
    if (!isOfThisLog || head.readUInt32BE(0) !== 1) continue
    const page = () => {
      const bytes = Buffer.alloc(pageBytes)
      readSync(file, bytes, 0, pageBytes, at + frameHeaderBytes)
      return bytes
    }
    if (!allows(log, { index, page })) return false
  }
  return true
}

/**
 * Whether SQLite would take a frame for written: its sum and those of all frames before it are right. The last ones of
 * a writer that was killed may be half written. Reads the log from its beginning: about a second for 512 MiB.
 */
export function isLogFrameValid({ file, header, pageBytes }: Log, { index }: LogFrame): boolean {
  const isLittle = (header.readUInt32BE(0) & 1) === 0
  const step = frameHeaderBytes + pageBytes
  const frame = Buffer.alloc(step)
  let sums: Sums = addUp([0, 0], header.subarray(0, 24), isLittle)
  if (!isSum(sums, header, 24)) return false
  for (let at = 0; at <= index; at++) {
    readSync(file, frame, 0, step, headerBytes + at * step)
    if (frame.compare(header, 16, 24, 8, 16) !== 0) return false
    sums = addUp(sums, frame.subarray(0, 8), isLittle)
    sums = addUp(sums, frame.subarray(frameHeaderBytes), isLittle)
    if (!isSum(sums, frame, 16)) return false
  }
  return true
}

type Sums = readonly [number, number]

/** [sqlite] fileformat2.html 4.2 */
function addUp([one, other]: Sums, bytes: Buffer, isLittle: boolean): Sums {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let first = one
  let second = other
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + view.getUint32(at, isLittle) + second) >>> 0
    second = (second + view.getUint32(at + 4, isLittle) + first) >>> 0
  }
  return [first, second]
}

function isSum([first, second]: Sums, bytes: Buffer, at: number): boolean {
  return bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second
}
