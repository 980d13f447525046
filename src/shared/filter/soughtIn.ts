// Texts and regular expressions that a filter looks for: views mark them.

import type { FilterNode, RegexSource } from './filterNode.ts'

export interface Sought {
  /** In any letter case. */
  readonly texts: readonly string[]
  readonly regexes: readonly RegexSource[]
}

export const nothingSought: Sought = { texts: [], regexes: [] }

/** Words, regular expressions and the texts that JSON is compared with; not what a frame must not have. */
export function soughtIn(node: FilterNode | null): Sought {
  const texts = new Set<string>()
  const regexes: RegexSource[] = []
  if (node !== null) collect(node)
  return { texts: [...texts], regexes }

  function collect(part: FilterNode): void {
    if (part.kind === 'and' || part.kind === 'or') part.parts.forEach(collect)
    else if (part.kind === 'word') texts.add(part.text)
    else if (part.kind === 'regex') regexes.push({ source: part.source, flags: part.flags })
    else if (part.kind === 'json' && part.test !== null) {
      if (part.test.is === '=') texts.add(part.test.value.text)
      else if ('text' in part.test) texts.add(part.test.text)
      else if ('regex' in part.test) regexes.push(part.test.regex)
    }
  }
}
