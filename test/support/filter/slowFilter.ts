// A filter's meaning in plain JavaScript, frame by frame: slow, and written apart from the one that runs.

import type {
  FilterNode,
  JsonCondition,
  JsonStep,
  NamePattern,
} from '../../../src/shared/filter/filterNode.ts'
import { isComplaint, isWireKind, type NewFrame } from '../../../src/shared/frame/frame.ts'

/** Whether the filter matches the frame of this index. Of packets it knows nothing. */
export function slowlyMatches(
  node: FilterNode,
  frames: readonly NewFrame[],
  index: number,
  wire: boolean,
): boolean {
  const frame = frames[index] as NewFrame
  const recurse = (part: FilterNode) => slowlyMatches(part, frames, index, wire)
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
      return namesOf(frame, node.field).some((name) => node.names.some((one) => fits(name, one)))
    case 'flag':
      return hasFlag(frame, node.flag)
    case 'number': {
      const value = numberOf(frames, index, node.field, wire)
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
  return payload === null ? '' : Buffer.from(payload).toString()
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

function namesOf(frame: NewFrame, field: string): readonly string[] {
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
    default:
      return []
  }
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
  frames: readonly NewFrame[],
  index: number,
  field: string,
  wire: boolean,
): number | undefined {
  const frame = frames[index] as NewFrame
  const before = frames.slice(0, index).findLast(({ kind }) => wire || !isWireKind(kind))
  const numbers: Readonly<Record<string, number | undefined>> = {
    status: frame.kind === 'response' ? frame.detail.status : undefined,
    size: frame.sizeBytes,
    conn: frame.connection,
    seq: index + 1,
    after: frame.at - (frames[0]?.at ?? 0),
    before: frame.at - (frames[0]?.at ?? 0),
    gap: before && Math.round((frame.at - before.at) * 1000) / 1000,
  }
  return numbers[field]
}

function valuesAt(
  values: readonly unknown[],
  [step, ...rest]: readonly JsonStep[],
): readonly unknown[] {
  if (!step) return values
  return valuesAt(
    values.flatMap((value) => stepInto(value, step)),
    rest,
  )
}

function stepInto(value: unknown, step: JsonStep): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  const entries = Object.entries(value)
  switch (step.kind) {
    case 'each':
      return entries.map(([, inner]) => inner)
    case 'index':
      return isList
        ? entries.filter(([name]) => name === String(step.index)).map(([, inner]) => inner)
        : []
    case 'name':
      return isList ? [] : entries.filter(([name]) => name === step.name).map(([, inner]) => inner)
    case 'deep':
      return [
        ...stepInto(value, { kind: 'name', name: step.name }),
        ...entries.flatMap(([, inner]) => stepInto(inner, step)),
      ]
  }
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
  if (quoted)
    return (
      typeof value === 'string' && holds(Buffer.compare(Buffer.from(value), Buffer.from(text)), 0)
    )
  if (Number.isNaN(Number(text)))
    return (
      test.is === '=' && (typeof value !== 'object' || value === null) && String(value) === text
    )
  const isNumeric =
    typeof value === 'number' ||
    (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) && !/^-?0\d/.test(value))
  return isNumeric && holds(Number(value), Number(text))
}
