// What a session without a profile is called.

/** Host and path of a URL as it is recorded: references in it are not resolved. */
export function shortName(url: string): string {
  const [, rest = url] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^?#]*)/i.exec(url) ?? []
  return rest.replace(/\/$/, '') || url
}
