// Reads the text of a view's filter, and tells whether it asks what decoding finds out.

import type { FilterNode, FilterTest } from '../../../shared/filter/filterNode.ts'
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
  return someTest(node, (test) => {
    if (test.kind === 'flag') return test.flag === 'error' || test.flag === 'unanswered'
    if (test.kind === 'name') return ['type', 'name', 'key'].includes(test.field)
    return test.kind === 'word' || test.kind === 'regex'
  })
}

/** Whether late answers make a difference. */
export function asksForAnswers(node: FilterNode | null): boolean {
  return someTest(node, (test) => test.kind === 'flag' && test.flag === 'unanswered')
}

function someTest(node: FilterNode | null, holds: (test: FilterTest) => boolean): boolean {
  if (node === null) return false
  if ('parts' in node) return node.parts.some((part) => someTest(part, holds))
  return node.kind === 'not' ? someTest(node.part, holds) : holds(node)
}
