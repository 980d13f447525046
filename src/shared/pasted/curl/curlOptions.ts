// The words of a curl command → its options and URLs, with what is said of those that are not followed.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import { shownOption } from '../../text/shownOption.ts'
import { curlLetters, curlOptions } from './curlOptionTable.ts'
import { createCurlVariables } from './curlVariables.ts'

/** In the order in which they are written, without those that are not followed; the value of a flag is empty. */
export type CurlOptions = readonly { readonly name: string; readonly value: string }[]

export interface CurlWords {
  readonly options: CurlOptions
  /** What stands between the options. */
  readonly operands: readonly string[]
  /** A sentence for each option that would change the request and is not followed. */
  readonly notes: readonly string[]
}

/** The value of an option that may be repeated and counts once; undefined without it. */
export function lastOf(options: CurlOptions, name: string): string | undefined {
  return options.findLast((option) => option.name === name)?.value
}

/** `words`: without curl's own name. */
export function readCurlWords(words: readonly string[]): Parsed<CurlWords> {
  let options: { name: string; value: string }[] = []
  const operands: string[] = []
  const notes = new Set<string>()
  const variables = createCurlVariables()
  let place = 0

  /** `name` is a whole one. Null when all is well. */
  function take(name: string, written: string, attached: string | undefined): string | null {
    const isExpanded = name.startsWith('expand-')
    const isOff = !curlOptions.has(name) && name.startsWith('no-')
    const own = name.slice(isExpanded ? 7 : isOff ? 3 : 0)
    const row = curlOptions.get(own)
    if (row === undefined || (isOff && row.takesValue) || (isExpanded && !row.takesValue)) {
      return `Remove ${shownOption(written, curlOptions.keys())}: Lifeline does not know this option of curl.`
    }
    if (isOff) {
      options = options.filter((option) => option.name !== own)
      return null
    }
    if (row.effect === 'refused') return `Remove ${written}: ${row.why}.`
    if (row.effect === 'told') notes.add(`${written} is not followed: ${row.why}.`)
    if (!row.takesValue) {
      if (row.effect === 'followed') options.push({ name: own, value: '' })
      return null
    }
    const value = attached ?? words[place++]
    if (value === undefined) return `Write a value after ${written}.`
    if (row.effect !== 'followed') return null
    if (own === 'variable') return variables.set(value)
    const read = isExpanded ? variables.expand(value) : { ok: true as const, value }
    if (!read.ok) return read.problems[0]?.message ?? null
    options.push({ name: own, value: read.value })
    return null
  }

  function takeLong(word: string): string | null {
    const [, written = '', attached] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
    const name = wholeName(written)
    if (name === null) return `Write --${written} in full: several options of curl begin so.`
    return take(name, `--${written}`, attached)
  }

  function takeLetters(word: string): string | null {
    for (let i = 1; i < word.length; i++) {
      const letter = word.charAt(i)
      const name = curlLetters.get(letter) ?? ''
      const takesValue = curlOptions.get(name)?.takesValue ?? false
      const rest = word.slice(i + 1)
      const problem = take(name, `-${letter}`, takesValue && rest !== '' ? rest : undefined)
      if (problem !== null || takesValue) return problem
    }
    return null
  }

  function takeWord(word: string): string | null {
    if (/^[\u2010-\u2015\u2212]/.test(word)) {
      return `Replace the dash ${word.charAt(0)} by - or --: curl knows no other.`
    }
    if (word === '--') return null
    if (word.startsWith('--')) return takeLong(word)
    if (word.startsWith('-') && word !== '-') return takeLetters(word)
    operands.push(word)
    return null
  }

  while (place < words.length) {
    const word = words[place++] ?? ''
    const problem = takeWord(word)
    if (problem !== null) return refused(problem)
  }
  return { ok: true, value: { options, operands, notes: [...notes] } }
}

/** curl takes the beginning of a name that no other one has. Null where several have it. */
function wholeName(written: string): string | null {
  const [, prefix = '', own = ''] = /^(expand-|no-)?(.*)$/s.exec(written) ?? []
  if (curlOptions.has(written) || curlOptions.has(own)) return written
  if (own === '') return written
  const known = [...curlOptions.keys()].filter((name) => name.startsWith(own))
  return known.length > 1 ? null : known.length === 1 ? `${prefix}${known[0]}` : written
}
