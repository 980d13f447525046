// Sums of payload sizes over a scene's frames, as a capture finds them in its tables.

import type { Scene } from './scene.ts'

export function sceneSizes({ row, plain }: Scene): (after: number, last: number) => number {
  const sizeOf = (seq: number) => row(seq).frame.sizeBytes
  return (after, last) => {
    // Of a million frames each is made anew.
    if (plain) return last > after ? (last - after) * sizeOf(last) : 0
    let sum = 0
    for (let seq = after + 1; seq <= last; seq++) sum += sizeOf(seq)
    return sum
  }
}
