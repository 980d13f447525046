// What was thrown, which can be anything, as an error.

/** The same object where it is one already. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
