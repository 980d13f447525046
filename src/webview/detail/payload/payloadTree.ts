// The JSON tree of a payload: read to its end and scanned between two pictures, or the reason why there is none.

import { isKeptInPart, type Previewed } from '../../../shared/frame/preview.ts'
import { looksLikeJson } from '../../../shared/text/jsonText.ts'
import { formatLimit, formatSize } from '../../../shared/text/units.ts'
import { scanJson } from '../../json/jsonIndex.ts'
import { type JsonNode, rootNode } from '../../json/jsonNode.ts'
import { placeOf } from '../../json/jsonProblem.ts'
import type { PayloadReader } from '../../model/payloadReader.ts'

export type PayloadTree =
  /** It does not mean to be JSON. */
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly sentence: string }
  | { readonly kind: 'tree'; readonly root: JsonNode }
  /** It begins like JSON; `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string }

/** The page holds the text and 16 bytes for each object and list in it. */
const maxBytes = 64 * 2 ** 20
/** Work between two pictures. */
const sliceMs = 8

/**
 * To be called when the first piece was read. `tell` gets each state, the last one at the end. Reads no further once
 * `stopped` answers true. Rejects as `reader.more` does.
 */
export async function readPayloadTree(
  frame: Previewed,
  reader: PayloadReader,
  stopped: () => boolean,
  tell: (tree: PayloadTree) => void,
): Promise<void> {
  const refuse = (why: string) => tell({ kind: 'refused', why: `No tree: ${why}` })
  if (!reader.isText || !looksLikeJson(reader.text())) return tell({ kind: 'none' })
  const { sizeBytes } = reader
  if (sizeBytes === null || sizeBytes > maxBytes) {
    return refuse(`it has more than ${formatLimit(maxBytes)}. Open it in an editor.`)
  }
  if (isKeptInPart(frame)) return refuse(`only the first ${formatLimit(sizeBytes)} were kept.`)
  while (!reader.complete) {
    const share = `${formatSize(reader.readBytes)} of ${formatSize(sizeBytes)}`
    tell({ kind: 'reading', sentence: `Reading for the tree: ${share}.` })
    await reader.more()
    if (stopped()) return
    if (!reader.isText) return tell({ kind: 'none' })
  }
  const text = reader.text()
  const read = await readTree(text, stopped)
  if (read === null) return
  if (typeof read !== 'number') return tell({ kind: 'tree', root: read })
  const { line, column } = placeOf(text, read)
  refuse(`from line ${line}, column ${column} on it is no JSON.`)
}

/** The tree of a JSON text, or the offset from which on it is none; null once `stopped` answers true. */
export async function readTree(
  text: string,
  stopped: () => boolean,
): Promise<JsonNode | number | null> {
  const scanning = scanJson(text)
  let pauseAt = performance.now() + sliceMs
  for (;;) {
    const step = scanning.next()
    if (step.done) return step.value.ok ? rootNode(step.value.index) : step.value.offset
    if (performance.now() < pauseAt) continue
    await new Promise((resolve) => setTimeout(resolve))
    if (stopped()) return null
    pauseAt = performance.now() + sliceMs
  }
}
