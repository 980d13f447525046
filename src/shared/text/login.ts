// `user:password`, as curl and the command line take it.

export interface Login {
  readonly user: string
  readonly password: string
}

/** Splits at the first colon outside of references (`${env:USER}:x`); null without one. */
export function parseLogin(text: string): Login | null {
  // At the start of a reference no alternative is tried, or a long text would take for ever.
  const parts = /^((?:\$\{[^{}]*\}|(?!\$\{[^{}]*\})[^:])*):(.*)$/s.exec(text)
  return parts && { user: parts[1] ?? '', password: parts[2] ?? '' }
}
