// Adds an entry to the text of a profiles file; comments and formatting stay as they are.

import {
  type Edit,
  type FormattingOptions,
  type Node,
  type ParseError,
  parseTree,
  stripComments,
} from 'jsonc-parser'
import { checkProfilesText } from '../../shared/profile/checkProfilesText.ts'

/** What a new profiles file holds. */
export const emptyProfilesText = `// Endpoints that Lifeline watches; "Connect" above each one opens its timeline.
{
  "profiles": []
}
`

/**
 * The edits that append `entry` to "profiles", which is made when it is not there. Null when the
 * text is no file of profiles, its JSON is broken or more than is read: then the user has to correct it first.
 */
export function addProfileText(
  text: string,
  entry: Readonly<Record<string, unknown>>,
): readonly Edit[] | null {
  if (checkProfilesText(text)) return null
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  if (!root) return hasOnlyComments(text) ? appendFile(text, entry) : null
  if (errors.length > 0 || root.type !== 'object') return null
  const profiles = findProperty(root, 'profiles')
  if (!profiles) return appendInside(text, root, '"profiles": ', [entry])
  return profiles.type === 'array' ? appendInside(text, profiles, '', entry) : null
}

/**
 * A last item of a list, or member of an object, whose name is `key`. Not with jsonc-parser's own insertion, which
 * formats the neighbour's lines anew, lets a comment behind the neighbour slip behind the new entry, and takes
 * half a minute in a file of brackets.
 */
export function appendInside(
  text: string,
  list: Node,
  key: string,
  value: unknown,
): readonly Edit[] {
  const { eol = '\n', insertSpaces, tabSize = 2 } = guessFormatting(text)
  const unit = insertSpaces ? ' '.repeat(tabSize) : '\t'
  const last = list.children?.at(-1)
  const contentEnd = last ? last.offset + last.length : list.offset + 1
  const closing = list.offset + list.length - 1
  const behind = text.slice(contentEnd, closing)
  const insertAt = contentEnd + behind.trimEnd().length
  const outer = indentAt(text, list.offset)
  const inner = last && startsLine(text, last.offset) ? indentAt(text, last.offset) : outer + unit
  const lines = `${key}${JSON.stringify(value, null, unit)}`.split('\n')
  const item = lines.map((line) => `${eol}${inner}${line}`).join('')
  const tail = /[\r\n]/.test(text.slice(insertAt, closing)) ? '' : eol + outer
  const needsComma = last && !stripComments(behind).includes(',')
  const comma: readonly Edit[] = needsComma ? [{ offset: contentEnd, length: 0, content: ',' }] : []
  const spaceLength = tail === '' ? 0 : closing - insertAt
  return [...comma, { offset: insertAt, length: spaceLength, content: item + tail }]
}

/** Whether only white space stands before the offset in its line. */
export function startsLine(text: string, offset: number): boolean {
  return /(^|[\r\n])[ \t]*$/.test(text.slice(0, offset))
}

/** The white space with which the line of `offset` begins. */
export function indentAt(text: string, offset: number): string {
  return /(?:^|[\r\n])([ \t]*)[^\r\n]*$/.exec(text.slice(0, offset))?.[1] ?? ''
}

function appendFile(text: string, entry: Readonly<Record<string, unknown>>): readonly Edit[] {
  const { eol } = guessFormatting(text)
  const file = JSON.stringify({ profiles: [entry] }, null, 2).replaceAll('\n', eol ?? '\n')
  const content = `${text === '' || /\n$/.test(text) ? '' : eol}${file}${eol}`
  return [{ offset: text.length, length: 0, content }]
}

function hasOnlyComments(text: string): boolean {
  return stripComments(text).trim() === ''
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function findProperty(root: Node, name: string): Node | undefined {
  return root.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1]
}

function guessFormatting(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  '
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: lineBreakOf(text),
  }
}
