// The packets of a payload, as a decoder made them: a block for each, with its facts and its content as a tree.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { packetHead, packetTone, packetWords } from '../../../shared/frame/describePackets.ts'
import type { Frame } from '../../../shared/frame/frame.ts'
import { isRest, type Packet } from '../../../shared/frame/packet.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { layOutJson } from '../../../shared/text/layOutJson.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { JsonNode } from '../../json/jsonNode.ts'
import { pieceCount } from '../../json/jsonPieces.ts'
import '../../json/jsonTree.ts'
import type { JsonTree } from '../../json/jsonTree.ts'
import type { TreeAction } from '../../json/treeAction.ts'
import { type Fact, factText } from '../facts/fact.ts'
import { factList } from '../facts/factList.ts'
import { factsOf } from '../facts/packetFacts.ts'
import { type PacketBody, packetBodies } from './packetBodies.ts'

/** So many are open when a frame is first shown, where there is something in them; of more none is. */
const openPackets = 5

/**
 * `<lifeline-decoded>`: draws the `packets` of `frame`. `root`: its JSON; null while, or if, there is none: then `asRead` is
 * what its protocol reads in it, if it does.
 */
export class DecodedView extends LightElement {
  static override properties = {
    frame: { attribute: false },
    packets: { attribute: false },
    root: { attribute: false },
    asRead: { attribute: false },
    actions: { attribute: false },
    sought: { attribute: false },
    goTo: { attribute: false },
  }
  declare frame: Frame
  declare packets: readonly Packet[]
  declare root: JsonNode | null
  declare asRead: JsonNode | null
  /** As a tree has them. */
  declare actions: readonly TreeAction[]
  declare sought: string
  declare goTo: (seq: number) => void
  /** By their numbers. */
  #open = new Set<number>()
  #drawn = pieceCount
  #seq = 0
  #found: Found | null = null

  /** Found when they are asked for: properties are set before anything is drawn of them. */
  get #bodies(): readonly (PacketBody | null)[] {
    const { packets } = this
    const root = this.root ?? this.asRead
    if (root === null) return []
    this.#found = foundIn(root, packets, this.#found)
    return this.#found.bodies
  }

  /** Whether the character at `offset` of the payload's text is in what a packet carries. */
  holds(offset: number): boolean {
    return this.root !== null && this.#bodies.some((body) => isIn(body, offset))
  }

  /** Opens the packet that the character at `offset` is in, and brings it into sight. */
  async reveal(offset: number): Promise<void> {
    const ix = this.#bodies.findIndex((body) => isIn(body, offset))
    if (ix < 0) return
    this.#drawn = Math.max(this.#drawn, ix + 1)
    this.#fold(ix, true)
    await this.updateComplete
    const tree = this.querySelectorAll('.packet')[ix]?.querySelector<JsonTree>('lifeline-json')
    await tree?.updateComplete
    tree?.reveal(offset)
  }

  /** All packets, also those that are folded, to be copied. */
  text(): string {
    const packets = this.packets.map((packet, ix) => this.#textOf(packet, ix))
    const whole = this.#whole
    return [...packets, ...(whole ? [layOutJson(whole.source)] : [])].join('\n\n')
  }

  /** What is read, where no packet carries a part of it. */
  get #whole(): JsonNode | null {
    return this.root === null && this.#bodies.every((body) => body === null) ? this.asRead : null
  }

  #textOf(packet: Packet, ix: number): string {
    if (isRest(packet)) return restWords(packet)
    const body = this.#bodies[ix]
    const carried = body ? [layOutJson(body.node.source)] : []
    return [packetHead(packet), factText(blockFacts(packet)), ...carried].join('\n')
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('frame') || this.frame.seq === this.#seq) return
    this.#seq = this.frame.seq
    this.#drawn = pieceCount
    this.#open = new Set(openAtFirst(this.packets))
  }

  override render(): TemplateResult {
    const more = this.packets.length - this.#drawn
    const next = Math.min(more, pieceCount)
    return html`<ol class="packets" aria-label="Decoded packets">${this.packets
      .slice(0, this.#drawn)
      .map((packet, ix) => html`<li class="packet">${this.#block(packet, ix)}</li>`)}</ol>
      ${
        more > 0
          ? html`<button type="button" class="link more" @click=${this.#showMore}>Show ${formatCount(next)} more of ${formatCount(this.packets.length)}</button>`
          : nothing
      }${this.#wholeTree()}`
  }

  #wholeTree(): TemplateResult | typeof nothing {
    const whole = this.#whole
    if (whole === null) return nothing
    return html`<lifeline-json class="whole" .root=${whole} .label=${'What the payload holds'} .sought=${this.sought}></lifeline-json>`
  }

  #block(packet: Packet, ix: number): TemplateResult {
    if (isRest(packet)) return html`<p class="sentence">${restWords(packet)}</p>`
    const open = this.#open.has(ix)
    // Below an open head a flaw has its own line.
    const head = open ? packetHead(packet) : packetWords([packet])
    return html`<details ?open=${open} @toggle=${({ target }: Event) => this.#fold(ix, (target as HTMLDetailsElement).open)}>
      <summary class=${packetTone([packet]) ?? ''} @click=${keepSelection}><span class="words">${visibleLine(head ?? '')}</span><i
        class="codicon codicon-chevron-${open ? 'down' : 'right'}" aria-hidden="true"></i></summary>
      ${open ? [factList(blockFacts(packet), this.goTo), this.#body(packet, ix)] : nothing}
    </details>`
  }

  #body(packet: Packet, ix: number): TemplateResult | typeof nothing {
    const body = this.#bodies[ix]
    if (!body) return nothing
    return html`<lifeline-json .root=${body.node} .at=${body.place} .label=${`${packet.body} of ${packetHead(packet)}`}
      .actions=${this.root === null ? [] : this.actions} .sought=${this.sought}></lifeline-json>`
  }

  #fold(ix: number, open: boolean): void {
    if (open) this.#open.add(ix)
    else this.#open.delete(ix)
    this.requestUpdate()
  }

  #showMore(): void {
    this.#drawn += pieceCount
    this.requestUpdate()
  }
}

