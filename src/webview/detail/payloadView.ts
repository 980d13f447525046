// A payload as a tree, as text or as hex. What a peer sent becomes text nodes, never markup.

import { html, nothing, type TemplateResult } from 'lit'
import type { FrameWithPreview } from '../../shared/frame/frame.ts'
import { hexRows } from '../../shared/text/hexRows.ts'
import { formatSize } from '../../shared/text/units.ts'
import { type VisiblePart, visibleParts, wholePairs } from '../../shared/text/visibleText.ts'
import { toError } from '../../shared/unknown.ts'
import '../json/jsonTree.ts'
import { LightElement } from '../elements/lightElement.ts'
import { createPayloadReader, type PayloadReader } from '../model/payloadReader.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { type PayloadTree, readPayloadTree } from './payloadTree.ts'

type Form = 'tree' | 'text' | 'hex'
const formNames: Readonly<Record<Form, string>> = { tree: 'JSON', text: 'Text', hex: 'Hex' }

/** Bytes of hex and characters of text that are drawn at first; a button draws as many again. */
const hexStep = 16 * 1024
const textStep = 128 * 1024
/** Sixteen bytes a row need this width; in less there are eight. */
const wideHexPx = 600

/** `<lifeline-payload>`: reads the payload of `row` and draws it. */
export class PayloadView extends LightElement {
  static override properties = {
    model: { attribute: false },
    row: { attribute: false },
  }
  declare model: TimelineModel
  declare row: FrameWithPreview
  /** The form that the user chose last. Static, because the element goes when the detail closes. */
  static #chosen: Form | null = null
  #reader: PayloadReader | null = null
  #seq = 0
  #tree: PayloadTree = { kind: 'none' }
  #shown = 1
  #problem = ''
  #narrow = false

  protected override firstUpdated(): void {
    new ResizeObserver(() => {
      const narrow = this.clientWidth < wideHexPx
      if (narrow === this.#narrow) return
      this.#narrow = narrow
      this.requestUpdate()
    }).observe(this)
  }

  override willUpdate(): void {
    const { frame } = this.row
    const { seq } = frame
    if (seq === this.#seq) return
    this.#seq = seq
    this.#reader = createPayloadReader(frame, (offset, length) =>
      this.model.api.payload(seq, offset, length),
    )
    this.#tree = { kind: 'none' }
    this.#shown = 1
    this.#problem = ''
    if (frame.sizeBytes > 0) void this.#more()
  }

  override render(): TemplateResult {
    const reader = this.#reader
    if (this.row.frame.sizeBytes === 0) return sentence('This frame has no payload.')
    if (this.#problem !== '') return this.#failure()
    if (!reader || reader.sizeBytes === null) return sentence('Reading the payload.')
    const forms = this.#formsOf(reader)
    const form = forms.find((one) => one === PayloadView.#chosen) ?? forms[0] ?? 'hex'
    return html`
      <div class="forms" role="radiogroup" aria-label="Show the payload as">
        ${forms.map((one) => this.#formButton(one, form))}
      </div>
      ${this.#tree.kind === 'refused' && form === 'text' ? sentence(this.#tree.why) : nothing}
      ${
        form === 'tree'
          ? this.#json(this.#tree)
          : form === 'hex'
            ? this.#hex(reader)
            : this.#text(reader)
      }`
  }

  #json(tree: PayloadTree): TemplateResult {
    if (tree.kind === 'tree') return html`<lifeline-json .root=${tree.root}></lifeline-json>`
    return sentence(tree.kind === 'reading' ? tree.sentence : '')
  }

  /** The best one comes first. */
  #formsOf(reader: PayloadReader): readonly Form[] {
    const { kind } = this.#tree
    const isOffered = {
      tree: kind === 'tree' || kind === 'reading',
      text: reader.isText,
      hex: true,
    }
    return (['tree', 'text', 'hex'] as const).filter((form) => isOffered[form])
  }

  /** A capture that was lost can be read again once it has moved. */
  #failure(): TemplateResult {
    return html`<p class="sentence" role="status">${this.#problem}</p>
      <button type="button" class="link more" @click=${() => void this.#readAgain()}>Read again</button>`
  }

