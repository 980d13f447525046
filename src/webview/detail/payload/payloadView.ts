// A payload as a tree, as text, as hex, as a picture or decoded. What a peer sent becomes text nodes, never markup.

import { html, nothing, type TemplateResult } from 'lit'
import type { Frame, FrameWithPreview } from '../../../shared/frame/frame.ts'
import type { Packet } from '../../../shared/frame/packet.ts'
import { isKeptInPart } from '../../../shared/frame/preview.ts'
import { hexOf } from '../../../shared/text/hexRows.ts'
import { formatLimit } from '../../../shared/text/units.ts'
import '../../json/jsonTree.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { JsonTree } from '../../json/jsonTree.ts'
import type { TreeAction } from '../../json/treeAction.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { compareJson } from '../difference/compareJson.ts'
import { readText } from '../difference/readText.ts'
import { treeChanges } from '../difference/treeChanges.ts'
import './decodedView.ts'
import type { DecodedView } from './decodedView.ts'
import './hexView.ts'
import type { HexView } from './hexView.ts'
import { pictureProblem } from './imageHead.ts'
import { PayloadContent } from './payloadContent.ts'
import { payloadFindBar } from './payloadFindBar.ts'
import { PayloadFinder } from './payloadFinder.ts'
import { type PayloadForm, shownForm } from './payloadForms.ts'
import './pictureView.ts'
import './textView.ts'
import type { TextView } from './textView.ts'
import { valueActions } from './valueActions.ts'

/** `<lifeline-payload>`: reads the payload of `row` and draws it; fires `form-change` when there are other forms to choose from. */
export class PayloadView extends LightElement {
  static override properties = {
    model: { attribute: false },
    row: { attribute: false },
    packets: { attribute: false },
    earlier: { attribute: false },
  }
  declare model: TimelineModel
  declare row: FrameWithPreview
  /** What a decoder made of it. */
  declare packets: readonly Packet[]
  /** The frame before of its kind: what differs from it is marked in the tree. */
  declare earlier: FrameWithPreview | null
  /** The form that the user chose last. Static, because the element goes when the detail closes. */
  static #chosen: PayloadForm | null = null
  #choseHere = false
  static #wraps = true
  #content: PayloadContent | null = null
  #seq = 0
  #told = ''
  #actions: readonly TreeAction[] = []
  #changes: ReadonlyMap<string, string> = new Map()
  /** The frames that were compared. */
  #pair = ''

  /** Acts on a value in the tree's line. */
  get actions(): readonly TreeAction[] {
    return this.#actions
  }

  /** What differs in the tree from the frame before. */
  get changes(): ReadonlyMap<string, string> {
    return this.#changes
  }

  readonly finder = new PayloadFinder({
    content: () => this.#content,
    form: () => this.form,
    isDecoded: (place) => this.#decoded?.holds(place) ?? false,
    changed: (reveal) => {
      this.requestUpdate()
      if (reveal) void showMatch(this)
    },
  })

  openFind(): void {
    this.finder.open()
    void this.updateComplete.then(() =>
      this.querySelector<HTMLInputElement>('.payload-find input')?.select(),
    )
  }

  /** Those that can be chosen now; none while nothing is read. */
  get forms(): readonly PayloadForm[] {
    return this.#content?.forms(this.packets.length > 0) ?? []
  }

  /** Packets are what is shown of each payload that has some. */
  static get showsPackets(): boolean {
    return PayloadView.#chosen === 'decoded'
  }

