// A file that a profile or an option names, read whole: one that ends, up to a size, whatever its name leads to.

import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'

/** The file can be opened, but is not read: a device or a pipe has no end, or the limit is passed. */
export class UnfitFile extends Error {
  readonly reason: 'endless' | 'too-large'
  constructor(reason: UnfitFile['reason']) {
    super(reason === 'endless' ? 'it is a device or a pipe, which has no end' : 'it is too large')
    this.reason = reason
  }
}

// A pipe that nobody writes to would be waited for when it is opened. Windows has no such flag.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
const pieceBytes = 1024 * 1024

/** Rejects with `UnfitFile` or the system's error. */
export async function readRegularFile(path: string, mostBytes: number): Promise<Uint8Array> {
  const file = await open(path, flags)
  try {
    judge(await file.stat(), mostBytes)
    const pieces: Uint8Array[] = []
    let total = 0
    // What the size says is not relied on: a file may grow, and what a kernel makes up has none.
    for await (const piece of file.createReadStream({ highWaterMark: pieceBytes })) {
      pieces.push(piece)
      total += piece.byteLength
      if (total > mostBytes) throw new UnfitFile('too-large')
    }
    return Buffer.concat(pieces)
  } finally {
    await file.close()
  }
}

/** The same at once, for small files. Throws. */
export function readRegularFileSync(path: string, mostBytes: number): Buffer {
  const file = openSync(path, flags)
  try {
    judge(fstatSync(file), mostBytes)
    const bytes = Buffer.alloc(mostBytes + 1)
    let filled = 0
    for (;;) {
      const count = readSync(file, bytes, filled, bytes.byteLength - filled, null)
      if (count === 0) return bytes.subarray(0, filled)
      filled += count
      if (filled > mostBytes) throw new UnfitFile('too-large')
    }
  } finally {
    closeSync(file)
  }
}

/** A folder is left to the reading, whose error tells it. */
function judge(facts: Stats, mostBytes: number): void {
  if (!facts.isFile() && !facts.isDirectory()) throw new UnfitFile('endless')
  if (facts.isFile() && facts.size > mostBytes) throw new UnfitFile('too-large')
}
