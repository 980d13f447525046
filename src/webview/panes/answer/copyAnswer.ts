// The button of an answer that copies it, with the menu of what is copied.

import { html, type TemplateResult } from 'lit'
import type { ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import { CopiedNote } from '../../elements/copiedNote.ts'
import { LightElement } from '../../elements/lightElement.ts'
import { openMenu } from '../../elements/menu.ts'
import type { AnswerText } from '../../model/answerText.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { answerAsJson, answerAsMarkdown, answerAsText } from './answerCopies.ts'

/** `<lifeline-copy-answer>`: of `model`, an `answer` and its `text`, null while it is not here. */
export class CopyAnswer extends LightElement {
  static override properties = {
    model: { attribute: false },
    answer: { attribute: false },
    text: { attribute: false },
  }
  declare model: TimelineModel
  declare answer: ModelAnswer
  declare text: AnswerText | null
  readonly #copied = new CopiedNote(this)

  override render(): TemplateResult {
    return html`<button type="button" class="text" aria-haspopup="menu" title="Copy the answer" aria-label="Copy"
      @click=${this.#open}><i class="codicon codicon-copy" aria-hidden="true"></i><span class="name">${this.#copied.what ? 'Copied' : 'Copy'}</span></button>`
  }

  #open({ currentTarget }: Event): void {
    const copies: readonly (readonly [
      string,
      (answer: ModelAnswer, text: AnswerText) => string,
    ])[] = [
      ['Copy the text', (_, text) => answerAsText(text)],
      [
        'Copy as Markdown, with its figures',
        (answer, text) => answerAsMarkdown(this.model.session?.name ?? '', answer, text),
      ],
      ['Copy everything as JSON', answerAsJson],
    ]
    openMenu(
      currentTarget as HTMLElement,
      copies.map(([label, made]) => ({ label, run: () => this.#copy(made) })),
    )
  }

  async #copy(made: (answer: ModelAnswer, text: AnswerText) => string): Promise<void> {
    const { answer, text } = this
    if (text === null) return
    await this.#copied.tell('all', this.model.actions.copy(made(answer, text)))
  }
}

customElements.define('lifeline-copy-answer', CopyAnswer)
