// The check of what a timeline page tells of the user's typing.

import { plotLimits } from '../limits.ts'
import { checkObject, checkPaths, checkText, maxTextChars, refuse } from './callArguments.ts'
import { checkPlace } from './checkScope.ts'
import type { TypedTexts } from './typingApi.ts'

const mostSent = 100

export function checkTyped(value: unknown): TypedTexts {
  const { filterText, draft, sent, show, plots } = checkObject(value, 'texts')
  if (!Array.isArray(sent) || sent.length > mostSent) throw refuse('sent')
  if (!Array.isArray(plots) || plots.length > plotLimits.plots) throw refuse('plots')
  return {
    filterText: checkText(filterText, 'filterText', maxTextChars),
    draft: checkText(draft, 'draft', maxTextChars),
    sent: sent.map((text) => checkText(text, 'sent', maxTextChars)),
    show: show === null ? null : checkPaths(show),
    plots: plots.map(checkPlace),
  }
}
