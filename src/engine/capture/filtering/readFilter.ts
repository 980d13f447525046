// Reads the text of a view's filter, and tells whether it asks what decoding finds out.

import type { FilterNode } from '../../../shared/filter/filterNode.ts'
import { parseFilter } from '../../../shared/filter/parseFilter.ts'
import type { RowFilter } from '../../../shared/session/captureRows.ts'
import { CaptureError } from '../format/captureError.ts'

/** Frames of which both texts hold. Null where every frame matches. Throws `bad-filter`. */
export function readFilter({
  text,
  find = '',
}: Pick<RowFilter, 'text' | 'find'>): FilterNode | null {
  const [shown, sought] = [readText(text), readText(find)]
  if (shown === null || sought === null) return shown ?? sought
  return { kind: 'and', parts: [shown, sought] }
}

function readText(text: string): FilterNode | null {
  const { node, mistakes } = parseFilter(text)
  const [mistake] = mistakes
  if (mistake) throw new CaptureError('bad-filter', mistake.message)
  return node
}

/** Whether packets can make a difference: then a frame is asked once it is decoded. */
export function asksForPackets(node: FilterNode | null): boolean {
  if (node === null) return false
  if ('parts' in node) return node.parts.some(asksForPackets)
  if (node.kind === 'not') return asksForPackets(node.part)
  if (node.kind === 'flag') return node.flag === 'error' || node.flag === 'unanswered'
  if (node.kind === 'name') return ['type', 'name', 'key'].includes(node.field)
  return node.kind === 'word' || node.kind === 'regex'
}

/** Whether late answers make a difference. */
export function asksForAnswers(node: FilterNode | null): boolean {
  if (node === null) return false
  if ('parts' in node) return node.parts.some(asksForAnswers)
  if (node.kind === 'not') return asksForAnswers(node.part)
  return node.kind === 'flag' && node.flag === 'unanswered'
}
