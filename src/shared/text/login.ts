// `user:password`, as curl and the command line take it.

export interface Login {
  readonly user: string
  readonly password: string
}

/** The first colon separates, but not that of a reference (`${env:USER}:x`); null where there is none. */
export function parseLogin(text: string): Login | null {
  // Where a reference begins nothing else is tried: that would take for ever.
  const parts = /^((?:\$\{[^{}]*\}|(?!\$\{[^{}]*\})[^:])*):(.*)$/s.exec(text)
  return parts && { user: parts[1] ?? '', password: parts[2] ?? '' }
}
