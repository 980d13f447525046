// The text of a profiles file → its entries, each with its place in the text.

import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import type { Problem } from '../../shared/endpoint/problem.ts'
import { profilesLimits } from '../../shared/limits.ts'
import { checkProfilesText } from '../../shared/profile/checkProfilesText.ts'
import { type InputDefinition, readProfiles } from '../../shared/profile/profiles.ts'
import type { EndpointDefaults } from '../../shared/profile/shapes/profileField.ts'
import { jsonMistake } from '../../shared/text/jsonText.ts'

/** Offsets into the text, as JavaScript counts characters; `end` is behind the last one. */
export interface TextSpan {
  readonly start: number
  readonly end: number
}

export interface PlacedProblem extends Problem {
  readonly span: TextSpan
  /** The JSON itself is broken here; the editor's own JSON support marks that too. */
  readonly syntax: boolean
}

/** A profile that works when it has no problems; `endpoint` is null otherwise. */
export interface TextEntry {
  /** `Profile 3` when it has none of its own. */
  readonly name: string
  readonly span: TextSpan
  readonly endpoint: Endpoint | null
  readonly problems: readonly PlacedProblem[]
}

export interface ProfilesText {
  readonly entries: readonly TextEntry[]
  /** What is wrong with the file outside its entries. */
  readonly problems: readonly PlacedProblem[]
  readonly inputs: readonly InputDefinition[]
}

/** Syntax errors that are looked at: each is held against every entry. */
const syntaxErrors = 1000

/**
 * Never throws, and takes time in proportion to the text. Where the JSON is broken, the entries that are
 * still whole work. Of a text that is too large or too deep nothing is read.
 */
export function parseProfilesText(text: string, defaults: EndpointDefaults = {}): ProfilesText {
  const refusal = checkProfilesText(text)
  if (refusal) {
    const { offset, message } = refusal
    const span = { start: offset, end: Math.min(offset + 1, text.length) }
    return { entries: [], problems: [{ path: '', message, span, syntax: false }], inputs: [] }
  }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  const broken = errors
    .slice(0, syntaxErrors)
    // A file that holds nothing yet has no profiles, which is no mistake.
    .filter(({ error }) => root !== undefined || printParseErrorCode(error) !== 'ValueExpected')
    .map((error) => describeSyntax(error))
  const file = readProfiles(root && getNodeValue(root), defaults)
  const problemsAt = Map.groupBy(file.problems, ({ index }) => index)
  const endpoints = new Map(file.profiles.map(({ index, endpoint }) => [index, endpoint]))
  const nodes = (root && findNodeAtLocation(root, ['profiles'])?.children) || []
  const entries = nodes.slice(0, profilesLimits.entries).map((node, index): TextEntry => {
    const span = spanOf(node)
    const own = (problemsAt.get(index) ?? []).slice(0, profilesLimits.problems)
    const problems = [
      ...findSyntaxErrors(text, span),
      ...own.map(({ path, message }) => place(path, message, node, nameNode(node))),
    ]
    const endpoint = problems.length === 0 ? (endpoints.get(index) ?? null) : null
    return { name: nameOf(node) ?? `Profile ${index + 1}`, span, endpoint, problems }
  })
  const isInBrokenEntry = ({ span: { start } }: PlacedProblem) =>
    entries.some(({ span, problems: [first] }) => {
      return first?.syntax && start >= span.start && start <= span.end
    })
  const outside = (problemsAt.get(-1) ?? []).slice(0, profilesLimits.problems)
  const problems = [
    ...broken.filter((problem) => !isInBrokenEntry(problem)).slice(0, profilesLimits.problems),
    ...outside.map(({ path, message }) => place(path, message, root, undefined)),
  ]
  return { entries, problems, inputs: file.inputs }
}

/** What is broken within the span alone: behind a whole entry the file may break off. */
function findSyntaxErrors(text: string, { start, end }: TextSpan): readonly PlacedProblem[] {
  const errors: ParseError[] = []
  parseTree(text.slice(start, end), errors, { allowTrailingComma: true })
  return errors
    .slice(0, profilesLimits.problems)
    .map((error) => describeSyntax({ ...error, offset: error.offset + start }))
}

function describeSyntax({ error, offset, length }: ParseError): PlacedProblem {
  const message = jsonMistake(printParseErrorCode(error))
  return { path: '', message, syntax: true, span: { start: offset, end: offset + length } }
}

/** Marks the field itself where it is there, else its owner's name, else the owner's first character. */
function place(
  path: string,
  message: string,
  owner: Node | undefined,
  otherwise: Node | undefined,
): PlacedProblem {
  const node = (owner && findField(owner, path)) ?? otherwise
  const start = owner?.offset ?? 0
  const span = node ? spanOf(node) : { start, end: start + (owner ? 1 : 0) }
  return { path, message, span, syntax: false }
}

/** The deepest node that a problem's path leads to; the path's later parts may not be in the text. */
function findField(owner: Node, path: string): Node | undefined {
  const [, index, tail = ''] = /^\[(\d+)\]\.?(.*)$/s.exec(path) ?? []
  if (index !== undefined) {
    const item = owner.type === 'array' ? owner.children?.[Number(index)] : undefined
    return item && (findField(item, tail) ?? item)
  }
  // A header's name may hold dots and brackets: the longest name that fits is meant.
  const fits = (owner.type === 'object' ? (owner.children ?? []) : [])
    .map(({ children }) => ({ name: String(children?.[0]?.value), value: children?.[1] }))
    .filter(({ name }) => path.startsWith(name) && /^(?:$|[.[])/.test(path.slice(name.length)))
    .sort((one, other) => other.name.length - one.name.length)
  const [found] = fits
  if (!found?.value) return undefined
  const rest = path.slice(found.name.length).replace(/^\./, '')
  return findField(found.value, rest) ?? found.value
}

function nameNode(entry: Node): Node | undefined {
  return entry.type === 'object' ? findNodeAtLocation(entry, ['name']) : undefined
}

function nameOf(entry: Node): string | null {
  const value: unknown = nameNode(entry)?.value
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function spanOf({ offset, length }: Node): TextSpan {
  return { start: offset, end: offset + length }
}
