// The detail of the selected frame: facts on top; payload, headers, timing and the wire in tabs.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import { type Frame, hasPayload } from '../../shared/frame/frame.ts'
import type { Packet } from '../../shared/frame/packet.ts'
import type { Bookmark } from '../../shared/session/bookmarks.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { Handshake, Related } from '../../shared/session/related.ts'
import { LightElement } from '../elements/lightElement.ts'
import { comparedWith } from './comparable.ts'
import { copyItems } from './copyMenu.ts'
import { type DetailTab, tabList, tabsOf } from './detailTabs.ts'
import './difference/differenceTab.ts'
import { headersView } from './exchange/headersView.ts'
import { sizeTimingBar, timingView } from './exchange/timingView.ts'
import { toggleField } from './payload/fieldActions.ts'
import { wireView } from './wireView.ts'
import './factsView.ts'
import { foldDetail, hiddenNote } from './detailNotes.ts'
import './failureView.ts'
import {
  bookmarkButton,
  formMenu,
  placeButtons,
  sendMenu,
  wordButton,
  wordMenu,
} from './headButtons.ts'
import './noteLine.ts'
import { treeIn } from '../json/jsonTree.ts'
import { type TreeText, treeTexts } from '../json/treeTexts.ts'
import { failureOf } from '../model/failure.ts'
import type { RowPair } from '../model/manyRows.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { PayloadFinder } from './payload/payloadFinder.ts'
import { PayloadView } from './payload/payloadView.ts'
import '../panes/statistics/framePlots.ts'
import { plotAction } from './payload/plotAction.ts'
import { filterByValue } from './payload/valueActions.ts'

/** `<lifeline-detail>`: draws `row`, and `bookmark` where it has one; fires `perform`, `close-detail`, and `move-detail` where its place can be chosen. */
export class FrameDetail extends LightElement {
  static override properties = {
    model: { attribute: false },
    row: { attribute: false },
    pair: { attribute: false },
    bookmark: { attribute: false },
    stacked: { attribute: false },
  }
  declare model: TimelineModel
  declare row: Row
  /** Two rows that are selected: the difference is theirs. */
  declare pair: RowPair | null
  declare bookmark: Bookmark | undefined
  /** It is below the rows; null where the page leaves no choice. */
  declare stacked: boolean | null
  #tab: DetailTab = 'payload'
  #copied = false
  #related: Related | null = null
  /** Kept while the connection is the same. */
  #handshake: Handshake | null = null

  override willUpdate(changed: PropertyValues<FrameDetail>): void {
    if (!changed.has('row')) return
    this.#copied = false
    this.#related = null
    const before = changed.get('row')
    if (this.row.frame.connection !== before?.frame.connection) this.#handshake = null
    void this.#readRelated(this.row.frame)
  }

  protected override updated(): void {
    sizeTimingBar(this)
  }

  focusTabs(): void {
    this.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
  }

  /** Of the payload that is shown; null where none is. */
  get finder(): PayloadFinder | null {
    return this.#payload?.finder ?? null
  }

  openFind(): void {
    this.#payload?.openFind()
  }

  showDifference(): void {
    this.#show('difference', true)
  }

