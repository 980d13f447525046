// Sentences about JSON that is not well-formed: in a message to send, and in a file.

import { toError } from '../unknown.ts'

/** Whether a text means to be JSON: it begins like an object or an array. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text)
}

/** Whether it is an object or an array. */
export function isJson(text: string): boolean {
  return looksLikeJson(text) && jsonHint(text) === null
}

/** The reason why a text that looks like JSON is none; it can still be sent. */
export function jsonHint(text: string): string | null {
  if (!looksLikeJson(text)) return null
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const reason = toError(error).message
    return `This is not yet JSON: ${reason}. It is sent as it is.`
  }
}

const sentences: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'Write a name in double quotes here.',
  ValueExpected: 'Write a value here.',
  ColonExpected: 'Put a colon here.',
  CommaExpected: 'Put a comma here.',
  CloseBraceExpected: 'Close the object with } here.',
  CloseBracketExpected: 'Close the list with ] here.',
  EndOfFileExpected: 'Remove what follows the end of the JSON.',
  UnexpectedEndOfComment: 'Close the comment with */.',
  UnexpectedEndOfString: 'Close the text with a double quote.',
}

/** For an error as `jsonc-parser` prints its code. */
export function jsonMistake(printedCode: string): string {
  return sentences[printedCode] ?? 'Correct the JSON here.'
}
