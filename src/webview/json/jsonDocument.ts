// JSON as the peer wrote it: a tree over the source text, so that numbers and duplicate keys stay as sent.

import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'

export interface JsonProblem {
  readonly message: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

export type JsonDocument =
  | { readonly ok: true; readonly root: JsonNode }
  | { readonly ok: false; readonly problem: JsonProblem }

export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** The value as it was written, quotes included; empty for objects and arrays. */
  readonly source: string
  /** The property's name as it was written, quotes included; null in an array and at the root. */
  readonly key: string | null
  readonly children: readonly JsonNode[]
}

const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false }

/** Parses strictly. For text that is not JSON it tells the first mistake and its position. */
export function parseJson(text: string): JsonDocument {
  const errors: ParseError[] = []
  try {
    const root = parseTree(text, errors, options)
    const first = errors[0]
    if (root && !first) return { ok: true, root: toNode(root, null, text) }
    return { ok: false, problem: problemAt(text, first) }
  } catch (error) {
    // Nested deeper than the stack allows: it is shown as text.
    if (error instanceof RangeError) {
      return { ok: false, problem: { message: 'nested too deeply', line: 1, column: 1 } }
    }
    throw error
  }
}

function toNode(node: Node, key: string | null, text: string): JsonNode {
  const children = node.children ?? []
  if (node.type === 'object') {
    return { kind: 'object', source: '', key, children: children.flatMap((p) => property(p, text)) }
  }
  if (node.type === 'array') {
    const items = children.map((child) => toNode(child, null, text))
    return { kind: 'array', source: '', key, children: items }
  }
  const kind = node.type === 'property' ? 'null' : node.type
  return { kind, source: sourceOf(node, text), key, children: [] }
}

function property(node: Node, text: string): readonly JsonNode[] {
  const [key, value] = node.children ?? []
  return key && value ? [toNode(value, sourceOf(key, text), text)] : []
}

function sourceOf(node: Node, text: string): string {
  return text.slice(node.offset, node.offset + node.length)
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that JSON does not know',
  InvalidNumberFormat: 'a number that is not complete',
  PropertyNameExpected: 'a property name in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing } is expected',
  CloseBracketExpected: 'a closing ] is expected',
  EndOfFileExpected: 'nothing more is expected',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a closing " is expected',
  UnexpectedEndOfNumber: 'a number that is not complete',
  InvalidUnicode: 'four hex digits are expected after \\u',
  InvalidEscapeCharacter: 'an escape that JSON does not know',
  InvalidCharacter: 'a control character must be escaped',
}

function problemAt(text: string, error: ParseError | undefined): JsonProblem {
  const offset = error?.offset ?? 0
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return {
    message: (error && messages[printParseErrorCode(error.error)]) ?? 'a value is expected',
    line: before.split('\n').length,
    column: offset - lineStart + 1,
  }
}
