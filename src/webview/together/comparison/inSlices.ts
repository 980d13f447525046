// Long work of the page in slices, between which it rests: at most a tenth of the time is spent on it.

/** Shorter than a picture. */
const sliceMs = 8
const restShare = 9

/** `isWanted` is asked after each rest; null where it is not any more. */
export async function inSlices<Result>(
  steps: Iterator<void, Result>,
  isWanted: () => boolean,
): Promise<{ readonly result: Result } | null> {
  for (;;) {
    const began = performance.now()
    let step = steps.next()
    while (!step.done && performance.now() - began < sliceMs) step = steps.next()
    if (step.done) return { result: step.value }
    await restAfter(performance.now() - began)
    if (!isWanted()) return null
  }
}

/** So long that what took `tookMs` was a tenth of the time. */
export function restAfter(tookMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, restShare * tookMs))
}