  get #payload(): PayloadView | null {
    return this.querySelector<PayloadView>('lifeline-payload')
  }

  /** Nothing where no tree is drawn. */
  async copyFromTree(what: TreeText): Promise<void> {
    const tree = treeIn(this)
    if (tree) await this.model.actions.copy(treeTexts[what](tree.place))
  }

  /** Nothing where no tree is drawn. */
  showActiveField(): void {
    const tree = treeIn(this)
    if (tree) toggleField(this.model.fields, tree.place.path)
  }

  /** Draws the number in the line of the tree that is active; nothing where there is none. */
  plotFromTree(): void {
    treeIn(this)?.perform(plotAction(this.model, this.row))
  }

  /** Leaves the rows that have the active value of the tree in the same place. */
  filterFromTree(): void {
    treeIn(this)?.perform(filterByValue(this.model))
  }

  override render(): TemplateResult {
    const { frame, fold } = this.row
    if (fold && !fold.open) return foldDetail(this, fold)
    const tab = tabsOf(frame, this.pair).includes(this.#tab) ? this.#tab : 'payload'
    // As they are known now: the answer may have come since the row was read.
    const packets = this.#related?.row.decoded ?? this.row.decoded ?? none
    const isPayload = tab === 'payload' && hasPayload(frame)
    const earlier = this.#related && comparedWith(this.#related)
    return html`<section class="detail" aria-label="Frame ${frame.seq}">
      <div class="detail-head">
        ${tabList({ frame, pair: this.pair }, tab, (next, focus) => this.#show(next, focus))}
        ${this.#actions(tab)}
        <div class="places">${bookmarkButton(this, this.bookmark !== undefined)}${placeButtons(this, this.stacked)}</div>
      </div>
      <div class="detail-body" role="tabpanel" id="detail-panel" aria-labelledby="tab-${tab}">
        ${hiddenNote(this.model)}
        ${this.bookmark ? html`<lifeline-note .model=${this.model} .bookmark=${this.bookmark}></lifeline-note>` : nothing}
        <lifeline-facts .model=${this.model} .row=${this.row} .packets=${isPayload && PayloadView.showsPackets ? none : packets} .related=${this.#related}
          .whole=${tab === 'payload' && !hasPayload(frame)}></lifeline-facts>
        ${this.#offers()}
        ${
          isPayload
            ? html`<lifeline-payload .model=${this.model} .row=${this.row} .packets=${packets} .earlier=${earlier}
          @form-change=${() => this.requestUpdate()}></lifeline-payload>`
            : nothing
        }
        ${tab === 'payload' ? html`<lifeline-frame-plots .model=${this.model} .row=${this.row}></lifeline-frame-plots>` : nothing}
        ${tab === 'headers' ? headersView(frame, (text) => void this.#tellCopied(this.model.actions.copy(text))) : nothing}
        ${tab === 'timing' && frame.kind === 'response' ? timingView(frame) : nothing}
        ${
          tab === 'difference'
            ? html`<lifeline-difference .model=${this.model} .row=${this.row} .earlier=${earlier} .pair=${this.pair}></lifeline-difference>`
            : nothing
        }
        ${tab === 'wire' ? wireView(frame, this.#handshake, this.#related?.fragments ?? []) : nothing}
      </div>
    </section>`
  }

  #actions(tab: DetailTab): TemplateResult {
    const { frame } = this.row
    const { model } = this
    const parts = { model, frame, tab, handshake: this.#handshake, tell: this.#tellCopied }
    return html`<div class="actions">
      ${tab === 'payload' && hasPayload(frame) ? formMenu(this.#payload) : nothing}
      ${wordMenu(
        {
          name: this.#copied ? 'Copied' : 'Copy',
          label: this.#copied ? 'Copied' : 'Copy',
          title: 'Copy something of this frame',
        },
        () => copyItems({ ...parts, decoded: this.#payload?.decodedText ?? null }),
      )}
      ${sendMenu(this.row, model.status?.method, (act) => this.#perform(act))}
      ${
        hasPayload(frame)
          ? wordButton(
              'Open',
              'Open the payload in an editor',
              () => void model.actions.openPayload(frame.seq),
            )
          : nothing
      }
    </div>`
  }

  #perform(detail: TimelineAction): void {
    this.dispatchEvent(new CustomEvent('perform', { bubbles: true, detail }))
  }

  readonly #tellCopied = async (isCopied: Promise<boolean>): Promise<void> => {
    if (!(await isCopied)) return
    this.#copied = true
    this.requestUpdate()
  }

  /** Of an error that does not stand below the rows. */
  #offers(): TemplateResult | typeof nothing {
    const { session, failure } = this.model
    if (!session || !this.#related || failure?.seq === this.row.frame.seq) return nothing
    const own = failureOf(this.#related, session)
    return html`<lifeline-failure .model=${this.model} .failure=${own} .bare=${true}></lifeline-failure>`
  }

  async #readRelated(frame: Frame): Promise<void> {
    const related = await this.model.actions.related(frame.seq)
    if (frame.seq !== this.row.frame.seq) return
    this.#related = related
    this.#handshake = related?.handshake ?? this.#handshake
    this.requestUpdate()
  }

  #show(tab: DetailTab, focus: boolean): void {
    this.#tab = tab
    this.#copied = false
    this.requestUpdate()
    if (focus) void this.updateComplete.then(() => this.focusTabs())
  }
}

const none: readonly Packet[] = []

customElements.define('lifeline-detail', FrameDetail)
