// The content of a payload as it is being read: its bytes, its text, its tree or why there is none, what it is a picture of.

import type { Frame } from '../../../shared/frame/frame.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import type { DecodedPayload, PayloadPiece } from '../../../shared/session/captureRows.ts'
import { layOutJson } from '../../../shared/text/layOutJson.ts'
import { toError } from '../../../shared/unknown.ts'
import type { JsonNode } from '../../json/jsonNode.ts'
import { createPayloadBytes, type PayloadBytes } from '../../model/payloadBytes.ts'
import { createPayloadReader, type PayloadReader } from '../../model/payloadReader.ts'
import { type ImageHead, maxPictureBytes, type PictureType, readImageHead } from './imageHead.ts'
import { looksLikeXml, type Syntax } from './lineTokens.ts'
import { fittingForms, type PayloadForm } from './payloadForms.ts'
import { type PayloadTree, readPayloadTree, readTree } from './payloadTree.ts'
import { createXmlLayout, isXmlInOneLine, type XmlLayout } from './xmlLayout.ts'

/** A larger text is not set out in lines: the page would hold it twice. */
const maxLayoutChars = 16 * 2 ** 20

export interface ContentOptions {
  readonly frame: Frame
  readonly read: (offset: number, length: number) => Promise<PayloadPiece>
  /** What it holds in its protocol's own terms; null where no protocol reads it. */
  readonly readAs: () => Promise<DecodedPayload | null>
  /** Nobody looks at it any more: it is read no further. */
  readonly stopped: () => boolean
  readonly changed: () => void
}

export class PayloadContent {
  readonly reader: PayloadReader
  tree: PayloadTree = { kind: 'none' }
  /** What its protocol reads in it, where it is no JSON itself; null while, or if, there is nothing. */
  asRead: JsonNode | null = null
  /** Why it cannot be read; empty where it can. */
  problem = ''
  readonly #options: ContentOptions
  #bytes: PayloadBytes | null = null
  #laidOut: string | null = null
  /** Of XML; null where there is none to set out, or that is not known yet. */
  #xml: XmlLayout | null = null

  constructor(options: ContentOptions) {
    this.#options = options
    this.reader = createPayloadReader(options.frame, options.read)
  }

  /** Those in which it can be shown, the best one first; none before the first piece. */
  forms(isDecoded: boolean): readonly PayloadForm[] {
    const { reader, tree } = this
    if (reader.sizeBytes === null) return []
    return fittingForms({
      hasTree: tree.kind === 'tree' || tree.kind === 'reading',
      isText: reader.isText,
      hasLayout: this.#canSetOut,
      picture: this.pictureType,
      isDecoded,
      isRead: this.asRead !== null,
    })
  }

  /** What is read of the text, as a form has it. */
  text(form: PayloadForm): string {
    if (form !== 'text' || !this.#canSetOut) return this.reader.text()
    if (this.#xml) return this.#setOutXml(this.#xml)
    this.#laidOut ??= layOutJson(this.reader.text())
    return this.#laidOut
  }

  #setOutXml(layout: XmlLayout): string {
    const text = layout.text(this.reader.text(), this.reader.complete)
    // The rest is laid out once this has been drawn.
    if (layout.share < 1) setTimeout(() => this.#options.stopped() || this.#options.changed())
    return text
  }

  get #canSetOut(): boolean {
    if (this.#xml) return true
    const text = this.tree.kind === 'tree' ? this.reader.text() : ''
    return text !== '' && text.length <= maxLayoutChars && !text.includes('\n')
  }

  /** How much of the text a form has, 0 to 1: so much is read, and of XML laid out. */
  share(form: PayloadForm): number {
    const { complete, readBytes, sizeBytes } = this.reader
    const laidOut = form === 'text' ? (this.#xml?.share ?? 1) : 1
    return (complete ? 1 : readBytes / (sizeBytes || 1)) * laidOut
  }

  get syntax(): Syntax | null {
    if (this.tree.kind !== 'none') return 'json'
    return looksLikeXml(this.reader.text().slice(0, 200)) ? 'xml' : null
  }

  get #head(): ImageHead | null {
    const [start] = this.reader.pieces()
    return start ? readImageHead(start) : null
  }

  get pictureSize(): ImageHead['size'] {
    const size = this.#head?.size ?? null
    const { complete, sizeBytes } = this.reader
    // In a JPEG it may stand far behind what a camera has noted.
    const isSought = size === null && complete && (sizeBytes ?? 0) <= maxPictureBytes
    return isSought ? (readImageHead(this.reader.all())?.size ?? null) : size
  }

  get pictureType(): PictureType | null {
    const start = this.reader.isText ? this.reader.text().slice(0, 4096) : ''
    // The first element, behind declarations and comments.
    const isSvg = looksLikeXml(start) && /<([\w:]+)/.exec(start)?.[1] === 'svg'
    return isSvg ? 'image/svg+xml' : (this.#head?.type ?? null)
  }

  /** By place, wherever the reader is. */
  get bytes(): PayloadBytes {
    const { read, changed } = this.#options
    this.#bytes ??= createPayloadBytes(this.reader.sizeBytes ?? 0, read, changed, (problem) =>
      this.#fail(problem),
    )
    return this.#bytes
  }

  /** Reads the next piece, and of what begins like JSON all of it. */
  async more(): Promise<void> {
    const { reader } = this
    const { changed, stopped, frame } = this.#options
    try {
      const first = reader.readBytes === 0
      // Asked at once, so that it is not drawn in another form before.
      const [asRead] = await Promise.all([first ? this.#readAs() : null, reader.more()])
      if (stopped()) return
      this.problem = ''
      if (first && reader.isText && isXmlInOneLine(reader.text())) this.#xml = createXmlLayout()
      if (first || this.tree.kind === 'reading') {
        await readPayloadTree(frame, reader, stopped, (tree) => {
          if (stopped()) return
          this.tree = tree
          if (tree.kind === 'none' || tree.kind === 'refused') this.asRead ??= asRead
          changed()
        })
      }
    } catch (error) {
      this.#fail(error)
    }
    changed()
  }

  async #readAs(): Promise<JsonNode | null> {
    const { frame, readAs, stopped } = this.#options
    if (frame.sizeBytes > decodeLimits.payloadBytes) return null
    // Why it cannot be read is told of the payload itself.
    const read = await readAs().catch(() => null)
    const root = read && !stopped() ? await readTree(read.text, stopped) : null
    return typeof root === 'number' ? null : root
  }

  #fail(problem: unknown): void {
    if (this.#options.stopped()) return
    this.problem = toError(problem).message
    this.#options.changed()
  }
}
