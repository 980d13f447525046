// Regular expressions that take time linear in the text, whatever they are: a peer's text or a user's haste cannot hang them.

import { RE2JS } from 're2js'

export interface Regex {
  test(text: string | Uint8Array): boolean
  /** Where it is found, one after the other, at most `most` times; empty finds are left out. */
  find(text: string, most: number): readonly { readonly from: number; readonly to: number }[]
}

/** Those of JavaScript that make a difference here; the others are passed over. */
const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  s: RE2JS.DOTALL,
  m: RE2JS.MULTILINE,
}

/** A sentence where it is not one that can be used. */
export function compileRegex(source: string, flags: string): Regex | string {
  const bits = [...flags].reduce((sum, flag) => sum | (flagBits[flag] ?? 0), 0)
  let regex: RE2JS
  try {
    regex = RE2JS.compile(RE2JS.translateRegExp(source), bits)
  } catch (error) {
    return sentenceOf(source, error)
  }
  return {
    test: (text) => regex.test(text),
    find(text, most) {
      const found: { from: number; to: number }[] = []
      const matcher = regex.matcher(text)
      while (found.length < most && matcher.find()) {
        if (matcher.end() > matcher.start())
          found.push({ from: matcher.start(), to: matcher.end() })
      }
      return found
    },
  }
}

function sentenceOf(source: string, error: unknown): string {
  if (/\(\?<?[=!]/.test(source))
    return 'Regular expressions have no look-ahead and no look-behind here.'
  if (/\\[1-9]|\\k</.test(source)) return 'Regular expressions have no back references here.'
  const reason =
    error instanceof Error ? error.message.replace(/^error parsing regexp: |\(\?[ims]+\)/g, '') : ''
  return `This is no regular expression: ${reason}.`
}
