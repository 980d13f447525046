// The check of what a timeline page tells of the user's typing.

import { checkObject, checkText, maxTextChars, refuse } from './callArguments.ts'
import type { TypedTexts } from './typingApi.ts'

const mostSent = 100

export function checkTyped(value: unknown): TypedTexts {
  const { filterText, draft, sent } = checkObject(value, 'texts')
  if (!Array.isArray(sent) || sent.length > mostSent) throw refuse('sent')
  return {
    filterText: checkText(filterText, 'filterText', maxTextChars),
    draft: checkText(draft, 'draft', maxTextChars),
    sent: sent.map((text) => checkText(text, 'sent', maxTextChars)),
  }
}
