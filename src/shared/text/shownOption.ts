// The name of a command-line option as a message may repeat it: without its value, which may be a secret.

/** Lower-case letters and hyphens: what is longer, or has anything else in it, is no mistyped name. */
const mistyped = /^--[a-z-]{1,24}$|^-[A-Za-z]$/
/** The length of the part that is shown of any other name. */
const beginning = /^--[a-z-]{0,8}|^-[a-z]?|^/

/** `--bearer…` for `--bearerTOKEN`; `known` are the names of options, without hyphens. */
export function shownOption(written: string, known: Iterable<string>): string {
  let longest = ''
  for (const name of known) {
    if (name.length > longest.length && written.startsWith(`--${name}`)) longest = name
  }
  if (longest !== '') return written === `--${longest}` ? written : `--${longest}…`
  return mistyped.test(written) ? written : `${beginning.exec(written)?.[0]}…`
}
