// Finds the places of a text at which the value of a secret may begin: a quick look before the careful one.

import type { SecretForm, Written } from './secretForms.ts'

/** More characters make the expression larger and find little less. */
const mostCharacters = 4
/** A larger expression takes too long to compile. */
const mostHeads = 4500

/** The first place from `from` on at which a form may begin, spelled or not; -1 without any. */
export type NextStart = (from: number) => number

/** Looks through texts. Only the first characters of values are in the expressions, so their size is bounded. */
export function createStarts(forms: readonly SecretForm[]): (text: string) => NextStart {
  const heads = headsOf(forms)
  const plain = new RegExp(heads.join('|'), 'g')
  const spelled = new RegExp([...heads, spelledAlphanumeric, beforeLineBreak].join('|'), 'g')
  return (text) => {
    const isPlain = !leads.some((lead) => text.includes(lead))
    const expression = isPlain ? plain : spelled
    return (from) => {
      expression.lastIndex = from
      return expression.exec(text)?.index ?? -1
    }
  }
}

/** As long as there may be, so that there are not too many. */
function headsOf(forms: readonly SecretForm[]): readonly string[] {
  for (let characters = mostCharacters; ; characters--) {
    const heads = new Set(forms.map((form) => headOf(form, characters)))
    if (heads.size <= mostHeads || characters === 1) return [...heads].sort()
  }
}

const knownHeads = new WeakMap<SecretForm, Map<number, string>>()

function headOf(form: SecretForm, most: number): string {
  const heads = knownHeads.get(form) ?? new Map<number, string>()
  knownHeads.set(form, heads)
  const head = heads.get(most) ?? makeHead(form, most)
  heads.set(most, head)
  return head
}

/** Letters and digits as they are, up to the first other character, which may be spelled. */
function makeHead(form: SecretForm, most: number): string {
  let source = ''
  for (let i = 0; i < Math.min(form.length, most); i++) {
    const written = form.written(i)
    source += firstOf(written)
    if (!isAlphanumeric(written)) break
  }
  return source
}

function firstOf(written: Written): string {
  const units = written.map((one) => escapeUnit(one.charCodeAt(0)))
  if (isAlphanumeric(written)) return units.length === 1 ? units.join('') : `[${units.join('')}]`
  return `[${units.join('')}%&\\\\${written.includes(' ') ? '+' : ''}]`
}

function isAlphanumeric(written: Written): boolean {
  return written.every((one) => /^[A-Za-z0-9]$/.test(one))
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}

/** Without any of these a text has nothing that is spelled, and no line breaks. */
const leads = ['\\', '%', '&', '\n', '\r']

// [rfc2045] 6.8: base64 in lines.
const beforeLineBreak = '[A-Za-z0-9+/_-]{1,3}(?:[\\r\\n]|\\\\+[rn]|%(?:25)*0[aAdD])'

// Nobody has to spell a letter or a digit, so they are looked for as they are; where one is spelled all the same, that
// is a start.
const alphanumericHex = '(?:3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])'
const alphanumericDecimal = '(?:4[89]|5[0-7]|6[5-9]|[78][0-9]|9[0-9]|1[01][0-9]|12[0-2])'
const spelledBackslash = '(?:\\\\{1,8}|%(?:25)*5[cC]|&#92;|&bsol;)'
const spelledAmpersand = '(?:&|%(?:25)*26|\\\\u0026|&#38;)(?:amp;)*(?:#|%(?:25)*23)'
const spelledAlphanumeric = [
  `%(?:25)*(?:u00)?${alphanumericHex}`,
  `${spelledBackslash}(?:u00|x)${alphanumericHex}`,
  `${spelledAmpersand}(?:0*${alphanumericDecimal}|[xX]0*${alphanumericHex})(?:;|%|&|\\\\)`,
].join('|')