/** The numbers of those that are open. */
function openAtFirst(packets: readonly Packet[]): readonly number[] {
  if (packets.length > openPackets) return []
  return [...packets.keys()].filter((ix) => saysMore(packets[ix]))
}

/** Whether there is more to tell than its head says: what it carries, what it belongs to, what is wrong. */
function saysMore(packet: Packet | undefined): boolean {
  if (packet === undefined) return false
  const { body, answers, answeredBy, cancels, cancelledBy, progress, unanswered, flaw } = packet
  const more = [body, answers, answeredBy, cancels, cancelledBy, progress, unanswered, flaw]
  return more.some((one) => one !== undefined)
}

interface Found {
  readonly root: JsonNode
  readonly packets: readonly Packet[]
  readonly bodies: readonly (PacketBody | null)[]
}

/** The values of before where the same packets were read again: a tree begins anew with another one. */
function foundIn(root: JsonNode, packets: readonly Packet[], before: Found | null): Found {
  if (before?.root !== root) return { root, packets, bodies: packetBodies(root, packets) }
  if (before.packets === packets) return before
  const areSame =
    packets.length === before.packets.length &&
    packets.every(({ body }, ix) => body === before.packets[ix]?.body)
  return { root, packets, bodies: areSame ? before.bodies : packetBodies(root, packets) }
}

/** The head has in short what it carries; here is where that stands. */
function blockFacts({ summary: _, ...packet }: Packet): readonly Fact[] {
  const { body } = packet
  return body === undefined ? factsOf(packet) : [...factsOf(packet), { name: 'Body', value: body }]
}

/** `1,050 not decoded: of one frame the first 200 packets are.` */
function restWords({ name = '' }: Packet): string {
  return visibleLine(
    `${name}: of one frame the first ${formatCount(decodeLimits.packets)} packets are.`,
  )
}

function isIn(body: PacketBody | null, offset: number): boolean {
  return body !== null && body.node.start <= offset && offset < body.node.end
}

/** A click that ends a selection of text folds nothing. */
function keepSelection(event: Event): void {
  if (getSelection()?.isCollapsed === false) event.preventDefault()
}

customElements.define('lifeline-decoded', DecodedView)
