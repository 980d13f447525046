// What is wrong with JSON at a place, as a sentence that says what to write there.

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
