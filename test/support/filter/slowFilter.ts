// A filter's meaning in plain JavaScript, frame by frame: slow, and written apart from the one that runs.

import type {
  FilterNode,
  JsonCondition,
  NamePattern,
} from '../../../src/shared/filter/filterNode.ts'
import { isComplaint, isWireKind, type NewFrame } from '../../../src/shared/frame/frame.ts'
import type { DeepPath } from '../../../src/shared/text/jsonPath.ts'

/** The frame of a number from 1 on; undefined where there is none. */
export type FrameBySeq = (seq: number) => NewFrame | undefined

/** Whether the filter matches the frame of this number. Of packets it knows nothing. */
export function slowlyMatches(
  node: FilterNode,
  frames: FrameBySeq,
  seq: number,
  wire: boolean,
): boolean {
  const frame = frames(seq) as NewFrame
  const recurse = (part: FilterNode) => slowlyMatches(part, frames, seq, wire)
  switch (node.kind) {
    case 'and':
      return node.parts.every(recurse)
    case 'or':
      return node.parts.some(recurse)
    case 'not':
      return !recurse(node.part)
    case 'word':
      return textsOf(frame).some((text) => text.toLowerCase().includes(node.text.toLowerCase()))
    case 'regex':
      return textsOf(frame).some((text) => new RegExp(node.source, `${node.flags}u`).test(text))
    case 'name':
      return namesOf(frames, seq, node.field).some((name) =>
        node.names.some((one) => fits(name, one)),
      )
    case 'flag':
      return hasFlag(frame, node.flag)
    case 'number': {
      const value = numberOf(frames, seq, node.field, wire)
      const holds = { '<': lt, '<=': le, '=': eq, '>=': ge, '>': gt }
      return (
        value !== undefined &&
        node.ranges.some((range) => range.every((bound) => holds[bound.is](value, bound.value)))
      )
    }
    case 'json': {
      const root = jsonOf(frame)
      return (
        root !== undefined && valuesAt([root], node.path).some((value) => isSo(value, node.test))
      )
    }
  }
}

/** Whether it names frames of the wire layer, other than to leave them out. */
export function namesWire(node: FilterNode | null): boolean {
  if (node === null || node.kind === 'not') return false
  if ('parts' in node) return node.parts.some(namesWire)
  if (node.kind === 'flag') return node.flag === 'wire'
  return (
    node.kind === 'name' && node.names.some(([name]) => name === 'fragment' || name === 'ignored')
  )
}

const lt = (a: number, b: number) => a < b
const le = (a: number, b: number) => a <= b
const eq = (a: number, b: number) => a === b
const ge = (a: number, b: number) => a >= b
const gt = (a: number, b: number) => a > b

function payloadText({ payload }: NewFrame): string {
  return payload === null ? '' : new TextDecoder().decode(payload)
}

function jsonOf(frame: NewFrame): unknown {
  try {
    return JSON.parse(payloadText(frame))
  } catch {
    return undefined
  }
}

function textsOf(frame: NewFrame): readonly string[] {
  const found = [payloadText(frame), frame.kind, frame.code ?? '']
  const waiting: unknown[] = [frame.detail]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string' || typeof value === 'number') found.push(String(value))
    else if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value))
  }
  return found
}

