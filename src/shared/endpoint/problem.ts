// Problems in what the user wrote, and the two ways in which reading it ends.

/**
 * `path` names the field (`url`, `headers.X-A`, `send[1]`, `reconnect.attempts`); it is empty for
 * the whole. `message` is a sentence that says what to change.
 */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** Says what is wrong with a field; null is no problem. */
export type Report = (path: string, message: string | null) => void

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Says what to change in the whole. */
export function refused(message: string): Parsed<never> {
  return { ok: false, problems: [{ path: '', message }] }
}
