// A request that was pasted as a command or a call: the profile entry that asks for the same.

/** Fields of a profile entry, to be read by `parseEndpoint`. */
export type PastedEntry = Readonly<Record<string, unknown>>

export interface PastedRequest {
  readonly entry: PastedEntry
  /** Sentences about what is asked for otherwise than what was pasted would. */
  readonly notes: readonly string[]
}

/** Without the fields of which nothing is said. */
export function saidFields(fields: PastedEntry): PastedEntry {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => (value ?? null) !== null))
}
