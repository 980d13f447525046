// Reads what a log says of the first page and of the database's length, by its bytes. [sqlite] fileformat2.html 4

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

export interface LogFrame {
  /** Bytes of the whole database as a frame says that ends a transaction; else 0. */
  readonly databaseBytes: number
  /** The first page, where the frame holds it, else null; read when it is asked for. */
  firstPage(): Uint8Array | null
  /**
   * Whether SQLite would take the frame for written: its sum and those of all frames before it are right. The last ones
   * of a writer that was killed may be half written. All that is asked reads the log once: about a second for 512 MiB.
   */
  isValid(): boolean
}

const headerBytes = 32
const frameHeaderBytes = 24

/**
 * Whether `allows` says so of every frame of the log at `path`; without a log there is none. What remains from before
 * the log began anew is passed over.
 */
export function framesOfLog(path: string, allows: (frame: LogFrame) => boolean): boolean {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    throw error
  }
  try {
    return everyFrame(file, allows)
  } finally {
    closeSync(file)
  }
}

function everyFrame(file: number, allows: (frame: LogFrame) => boolean): boolean {
  const header = Buffer.alloc(headerBytes)
  if (readSync(file, header, 0, headerBytes, 0) < headerBytes) return true
  const pageBytes = header.readUInt32BE(8)
  // SQLite takes no other for a log. [sqlite] fileformat2.html 1.3.2
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0) return true
  const step = frameHeaderBytes + pageBytes
  const count = Math.floor((fstatSync(file).size - headerBytes) / step)
  const isValid = createSums(file, header, step)
  const head = Buffer.alloc(16)
  for (let index = 0; index < count; index++) {
    const at = headerBytes + index * step
    readSync(file, head, 0, 16, at)
    if (head.compare(header, 16, 24, 8, 16) !== 0) continue
    const frame: LogFrame = {
      databaseBytes: head.readUInt32BE(4) * pageBytes,
      firstPage() {
        if (head.readUInt32BE(0) !== 1) return null
        const bytes = Buffer.alloc(pageBytes)
        readSync(file, bytes, 0, pageBytes, at + frameHeaderBytes)
        return bytes
      },
      isValid: () => isValid(index),
    }
    if (!allows(frame)) return false
  }
  return true
}

/** Whether the sums are right up to the frame of an index: each call goes on where the one before it ended. */
function createSums(file: number, header: Buffer, step: number): (index: number) => boolean {
  const isLittle = (header.readUInt32BE(0) & 1) === 0
  const frame = Buffer.alloc(step)
  let sums = addUp([0, 0], header.subarray(0, 24), isLittle)
  let valid = 0
  let isBroken = !isSum(sums, header, 24)

  function addFrame(): void {
    readSync(file, frame, 0, step, headerBytes + valid * step)
    sums = addUp(sums, frame.subarray(0, 8), isLittle)
    sums = addUp(sums, frame.subarray(frameHeaderBytes), isLittle)
    isBroken = frame.compare(header, 16, 24, 8, 16) !== 0 || !isSum(sums, frame, 16)
    if (!isBroken) valid++
  }

  return (index) => {
    while (!isBroken && valid <= index) addFrame()
    return index < valid
  }
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
