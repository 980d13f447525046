// The pieces of a filter's text with what each of them is, for its colours and its completion.

import {
  endOf,
  readChunk,
  readQuoted,
  readRegex,
  skipSpace,
  startScan,
} from '../../shared/filter/filterScan.ts'
import { parseField } from '../../shared/filter/parseField.ts'
import { parseJsonTest } from '../../shared/filter/parseJsonTest.ts'
import { readDeepPath } from '../../shared/text/jsonPath.ts'

export type TokenKind = 'field' | 'path' | 'regex' | 'string' | 'word' | 'join'

/** `to` is exclusive; what lies between tokens is white space. */
export interface FilterToken {
  readonly kind: TokenKind
  readonly from: number
  readonly to: number
}

const join = /(?:or|and)(?=[\s()]|$)|[()]|-(?=[^\s>)-])/iy

/** Read as `parseFilter` reads it, mistakes included. In order. */
export function filterTokens(text: string): readonly FilterToken[] {
  const scan = startScan(text)
  const tokens: FilterToken[] = []
  for (;;) {
    skipSpace(scan)
    const from = scan.at
    if (from >= text.length) return tokens
    const kind = readToken()
    // Whatever stands there is not read twice.
    if (scan.at === from) scan.at++
    tokens.push({ kind, from, to: scan.at })
  }

  function readToken(): TokenKind {
    const joined = endOf(join, text, scan.at)
    const mark = text[scan.at]
    if (
      joined > scan.at &&
      (mark !== ')' || scan.open > 0) &&
      text.slice(scan.at, scan.at + 2) !== '()'
    ) {
      if (mark === '(') scan.open++
      else if (mark === ')') scan.open--
      scan.at = joined
      return 'join'
    }
    if (parseField(scan) !== null) return 'field'
    if (parseJsonTest(scan) !== null) return 'path'
    if (readRegex(scan) !== null) return 'regex'
    if (readQuoted(scan) !== null) return 'string'
    readChunk(scan)
    return 'word'
  }
}

/** A part of the text with its looks. */
export interface FilterPart {
  readonly text: string
  /** As the kinds of tokens, and what a condition is made of. */
  readonly look: 'name' | 'operator' | 'value' | 'number' | 'string' | 'regex' | 'join' | 'plain'
  /** It belongs to a mistake. */
  readonly mistaken: boolean
}

const fieldName = /^[a-zA-Z-]*/
const operatorThere = /^(?:\s*(?:!=|!~|<=|>=|==|[:=<>~])\s*)?/
const looks: Readonly<Record<Exclude<TokenKind, 'field' | 'path'>, FilterPart['look']>> = {
  regex: 'regex',
  string: 'string',
  word: 'plain',
  join: 'join',
}

/** All of the text, in order. `mistakes`: places in it, in order. */
export function filterParts(
  text: string,
  mistakes: readonly { readonly from: number; readonly to: number }[],
): readonly FilterPart[] {
  const parts: FilterPart[] = []
  let at = 0
  const add = (to: number, look: FilterPart['look']) => {
    while (at < to) {
      const inside = mistakes.find(({ from, to: end }) => from <= at && at < end)
      const next = mistakes.find(({ from }) => from > at)
      const end = Math.min(to, inside?.to ?? next?.from ?? to)
      parts.push({ text: text.slice(at, end), look, mistaken: inside !== undefined })
      at = end
    }
  }
  for (const { kind, from, to } of filterTokens(text)) {
    add(from, 'plain')
    if (kind !== 'field' && kind !== 'path') add(to, looks[kind])
    else {
      const path = kind === 'path' ? readDeepPath(text, from) : null
      const nameEnd = path?.end ?? from + lengthOf(fieldName, text.slice(from, to))
      add(Math.min(nameEnd, to), 'name')
      const operatorEnd = at + lengthOf(operatorThere, text.slice(at, to))
      add(operatorEnd, 'operator')
      add(to, valueLook(text.slice(operatorEnd, to)))
    }
  }
  add(text.length, 'plain')
  return parts
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0
}

function valueLook(value: string): FilterPart['look'] {
  if (value.startsWith('"')) return 'string'
  if (value.startsWith('/')) return 'regex'
  return /^[\d.,:-]+\s*[a-zµ]*$/i.test(value) ? 'number' : 'value'
}
