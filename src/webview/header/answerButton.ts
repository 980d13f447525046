// The button that opens what a model has said, once it has said something: until it is open it is offered in another colour.

import { html, nothing, type TemplateResult } from 'lit'
import { withKey } from '../elements/keyHint.ts'
import { toolLabel } from '../elements/toolLabel.ts'
import type { AnswerFeed } from '../model/answerFeed.ts'

export function answerButton(
  { answers }: Pick<AnswerFeed, 'answers'>,
  isOpen: boolean,
  press: () => void,
): TemplateResult | typeof nothing {
  if (answers.length === 0 && !isOpen) return nothing
  const title = withKey('Read what the model said, and how it came', 'timeline.answer')
  return html`<button type="button" class="tool ${isOpen ? '' : 'offers'}" title=${title} aria-label="Answer"
    aria-pressed=${String(isOpen)} @click=${press}>${toolLabel('comment', 'Answer')}</button>`
}
