// Changes one entry in the text of a profiles file; all that stands around it stays as it is.

import {
  applyEdits,
  type Edit,
  findNodeAtLocation,
  type Node,
  parseTree,
  visit,
} from 'jsonc-parser'
import { checkProfilesText } from '../../shared/profile/checkProfilesText.ts'
import { appendInside, indentAt, lineBreakOf, startsLine } from './addProfileText.ts'

/** An entry by its place in "profiles" and its name, which must still be there. */
export interface EntryPlace {
  readonly index: number
  readonly name: string
}

/** The new text, or null when the entry is no longer there or the JSON is broken. */
type NewText = string | null

/** With a copy of the entry right behind it, under a new name; its comments and formatting are copied as well. */
export function duplicateEntryText(text: string, place: EntryPlace, name: string): NewText {
  const entry = findEntry(text, place)
  const named = entry && findNodeAtLocation(entry, ['name'])
  if (!entry || !named) return null
  const whole = text.slice(entry.offset, endOf(entry))
  const from = named.offset - entry.offset
  const copy = whole.slice(0, from) + JSON.stringify(name) + whole.slice(from + named.length)
  const gap = startsLine(text, entry.offset)
    ? `${lineBreakOf(text)}${indentAt(text, entry.offset)}`
    : ' '
  return `${text.slice(0, endOf(entry))},${gap}${copy}${text.slice(endOf(entry))}`
}

/** Without the entry, its comma and the line that it leaves empty. Comments around it stay. */
export function removeEntryText(text: string, place: EntryPlace): NewText {
  const entry = findEntry(text, place)
  return entry ? withoutChild(text, entry) : null
}

/** What the form for headers changes of an entry. */
export interface EntryChange {
  /** The name of a header, in whatever letter case it stands there. */
  readonly header: string
  /** Its value; undefined leaves the header out. */
  readonly value?: string | undefined
  /** The field `auth`; null takes it away, undefined leaves it. */
  readonly auth?: object | null | undefined
}

/** With the header or the credentials changed. */
export function changeEntryText(text: string, place: EntryPlace, change: EntryChange): NewText {
  if (!findEntry(text, place)) return null
  const { header, value, auth } = change
  const lower = header.toLowerCase()
  const pairs = (node: Node) => findNodeAtLocation(node, ['headers'])?.children ?? []
  const named = (node: Node) =>
    pairs(node).find(({ children }) => String(children?.[0]?.value).toLowerCase() === lower)
  const authOf = (node: Node) => findNodeAtLocation(node, ['auth'])
  const steps: readonly ((before: string, entry: Node) => string)[] = [
    (before, entry) => set(before, named(entry), value),
    (before, entry) => {
      if (value === undefined || named(entry)) return before
      const headers = findNodeAtLocation(entry, ['headers'])
      return headers
        ? append(before, headers, header, value)
        : append(before, entry, 'headers', { [header]: value })
    },
    (before, entry) =>
      auth === undefined ? before : set(before, authOf(entry)?.parent, auth ?? undefined),
    (before, entry) => (auth && !authOf(entry) ? append(before, entry, 'auth', auth) : before),
  ]
  return steps.reduce((before, step) => {
    const entry = findEntry(before, place)
    return entry ? step(before, entry) : before
  }, text)
}

/** With another value for a part of an object field, such as `tls.fingerprint`; what is missing of it is made. */
export function setPartText(
  text: string,
  place: EntryPlace,
  [field, part]: readonly [field: string, part: string],
  value: string,
): NewText {
  const entry = findEntry(text, place)
  if (!entry) return null
  const held = findNodeAtLocation(entry, [field, part])
  if (held) return set(text, held.parent, value)
  const owner = findNodeAtLocation(entry, [field])
  return owner ? append(text, owner, part, value) : append(text, entry, field, { [part]: value })
}

