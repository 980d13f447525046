// The shapes of the messages by type, in the statistics: read where the user wants them, copied as a schema or as types.

import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import { formatJsonSchema } from '../../../shared/session/jsonSchema.ts'
import type { MessageType, Schema, ShapeNode } from '../../../shared/session/schema.ts'
import { formatTypeScript } from '../../../shared/session/typeScriptTypes.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { CopiedNote } from '../../elements/copiedNote.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { type FigureActs, figureTableView } from './figureTableView.ts'
import { FrameReading, type ReadFrames } from './frameReading.ts'
import { copiedName, samplesWords, shapeTable, typeWords } from './shapeTable.ts'

type Copied = 'schema' | 'types'

/** `<lifeline-shapes>`: of the messages of `model` in `scope`. */
export class ShapesView extends LightElement {
  static override properties = { model: { attribute: false }, scope: { attribute: false } }
  declare model: TimelineModel
  declare scope: AnalysisScope
  #open = false
  #chosen: string | null = null
  #schema: Schema | null = null
  /** The type that its shape is of. */
  #shapeOf = ''
  #whole = false
  readonly #copied = new CopiedNote<Copied>(this)
  readonly #reading = new FrameReading(this, {
    model: () => this.model,
    scope: () => this.#asked,
    read: () => this.#read(),
  })

  /** Of no type before one is chosen. */
  get #asked(): AnalysisScope {
    return this.#open ? { ...this.scope, schemaOf: this.#chosen ?? '' } : this.scope
  }

  async #read(): Promise<ReadFrames> {
    // Messages are parsed for it: not before somebody wants to see it.
    if (!this.#open) return { partial: false, upTo: 0 }
    const asked = this.#asked
    const { result, complete, upTo } = await this.model.api.analysis('schema', asked)
    this.#schema = result
    this.#shapeOf = asked.schemaOf ?? ''
    if (!result.types.some(({ id }) => id === this.#chosen))
      this.#chosen = result.types[0]?.id ?? null
    return { partial: !complete, upTo }
  }

  get #type(): MessageType | null {
    return this.#schema?.types.find(({ id }) => id === this.#chosen) ?? null
  }

  /** Null while that of the chosen type is not here. */
  get #shape(): ShapeNode | null {
    return this.#shapeOf === this.#chosen ? (this.#schema?.shape ?? null) : null
  }

  override render(): TemplateResult {
    const icon = this.#open ? 'chevron-down' : 'chevron-right'
    return html`<section class="shapes" aria-label="Shapes of messages">
      <div class="shapes-head">
        <button type="button" class="link" aria-expanded=${String(this.#open)} title="Which members messages of a type have, and of which kind"
          @click=${this.#toggle}><i class="codicon codicon-${icon}" aria-hidden="true"></i>Shapes of messages</button>
        ${this.#open ? this.#tools() : nothing}
      </div>
      ${this.#open ? this.#body() : nothing}
    </section>`
  }

  #tools(): TemplateResult | typeof nothing {
    const type = this.#type
    if (this.#schema === null || type === null) return nothing
    return html`<select aria-label="Type of messages" @change=${this.#choose}>${repeat(
      this.#schema.types,
      ({ id }) => id,
      (one) =>
        html`<option value=${one.id} .selected=${one.id === type.id}>${visibleLine(typeWords(one))}</option>`,
    )}</select>
    <span class="actions"><span class="about">Copy as</span>${this.#copyButton('schema', 'JSON Schema', formatJsonSchema)}${this.#copyButton('types', 'TypeScript', formatTypeScript)}</span>`
  }

  #copyButton(
    what: Copied,
    name: string,
    format: (name: string, shape: ShapeNode, samples: number) => string,
  ): TemplateResult {
    const copy = async () => {
      const [type, shape] = [this.#type, this.#shape]
      if (type === null || shape === null) return
      const text = format(copiedName(type), shape, type.samples)
      await this.#copied.tell(what, this.model.actions.copy(text))
    }
    return html`<button type="button" class="text" title="Copy the shape as ${name}" aria-label="Copy as ${name}"
      @click=${copy}>${this.#copied.what === what ? 'Copied' : name}</button>`
  }

  #body(): TemplateResult {
    const { problem } = this.#reading
    if (problem !== null) return html`<p class="sentence" role="alert">${problem}</p>`
    const [schema, type, shape] = [this.#schema, this.#type, this.#shape]
    if (schema === null) return html`<p class="sentence">Reading the frames …</p>`
    const progress = html`${this.#reading.words()} ${this.#reading.button()}`
    if (type === null) return html`<p class="sentence">No message is JSON. ${progress}</p>`
    const acts: FigureActs = {
      go: (seq) => void this.model.selection.selectSeq(seq),
      show: (filter) => this.model.shown.setText(filter),
      showWhole: () => this.#showWhole(),
    }
    return html`<p class="summary">${samplesWords(type, schema)} · <button type="button" class="link" title="Select the newest one" @click=${() => acts.go(type.seq)}>newest</button> ${progress}</p>
      ${shape === null ? nothing : figureTableView(shapeTable(shape), this.#whole, acts)}`
  }

  readonly #toggle = (): void => {
    this.#open = !this.#open
    this.requestUpdate()
  }

  readonly #choose = ({ target }: Event): void => {
    this.#chosen = (target as HTMLSelectElement).value
    this.#whole = false
    this.requestUpdate()
  }

  #showWhole(): void {
    this.#whole = true
    this.requestUpdate()
  }
}

customElements.define('lifeline-shapes', ShapesView)
