// The first mistake in a text that is meant to be JSON, with its place and in words.

import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'

export interface JsonProblem {
  readonly message: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** Of what is wrong, in UTF-16 units; 0 where something is missing at the end. */
  readonly length: number
}

const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false }

/** Strictly; null where the text is JSON. */
export function findJsonProblem(text: string): JsonProblem | null {
  const errors: ParseError[] = []
  try {
    const root = parseTree(text, errors, options)
    const first = errors[0]
    return root && !first ? null : problemAt(text, first)
  } catch (error) {
    // Nested deeper than the stack allows.
    if (error instanceof RangeError)
      return { message: 'nested too deeply', line: 1, column: 1, length: 0 }
    throw error
  }
}

/** The offset of a place in the text. */
export function offsetOf(
  text: string,
  { line, column }: Pick<JsonProblem, 'line' | 'column'>,
): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((offset, one) => offset + one.length + 1, 0) + column - 1
}

/** Line and column of an offset, from 1. */
export function placeOf(text: string, offset: number): Pick<JsonProblem, 'line' | 'column'> {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
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
  const message = (error && messages[printParseErrorCode(error.error)]) ?? 'a value is expected'
  return { message, ...placeOf(text, error?.offset ?? 0), length: error?.length ?? 0 }
}