function namesOf(frames: FrameBySeq, seq: number, field: string): readonly string[] {
  const frame = frames(seq) as NewFrame
  const json = jsonOf(frame) as { type?: unknown } | null | undefined
  const hasType = typeof json === 'object' && json !== null && !Array.isArray(json)
  switch (field) {
    case 'dir':
      return [frame.direction]
    case 'kind':
      return [frame.kind]
    case 'type':
      return [
        ...(frame.kind === 'event' || frame.kind === 'message' ? [frame.detail.type] : []),
        ...(hasType && typeof json.type === 'string' ? [json.type] : []),
      ]
    case 'code':
      return [
        ...(frame.code === null ? [] : [frame.code]),
        ...(frame.kind === 'close' ? [String(frame.detail.code)] : []),
        ...(frame.kind === 'error' && frame.detail.closeCode
          ? [String(frame.detail.closeCode)]
          : []),
      ]
    case 'path':
      return requestOf(frames, seq).map(({ target }) => target.replace(/[?#].*$/s, ''))
    case 'method':
      return requestOf(frames, seq).map(({ method }) => method)
    default:
      return []
  }
}

type Request = Extract<NewFrame, { kind: 'request' }>

/** The one that the frame is, answers or belongs to; none or one. */
function requestOf(frames: FrameBySeq, seq: number): readonly Request['detail'][] {
  const frame = frames(seq)
  const asked = frame?.kind === 'request' ? frame : frames(frame?.replyTo ?? 0)
  if (asked?.kind === 'request') return [asked.detail]
  const earlier = Array.from({ length: seq }, (_, index) => frames(seq - index)).filter(
    (one) => one?.connection === frame?.connection,
  )
  const opening = /^(?:stream|handshake)$/
  for (const one of earlier) {
    const opened = one?.kind === 'response' ? frames(one.replyTo ?? 0) : one
    if (!one || !('purpose' in one.detail) || opened?.kind !== 'request') continue
    if (opening.test(one.detail.purpose)) return [opened.detail]
  }
  const last = earlier.find((one) => one?.kind === 'request')
  return last?.kind === 'request' ? [last.detail] : []
}

function fits(name: string, pieces: NamePattern): boolean {
  const pattern = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')
  return new RegExp(`^${pattern}$`, 'is').test(name)
}

function hasFlag(frame: NewFrame, flag: string): boolean {
  if (flag === 'wire') return isWireKind(frame.kind)
  if (flag === 'changed') return frame.kind === 'response' && frame.detail.changed === true
  if (frame.kind === 'response') return frame.detail.status >= 400
  return frame.kind === 'error' || isComplaint(frame)
}

function numberOf(
  frames: FrameBySeq,
  seq: number,
  field: string,
  wire: boolean,
): number | undefined {
  const frame = frames(seq) as NewFrame
  const elapsedMs = frame.at - (frames(1)?.at ?? 0)
  const numbers: Readonly<Record<string, () => number | undefined>> = {
    status: () => (frame.kind === 'response' ? frame.detail.status : undefined),
    size: () => frame.sizeBytes,
    conn: () => frame.connection,
    seq: () => seq,
    after: () => elapsedMs,
    before: () => elapsedMs,
    gap: () => gapBefore(frames, seq, wire),
  }
  return numbers[field]?.()
}

function gapBefore(frames: FrameBySeq, seq: number, wire: boolean): number | undefined {
  let before = seq - 1
  while (!wire && isWireKind(frames(before)?.kind ?? 'message')) before--
  const [one, other] = [frames(before), frames(seq)]
  return one && other && Math.round((other.at - one.at) * 1000) / 1000
}

function valuesAt(values: readonly unknown[], [step, ...rest]: DeepPath): readonly unknown[] {
  if (step === undefined) return values
  return valuesAt(
    values.flatMap((value) => stepInto(value, step)),
    rest,
  )
}

function stepInto(value: unknown, step: DeepPath[number]): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  const entries = Object.entries(value)
  if (step === null) return entries.map(([, inner]) => inner)
  if (typeof step === 'object') {
    return [
      ...(isList ? [] : stepInto(value, step.deep)),
      ...entries.flatMap(([, inner]) => stepInto(inner, step)),
    ]
  }
  if (typeof step === 'number' && !isList) return []
  const index = Number(step) < 0 ? entries.length + Number(step) : step
  return entries.filter(([name]) => name === String(index)).map(([, inner]) => inner)
}

function isSo(value: unknown, test: JsonCondition | null): boolean {
  if (test === null) return true
  if (test.is === '~') {
    if (typeof value !== 'string') return false
    if ('text' in test) return value.toLowerCase().includes(test.text.toLowerCase())
    return new RegExp(test.regex.source, `${test.regex.flags}u`).test(value)
  }
  if (test.is === '!=') return !isSo(value, { is: '=', value: test.value })
  const { text, quoted } = test.value
  const holds = { '<': lt, '<=': le, '=': eq, '>=': ge, '>': gt }[test.is]
  if (quoted) return typeof value === 'string' && holds(orderOf(value, text), 0)
  if (Number.isNaN(Number(text)))
    return (
      test.is === '=' && (typeof value !== 'object' || value === null) && String(value) === text
    )
  const isNumeric =
    typeof value === 'number' ||
    (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) && !/^-?0\d/.test(value))
  return isNumeric && holds(Number(value), Number(text))
}

/** By characters and not by their halves; below, at or above 0. */
function orderOf(a: string, b: string): number {
  const [one, other] = [[...a], [...b]]
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    const order = (one[i]?.codePointAt(0) ?? 0) - (other[i]?.codePointAt(0) ?? 0)
    if (order !== 0) return order
  }
  return one.length - other.length
}
