// Finds the ends of the frames in Zstandard data, since Node's decoder stops at the first end that is not the last.
// [rfc8878] 3

/** Cuts the next bytes behind each frame that ends in them. The pieces are views, none of them empty. */
export type ZstdCutter = (bytes: Uint8Array) => readonly Uint8Array[]

type Step = { readonly take: number } | { readonly skip: number } | 'end'

const nothing = new Uint8Array(0)

export function createZstdCutter(): ZstdCutter {
  const steps = frames()
  let step: Step = steps.next().value
  /** Of this step. */
  let taken: number[] = []
  let skipped = 0

  function advance(bytes: Uint8Array): void {
    step = steps.next(bytes).value
    taken = []
    skipped = 0
  }

  return (bytes) => {
    const pieces: Uint8Array[] = []
    let start = 0
    let at = 0
    for (;;) {
      if (step === 'end') {
        pieces.push(bytes.subarray(start, at))
        start = at
        advance(nothing)
      } else if ('take' in step) {
        while (taken.length < step.take && at < bytes.length) taken.push(bytes[at++] ?? 0)
        if (taken.length < step.take) break
        advance(Uint8Array.from(taken))
      } else {
        const more = Math.min(step.skip - skipped, bytes.length - at)
        skipped += more
        at += more
        if (skipped < step.skip) break
        advance(nothing)
      }
    }
    if (start < bytes.length) pieces.push(bytes.subarray(start))
    return pieces.filter((piece) => piece.length > 0)
  }
}

function* frames(): Generator<Step, never, Uint8Array> {
  for (;;) {
    const magic = number(yield { take: 4 })
    // [rfc8878] 3.1.2
    if (magic >>> 4 === 0x184d2a5) yield { skip: number(yield { take: 4 }) }
    else if (magic === 0xfd2fb528) yield* zstdFrame()
    // The decoder reports it.
    else yield { skip: Number.POSITIVE_INFINITY }
    yield 'end'
  }
}

// [rfc8878] 3.1.1
function* zstdFrame(): Generator<Step, void, Uint8Array> {
  const descriptor = number(yield { take: 1 })
  const isSingle = (descriptor & 0x20) !== 0
  const window = isSingle ? 0 : 1
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0
  const content = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0
  yield { skip: window + dictionary + content }
  let isLast = false
  while (!isLast) {
    const header = number(yield { take: 3 })
    isLast = (header & 1) === 1
    const repeatsByte = ((header >>> 1) & 3) === 1
    yield { skip: repeatsByte ? 1 : header >>> 3 }
  }
  yield { skip: (descriptor & 4) !== 0 ? 4 : 0 }
}

/** Little-endian, up to four bytes. */
function number(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, i) => sum + byte * 2 ** (8 * i), 0)
}
