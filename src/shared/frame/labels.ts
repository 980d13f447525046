// The words for the JSON that frames carry: `trade  id 267  BTC-EUR`, without what all frames of the kind have in common.

import { compactJson } from '../text/compactJson.ts'
import { type JsonLeaf, type JsonLeaves, pathOf, readLeaves } from '../text/jsonLeaves.ts'
import { formatStep, isPlainName, type JsonPath } from '../text/jsonPath.ts'
import { cutText, visibleText } from '../text/visibleText.ts'
import { createCommonValues } from './commonValues.ts'
import type { Frame } from './frame.ts'
import type { Label, LabelPart } from './label.ts'
import { startText } from './preview.ts'
import { isTypeWord, typeNames } from './typeNames.ts'

/** The beginning of a payload is enough for its words. */
export const labelBytes = 4096

export interface Labels {
  /** To be called in the order of the frames, as far as that is known. `start`: as for `label`. */
  learn(frame: Frame, start: Uint8Array | null): void
  /**
   * Undefined where the payload is no JSON that begins an object or a list. `start`: the payload or its first
   * `labelBytes`; null when there is none.
   */
  label(frame: Frame, start: Uint8Array | null): Label | undefined
  /** The word for the type that the JSON names; null where it names none, or the frame's own words say it. */
  type(frame: Frame, start: Uint8Array | null): string | null
}

/** For the frames of one session. */
export function createLabels(): Labels {
  const common = createCommonValues()

  function read(frame: Frame, start: Uint8Array | null): ReadJson | null {
    const json = readJson(frame, start)
    if (json) common.learn(json.kind, frame.seq, json.leaves)
    return json
  }

  return {
    learn: (frame, start) => void read(frame, start),
    type(frame, start) {
      const { type = null } = readJson(frame, start) ?? {}
      return type && leadOf(frame, type)
    },
    label(frame, start) {
      const json = read(frame, start)
      if (!json) return undefined
      const { kind, leaves, type, more } = json
      if (leaves.size === 0) return undefined
      const others = [...leaves.values()].filter((leaf) => leaf !== type)
      const isCommon = (leaf: JsonLeaf) => common.isCommon(kind, frame.seq, leaf)
      const news = others.filter((leaf) => !isCommon(leaf))
      const tellsAll = news.length === 0 || common.tellsAll(kind, frame.seq)
      const lead = type && leadOf(frame, type)
      const parts = partsOf(news, tellsAll ? others.filter(isCommon) : [])
      const label = [...(lead ? [{ text: lead }, ...parts.map(apart)] : parts)]
      return more && label.length > 0 ? [...label, { text: '  …', quiet: true }] : label
    },
  }
}

/** The word by which the JSON of a frame says of which type it is, and the kind of the frame with it; null where it is no JSON. */
export function jsonKind(
  frame: Frame,
  start: Uint8Array | null,
): { readonly kind: string; readonly type: string | null } | null {
  const json = readJson(frame, start)
  return json && { kind: json.kind, type: json.type?.source.slice(1, -1) ?? null }
}

interface ReadJson extends JsonLeaves {
  readonly kind: string
  /** The value that says of which type it is. */
  readonly type: JsonLeaf | null
}

function readJson(frame: Frame, start: Uint8Array | null): ReadJson | null {
  if (start === null || !labelledKinds.has(frame.kind) || !beginsJson(start)) return null
  const bytes = start.subarray(0, labelBytes)
  const text = startText(frame, bytes)
  const json = text === null ? null : readLeaves(text, bytes.length >= frame.sizeBytes)
  if (!json) return null
  const type = typeNames.map((name) => json.leaves.get(name)).find(isTypeLeaf) ?? null
  return { ...json, type, kind: `${frameKind(frame)} ${type?.source ?? ''}` }
}

const labelledKinds: ReadonlySet<Frame['kind']> = new Set([
  'message',
  'event',
  'record',
  'request',
  'response',
])

/** Of the byte order marks of UTF-8 and UTF-16, and the half of an ASCII character that UTF-16 has first. */
const markBytes: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00])

