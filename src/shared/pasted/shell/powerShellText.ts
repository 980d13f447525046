// The quoted texts of PowerShell: here-strings, backtick escapes, `$env:NAME`.

import { literal } from './quoting.ts'
import type { ShellVariables } from './shellVariables.ts'

/** A quoted text, for a pattern that goes on; its groups are `hereRaw`, `here`, `raw` and `text`. */
export const quotedText = [
  /@'[^\S\n]*\n(?<hereRaw>[\s\S]*?)\n[^\S\n]*'@|@"[^\S\n]*\n(?<here>[\s\S]*?)\n[^\S\n]*"@/,
  // PowerShell takes curly quotes for straight ones.
  /['\u2018-\u201b](?<raw>[^'\u2018-\u201b]*(?:['\u2018-\u201b]{2}[^'\u2018-\u201b]*)*)['\u2018-\u201b]/,
  /["\u201c-\u201e](?<text>[^"\u201c-\u201e`]*(?:(?:`[\s\S]|["\u201c-\u201e]{2})[^"\u201c-\u201e`]*)*)["\u201c-\u201e]/,
]
  .map(({ source }) => source)
  .join('|')

/**
 * Makes no here-string of what begins one behind the last end of any: without it, the rest of the text would be searched
 * for an end from each such beginning on.
 */
export function withoutLostHeads(text: string): string {
  return [`'`, '"'].reduce((read, quote) => {
    const ends = [...read.matchAll(new RegExp(`\\n[^\\S\\n]*${quote}@`, 'g'))]
    const last = ends.at(-1)?.index ?? 0
    const head = new RegExp(`@${quote}(?=[^\\S\\n]*\\n)`, 'g')
    return read.slice(0, last) + read.slice(last).replace(head, `$&${notHead}`)
  }, text)
}

const notHead = '\x01'

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
}

const piece =
  /`u\{(?<unicode>[0-9a-fA-F]{1,6})\}|`(?<escaped>[\s\S])|\$\(\[char\](?<char>0x[0-9a-fA-F]{1,6}|\d{1,7})\)|(?<variable>\$(?:env:\w+|\{(?:env:)?\w+\}|[A-Za-z_]\w*))|(?<command>\$\()|(?<twice>["\u201c-\u201e]{2})|(?<other>[\s\S])/giy

/** Part of a word; null where a command would have to be run. */
export function readPowerShellText(
  groups: Readonly<Record<string, string | undefined>>,
  variables: ShellVariables,
): string | null {
  const { hereRaw, here, raw, text } = groups
  if (hereRaw !== undefined) return literal(hereRaw)
  if (raw !== undefined) return literal(raw.replace(/(['\u2018-\u201b])['\u2018-\u201b]/g, '$1'))
  return readExpanding(text ?? here ?? '', text !== undefined, variables)
}

function readExpanding(text: string, quoted: boolean, variables: ShellVariables): string | null {
  let read = ''
  let plain = ''
  for (const { 0: whole, groups = {} } of text.matchAll(piece)) {
    const { unicode, escaped, char, variable, command, twice } = groups
    const code = char === undefined ? Number.parseInt(unicode ?? '', 16) : Number(char)
    if (command !== undefined) return null
    if (variable !== undefined) {
      read += literal(plain) + readVariable(variable, variables)
      plain = ''
    } else if (!Number.isNaN(code))
      plain += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
    else if (escaped !== undefined) plain += escapes[escaped] ?? escaped
    else plain += twice !== undefined && quoted ? whole.charAt(0) : whole
  }
  return read + literal(plain)
}

/** `$env:NAME`, `${env:NAME}` and `$name` as part of a word. */
export function readVariable(written: string, variables: ShellVariables): string {
  const name = written.replace(/^\$\{?(?:env:)?|\}$/gi, '')
  return variables.read(`\${${name}}`)
}