/** With another value for a field; one that is missing is added, and one that gets none is taken out. */
export function setFieldText(
  text: string,
  place: EntryPlace,
  field: string,
  value: string | readonly string[] | undefined,
): NewText {
  const entry = findEntry(text, place)
  if (!entry) return null
  const held = findNodeAtLocation(entry, [field])
  if (held) return set(text, held.parent, value)
  return value === undefined ? text : append(text, entry, field, value)
}

/** With another item at the end of a field's list; a list that is missing is made. Null where the field is no list. */
export function appendToFieldText(
  text: string,
  place: EntryPlace,
  field: string,
  item: object,
): NewText {
  const entry = findEntry(text, place)
  if (!entry) return null
  const list = findNodeAtLocation(entry, [field])
  if (!list) return append(text, entry, field, [item])
  return list.type === 'array' ? applyEdits(text, [...appendInside(text, list, '', item)]) : null
}

/** The one edit that makes `after` of `before`, as small as one can be. */
export function differenceOf(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let same = 0
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++
  return {
    offset: start,
    length: before.length - same - start,
    content: after.slice(start, after.length - same),
  }
}

/** Another value for a member, or without it for undefined. */
function set(text: string, member: Node | undefined, value: unknown): string {
  const held = member?.children?.[1]
  if (!member || !held) return text
  if (value === undefined) return withoutChild(text, member)
  return text.slice(0, held.offset) + JSON.stringify(value) + text.slice(endOf(held))
}

function append(text: string, owner: Node, key: string, value: unknown): string {
  return applyEdits(text, [...appendInside(text, owner, `${JSON.stringify(key)}: `, value)])
}

function findEntry(text: string, { index, name }: EntryPlace): Node | undefined {
  if (checkProfilesText(text)) return undefined
  const root = parseTree(text, [], { allowTrailingComma: true })
  const entry = root && findNodeAtLocation(root, ['profiles', index])
  return entry && nameOf(entry, index) === name ? entry : undefined
}

/** As it is listed: see `TextEntry`. */
function nameOf(entry: Node, index: number): unknown {
  const own: unknown = findNodeAtLocation(entry, ['name'])?.value
  return typeof own === 'string' && own.trim() !== '' ? own : `Profile ${index + 1}`
}

/** Without a member of an object or an item of a list, and without a comma too many. */
function withoutChild(text: string, child: Node): string {
  const siblings = child.parent?.children ?? []
  const previous = siblings[siblings.indexOf(child) - 1]
  const bare = blankComments(text)
  const after = /^\s*,/.exec(bare.slice(endOf(child)))?.[0]
  const comma = after
    ? endOf(child) + after.length - 1
    : previous
      ? bare.indexOf(',', endOf(previous))
      : -1
  const spans = [
    [child.offset, endOf(child)] as const,
    ...(comma < 0 ? [] : [[comma, comma + 1] as const]),
  ].toSorted((one, other) => other[0] - one[0])
  const left = spans.reduce((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), text)
  const at = child.offset - (comma >= 0 && comma < child.offset ? 1 : 0)
  return withoutEmptyLine(left, at)
}

/** With spaces in the place of comments, so that offsets stay. */
function blankComments(text: string): string {
  const parts: string[] = []
  let from = 0
  visit(text, {
    onComment(offset, length) {
      parts.push(text.slice(from, offset), ' '.repeat(length))
      from = offset + length
    },
  })
  return parts.join('') + text.slice(from)
}

/** Without the line at the offset when only white space is in it, else without a space too many. */
function withoutEmptyLine(text: string, at: number): string {
  const start = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
  const [rest = '', lineBreak = ''] = /^[^\r\n]*(\r\n|\n|\r)?/.exec(text.slice(at)) ?? []
  const end = at + rest.length
  if (start > 0 && lineBreak !== '' && text.slice(start, end).trim() === '') {
    return text.slice(0, start) + text.slice(end)
  }
  const isDouble = text[at] === ' ' && /[\s[{]/.test(text[at - 1] ?? '')
  return isDouble ? text.slice(0, at) + text.slice(at + 1) : text
}

function endOf({ offset, length }: Node): number {
  return offset + length
}
