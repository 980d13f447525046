// The words above an arrow and in a block: those of the row, without what the picture says already.

import { bringsNothing, isGoodAnswer } from '../../shared/frame/httpDetail.ts'
import { type Label, labelText } from '../../shared/frame/label.ts'
import { shownLabel } from '../../shared/frame/shownFields.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { formatCount, formatDelay, formatSize } from '../../shared/text/units.ts'
import { holdMs, type RowView } from '../rows/rowView.ts'
import { type BlockSums, countOf } from './timeTiles.ts'

/** Null where there is nothing to say: requests of polls are all alike. `show`: the fields that rows show. */
export function arrowWords(row: Row, view: RowView, show: readonly string[]): Label | null {
  if (view.isPoll) return null
  if (row.shown) return shownLabel(show, row.shown)
  const words = withoutOk(row, view.words)
  const heldMs = holdMs(row.frame)
  if (heldMs === null) return labelText(words).trim() === '' ? view.words : words
  return [{ text: `held ${formatDelay(heldMs)}  `, quiet: true }, ...words]
}

/** An answer that is as it should be says first what came with it, or that nothing did. */
function withoutOk({ frame }: Row, words: Label): Label {
  if (frame.kind !== 'response' || !isGoodAnswer(frame.detail)) return words
  const [first, ...others] = words
  if (!first) return words
  const said = bringsNothing(frame.detail) ? /^\d{3} [^·]* · / : /^200(?: OK)?(?: · |\s+|$)/
  return [{ ...first, text: first.text.replace(said, '') }, ...others]
}

/** Where there is little room, names and what all have in common are left out. */
export function briefly(words: Label): Label {
  const told = words.filter(({ quiet, text }) => !quiet && text.trim() !== '')
  if (told.length === 0) return words
  return told.map((part, index) => ({ ...part, text: (index === 0 ? '' : ' ') + part.text.trim() }))
}

/** The longest first, for where there is less room. */
export function blockWords(sums: BlockSums): readonly string[] {
  const { framesIn, framesOut, sizeBytes } = sums
  const count = formatCount(countOf(sums))
  const ways = [
    framesIn > 0 ? `${formatCount(framesIn)} received` : '',
    framesOut > 0 ? `${formatCount(framesOut)} sent` : '',
  ].filter((way) => way !== '')
  const told = ways.length > 0 ? ways.join(' · ') : `${count} frames`
  return [...(sizeBytes > 0 ? [`${told} · ${formatSize(sizeBytes)}`] : []), told, count]
}
