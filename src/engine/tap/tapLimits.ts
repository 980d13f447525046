// Limits of what a tap remembers of those whose traffic passes it.

export const tapLimits = {
  /** Programs at paths; the least recently used are forgotten. */
  conversations: 1000,
  /** Questions of each that may be asked again. */
  questions: 32,
  /** Polls whose last answer is kept, to tell what the next one changes. */
  polls: 64,
  /** Heads whose credentials are known. */
  heads: 64,
  /** Sentences that are told once. */
  told: 1000,
  /** Losses of a connection are told together, so often at the most, in ms. */
  lossMs: 1000,
} as const