/** Most of what is none is seen at once. */
export function beginsJson(start: Uint8Array): boolean {
  for (const byte of start) {
    if (byte === 0x7b || byte === 0x5b) return true
    const passes = byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
    if (!passes && !markBytes.has(byte)) return false
  }
  return false
}

function isTypeLeaf(leaf: JsonLeaf | undefined): leaf is JsonLeaf {
  return leaf?.kind === 'string' && !leaf.cut && isTypeWord(leaf.source.slice(1, -1))
}

function frameKind(frame: Frame): string {
  const { kind, direction } = frame
  if (frame.kind === 'event') return `${kind} ${direction} ${frame.detail.type}`
  if (frame.kind === 'request') {
    const { purpose, method, target } = frame.detail
    return `${kind} ${purpose} ${method} ${String(target).split('?', 1)[0]}`
  }
  if (frame.kind === 'response') return `${kind} ${frame.detail.purpose} ${frame.detail.status}`
  return `${kind} ${direction}`
}

/** Null where the event's own type has said it. */
function leadOf(frame: Frame, { source }: JsonLeaf): string | null {
  const word = source.slice(1, -1)
  return frame.kind === 'event' && frame.detail.type === word ? null : word
}

function apart(part: LabelPart, index: number): LabelPart {
  return index === 0 ? { ...part, text: `  ${part.text}` } : part
}

/** Values of a row share so many characters where one of them is long; one that is alone has more. */
const sharedChars = 140
const aloneChars = 300
/** None gets less. */
const leastChars = 16
const nameChars = 40

/** What is common comes last, and takes no room from the news. */
function partsOf(news: readonly JsonLeaf[], common: readonly JsonLeaf[]): LabelPart[] {
  const leaves = [...news, ...common]
  const names = namesOf(leaves.map(({ place }) => pathOf(place)))
  const values = [...valuesOf(news), ...valuesOf(common)]
  return leaves.flatMap((_, index): LabelPart[] => {
    const name = names[index] ?? ''
    const space = index === 0 ? '' : '  '
    const value = values[index] ?? ''
    if (index >= news.length)
      return [{ text: `${space}${name}${name && ' '}${value}`, quiet: true }]
    if (name === '') return [{ text: `${space}${value}` }]
    return [{ text: `${space}${name} `, quiet: true }, { text: value }]
  })
}

function valuesOf(leaves: readonly JsonLeaf[]): readonly string[] {
  const whole = leaves.map((leaf) => compactJson(leaf, aloneChars))
  const room = leaves.length === 1 ? aloneChars : fairRoom(whole.map(({ length }) => length))
  return leaves.map((leaf, index) => {
    const told = whole[index] ?? ''
    return told.length <= room ? told : compactJson(leaf, room)
  })
}

/** So many characters each, that those who need less leave the rest to the others. */
function fairRoom(lengths: readonly number[]): number {
  let rest = sharedChars
  let left = lengths.length
  for (const length of lengths.toSorted((a, b) => a - b)) {
    if (length > rest / left) break
    rest -= length
    left--
  }
  return left === 0 ? sharedChars : Math.max(leastChars, Math.floor(rest / left))
}

/** The last two names of each path, where they tell it from the others; of a list's own values none. */
function namesOf(paths: readonly JsonPath[]): readonly string[] {
  const short = paths.map((path) => nameWords(lastNames(path)))
  const counts = new Map<string, number>()
  for (const name of short) counts.set(name, (counts.get(name) ?? 0) + 1)
  return paths.map((path, index) => {
    if (path.length === 1 && typeof path[0] === 'number') return ''
    const name = short[index] ?? ''
    return cutText(counts.get(name) === 1 ? name : nameWords(path), nameChars)
  })
}

/** `maker.venue`, `items[0].id`, `"a b".c`. */
function nameWords(path: JsonPath): string {
  const words = path.map((step) => {
    if (typeof step !== 'string') return formatStep(step)
    return isPlainName(step) && visibleText(step) === step
      ? `.${step}`
      : `.${visibleText(JSON.stringify(step))}`
  })
  return words.join('').replace(/^\./, '')
}

function lastNames(path: JsonPath): JsonPath {
  const names = path.flatMap((step, index) => (typeof step === 'string' ? [index] : []))
  return path.slice(names.at(-2) ?? names.at(-1) ?? 0)
}
