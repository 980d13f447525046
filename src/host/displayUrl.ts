// URLs as they may be shown and remembered: without a password.

/** The URL without its password; a user name stays. Text that is no URL is searched all the same. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#@:]*):[^/?#]*@/i, '$1@')
}
