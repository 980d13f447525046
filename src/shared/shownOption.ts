// An option's name as a complaint may repeat it: without a value that was written onto it, which may be a secret.

/** `--bearer…` for `--bearerTOKEN`; `known` are the names of options, without hyphens. */
export function shownOption(written: string, known: Iterable<string>): string {
  let longest = ''
  for (const name of known) {
    if (name.length > longest.length && written.startsWith(`--${name}`)) longest = name
  }
  if (longest !== '') return written === `--${longest}` ? written : `--${longest}…`
  const [plain = ''] = /^--?[A-Za-z-]*/.exec(written) ?? []
  return plain === written ? written : `${plain}…`
}