  get #decoded(): DecodedView | null {
    return this.querySelector<DecodedView>('lifeline-decoded')
  }

  /** What is decoded as text, to be copied; null where another form is shown. */
  get decodedText(): string | null {
    return this.#decoded?.text() ?? null
  }

  get form(): PayloadForm {
    // They are there before the payload is read.
    if (PayloadView.showsPackets && this.packets.length > 0) return 'decoded'
    const chosen = { form: PayloadView.#chosen, isOwn: this.#choseHere }
    return shownForm(this.forms, chosen, this.#content?.pictureType ?? null)
  }

  get wraps(): boolean {
    return PayloadView.#wraps
  }

  choose(form: PayloadForm): void {
    PayloadView.#chosen = form
    this.#choseHere = true
    this.requestUpdate()
  }

  setWraps(wraps: boolean): void {
    PayloadView.#wraps = wraps
    this.requestUpdate()
  }

  override willUpdate(): void {
    const { frame } = this.row
    const { seq } = frame
    if (seq === this.#seq) return
    this.#seq = seq
    this.#choseHere = false
    this.#pair = ''
    this.#changes = new Map()
    this.#actions = valueActions(this.model, this.row)
    const content: PayloadContent = new PayloadContent({
      frame,
      read: (offset, length) => this.model.api.payload(seq, offset, length),
      readAs: () => this.model.api.payloadAs(seq),
      stopped: () => content !== this.#content || !this.isConnected,
      changed: () => {
        this.requestUpdate()
        this.querySelector<LightElement>('lifeline-hex')?.requestUpdate()
      },
    })
    this.#content = content
    if (frame.sizeBytes > 0) void content.more()
  }

  protected override updated(): void {
    void this.#compare()
    void this.finder.seek()
    const told = [this.form, ...this.forms].join()
    if (told === this.#told) return
    this.#told = told
    this.dispatchEvent(new CustomEvent('form-change', { bubbles: true }))
  }

  async #compare(): Promise<void> {
    const { earlier, model } = this
    const tree = this.#content?.tree
    const pair = earlier ? `${earlier.frame.seq} ${this.#seq}` : ''
    if (!earlier || tree?.kind !== 'tree' || pair === this.#pair) return
    this.#pair = pair
    if (tree.root.end > maxComparedChars || earlier.frame.sizeBytes > maxComparedChars) return
    // Without it nothing is marked: the payload itself is there.
    const before = await readText(model.api, earlier.frame).catch(() => null)
    if (before === null || pair !== this.#pair || tree !== this.#content?.tree) return
    this.#changes = treeChanges(tree.root, compareJson(before, this.#content.text('raw')))
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const content = this.#content
    if (this.row.frame.sizeBytes === 0) return sentence('This frame has no payload.')
    if (!content) return html``
    const { form } = this
    const failure = content.problem === '' ? nothing : this.#failure(content)
    if (form !== 'decoded') {
      if (content.problem !== '') return html`${failure}`
      if (content.reader.sizeBytes === null) return sentence('Reading the payload.')
    }
    const leave = () => this.querySelector<HTMLElement>('summary, [tabindex="0"]')?.focus()
    return html`${failure}${payloadFindBar(this.finder, leave)}${partNote(content, this.row.frame)}${draw[form](this, content)}`
  }

  async copyBytes(from: number, end: number): Promise<void> {
    const { api, actions } = this.model
    const read = api.payload(this.#seq, from, Math.min(end - from, maxCopied))
    await actions.run(read.then(({ bytes }) => actions.copy(hexOf(bytes))))
    if (end - from > maxCopied) {
      const told = `The first ${formatLimit(maxCopied)} of what is selected were copied. Open the payload for all of it.`
      await actions.run(Promise.reject(new Error(told)))
    }
  }

  /** A capture that was lost can be read again once it has moved. */
  #failure(content: PayloadContent): TemplateResult {
    return html`<p class="sentence" role="status">${content.problem}</p>
      <button type="button" class="link more" @click=${() => void this.#readAgain(content)}>Read again</button>`
  }

  async #readAgain(content: PayloadContent): Promise<void> {
    await content.more()
    await this.updateComplete
    // The button, which had the focus, has gone.
    this.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }
}

/** What is compared each time that a frame is selected. */
const maxComparedChars = 512 * 1024
/** Bytes of a selection that are copied at once. */
const maxCopied = 8 * 2 ** 20

type Draw = (view: PayloadView, content: PayloadContent) => TemplateResult

const drawText: Draw = ({ form, wraps, finder }, content) =>
  html`<lifeline-text .text=${content.text(form)} .share=${content.share(form)} .syntax=${content.syntax} .wrap=${wraps} .marksIn=${finder.matches.places.length > 0 ? (from: number, end: number) => finder.marksIn(from, end) : unmarked}
    @text-wanted=${() => void content.more()}></lifeline-text>`

const draw: Readonly<Record<PayloadForm, Draw>> = {
  tree: ({ actions, changes, finder }, { tree }) => {
    if (tree.kind === 'tree') {
      return html`<lifeline-json .root=${tree.root} .actions=${actions} .changes=${changes}
        .sought=${finder.isOpen ? finder.sought : ''}></lifeline-json>`
    }
    return sentence(tree.kind === 'reading' ? tree.sentence : '')
  },
  picture: (_view, content) => {
    const { reader, pictureType, pictureSize } = content
    const sized = reader.complete && pictureType !== 'image/svg+xml'
    const problem = pictureProblem(pictureSize, reader.sizeBytes ?? 0, sized)
    if (problem !== null) return sentence(problem)
    if (!reader.complete) {
      void content.more()
      return sentence('Reading the picture.')
    }
    return html`<lifeline-picture .bytes=${reader.pieces()} .type=${pictureType ?? 'image/png'}></lifeline-picture>`
  },
  text: drawText,
  raw: drawText,
  hex: (view, content) =>
    html`<lifeline-hex .bytes=${content.bytes} .size=${content.reader.sizeBytes ?? 0}
      .marksIn=${(from: number, end: number) => view.finder.marksIn(from, end)}
      @copy-bytes=${({ detail }: CustomEvent<{ from: number; end: number }>) => view.copyBytes(detail.from, detail.end)}></lifeline-hex>`,
  decoded: ({ row, packets, model, actions, finder }, { tree, asRead }) =>
    html`<lifeline-decoded .frame=${row.frame} .packets=${packets} .root=${tree.kind === 'tree' ? tree.root : null} .asRead=${asRead} .actions=${actions}
      .sought=${finder.isOpen ? finder.sought : ''} .goTo=${(seq: number) => void model.selection.selectSeq(seq)}></lifeline-decoded>`,
}

const unmarked = () => []

/** Brings the current match into sight, once it is drawn. */
async function showMatch(view: PayloadView): Promise<void> {
  await view.updateComplete
  const { place, matches } = view.finder
  if (place === null) return
  const text = view.querySelector<TextView>('lifeline-text')
  await text?.updateComplete
  text?.reveal(place)
  const decoded = view.querySelector<DecodedView>('lifeline-decoded')
  if (decoded) await decoded.reveal(place)
  else view.querySelector<JsonTree>('lifeline-json')?.reveal(place)
  view.querySelector<HexView>('lifeline-hex')?.select(place, place + matches.length)
}

/** Why the payload has no tree, or that it is none of all. */
function partNote(
  { tree, reader, asRead }: PayloadContent,
  frame: Frame,
): TemplateResult | typeof nothing {
  if (tree.kind === 'refused' && asRead === null) return sentence(tree.why)
  if (!isKeptInPart(frame) || reader.sizeBytes === null) return nothing
  return sentence(`Cut: only the first ${formatLimit(reader.sizeBytes)} were kept.`)
}

function sentence(text: string): TemplateResult {
  return html`<p class="sentence">${text}</p>`
}

customElements.define('lifeline-payload', PayloadView)