  async #readAgain(): Promise<void> {
    await this.#more()
    await this.updateComplete
    // The button, which had the focus, has gone.
    this.querySelector<HTMLElement>('[role=radio][aria-checked=true]')?.focus()
  }

  #formButton(form: Form, chosen: Form): TemplateResult {
    return html`<button type="button" role="radio" aria-checked=${String(form === chosen)}
      tabindex=${form === chosen ? 0 : -1} @click=${() => this.#choose(form)}
      @keydown=${this.#handleFormKey}>${formNames[form]}</button>`
  }

  #handleFormKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    const button = event.currentTarget
    if (step === undefined || !(button instanceof HTMLElement)) return
    event.preventDefault()
    const all = [...(button.parentElement?.children ?? [])]
    const next = all[(all.indexOf(button) + step + all.length) % all.length]
    if (!(next instanceof HTMLElement)) return
    next.click()
    next.focus()
  }

  #text(reader: PayloadReader): TemplateResult {
    const text = reader.text()
    const shown = wholePairs(text, this.#shown * textStep)
    const rest = !reader.complete || shown.length < text.length
    return html`<pre class="text" tabindex="0" aria-label="Payload as text">${visibleParts(shown).map(textPart)}</pre>
      ${rest ? this.#moreButton(reader, sizeOf(shown), shown.length < text.length) : nothing}`
  }

  #hex(reader: PayloadReader): TemplateResult {
    const limit = this.#shown * hexStep
    const shown = Math.min(reader.readBytes, limit)
    return html`<div class="hex ${this.#narrow ? 'narrow' : ''}" tabindex="0" role="group" aria-label="Payload as hex">${takeBytes(
      reader,
      limit,
    ).flatMap(({ bytes, offset }) =>
      hexRows(bytes, offset, this.#narrow ? 8 : 16).map(
        (row) =>
          html`<div><span class="offset">${row.offset}</span><span class="bytes">${row.hex}</span><span class="ascii">${row.text}</span></div>`,
      ),
    )}</div>
      ${shown < (reader.sizeBytes ?? 0) ? this.#moreButton(reader, shown, shown < reader.readBytes) : nothing}`
  }

  #moreButton(reader: PayloadReader, shownBytes: number, isRead: boolean): TemplateResult {
    const label = `Show more (${formatSize(shownBytes)} of ${formatSize(reader.sizeBytes ?? 0)} shown)`
    return html`<button type="button" class="link more" @click=${async () => {
      this.#shown++
      if (!isRead) await this.#more()
      this.requestUpdate()
    }}>${label}</button>`
  }

  #choose(form: Form): void {
    PayloadView.#chosen = form
    this.#shown = 1
    this.requestUpdate()
  }

  async #more(): Promise<void> {
    const reader = this.#reader
    if (!reader) return
    try {
      const first = reader.readBytes === 0
      await reader.more()
      if (reader !== this.#reader) return
      this.#problem = ''
      if (first || this.#tree.kind === 'reading') await this.#readTree(reader)
    } catch (error) {
      if (reader !== this.#reader) return
      this.#problem = toError(error).message
    }
    this.requestUpdate()
  }

  #readTree(reader: PayloadReader): Promise<void> {
    const stopped = () => reader !== this.#reader || !this.isConnected
    return readPayloadTree(this.row.frame, reader, stopped, (tree) => {
      if (stopped()) return
      this.#tree = tree
      this.requestUpdate()
    })
  }
}

/** A hidden character stands in the text as it came, so that a selection copies it; its sign is drawn beside it. */
function textPart({ shown, hidden }: VisiblePart): TemplateResult | string {
  if (hidden === null) return shown
  return html`<span class="unseen" data-shown=${shown} title="Invisible characters"><span>${hidden}</span></span>`
}

function takeBytes(
  reader: PayloadReader,
  limit: number,
): readonly { readonly bytes: Uint8Array; readonly offset: number }[] {
  let offset = 0
  return reader.pieces().flatMap((piece) => {
    const from = offset
    offset += piece.length
    return from >= limit ? [] : [{ bytes: piece.subarray(0, limit - from), offset: from }]
  })
}

/** Bytes of the text in UTF-8. */
function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length
}

function sentence(text: string): TemplateResult {
  return html`<p class="sentence">${text}</p>`
}

customElements.define('lifeline-payload', PayloadView)
