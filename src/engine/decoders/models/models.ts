// Model APIs: what each chunk of an answer says, pieces of text, tool calls, usage, the finish, errors inside of a 200.

import { decodeLimits } from '../../../shared/limits.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { apiOfAnswer, isDone, modelReaders } from '../../protocols/models/modelApis.ts'
import {
  type ChunkSays,
  type Delta,
  errorAt,
  isLengthStop,
  type ModelChunk,
  type ModelReader,
  type TokenCounts,
} from '../../protocols/models/modelChunk.ts'
import {
  type ModelRequest,
  readModelRequest,
  readSentRequest,
} from '../../protocols/models/modelRequest.ts'
import { readJson } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, restPacket } from '../packets/makePacket.ts'
import type {
  Asked,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'

export const modelProtocols: readonly Protocol[] = modelReaders.map((reader) => ({
  name: reader.api,
  version: 3,
  fitsConnection: ({ responseHeaders }) => apiOfAnswer(responseHeaders) === reader.api,
  fitsData(inputs) {
    const input = inputs.at(-1) as DecodeInput
    const asked = requestIn(input)
    if (asked !== null) return asked.api === reader.api
    const chunk = chunkIn(input)
    return chunk !== null && reader.knows(chunk, () => chunkBefore(inputs))
  },
  create: () => createModelDecoder(reader),
}))

function createModelDecoder(chosen: ModelReader): Decoder {
  let reader = chosen
  /** By a chunk. A request may look like that of another API. */
  let isKnown = false
  let before: ModelChunk | null = null
  /** Requests that nothing has answered yet, by the stream that they name. */
  const open = new Map<string, Asked>()

  function packet(
    type: string,
    parts: PacketParts = {},
    level: NewPacket['level'] = 'app',
  ): NewPacket {
    return makePacket({ protocol: reader.api, type, level }, parts)
  }

  function ask(
    { model, prompt, stream = '' }: ModelRequest & { readonly stream?: string },
    { frame, firstIx }: DecodeInput,
  ): readonly NewPacket[] {
    if (open.size >= modelLimits.openOfConnection) open.clear()
    const name = model === null ? {} : { name: model }
    open.set(stream, { seq: frame.seq, ix: firstIx, at: frame.at, ...name })
    return [
      packet('request', { ...name, asks: true, ...(prompt !== null && { summary: said(prompt) }) }),
    ]
  }

  /** The first thing that comes is the answer: the time until then is that to the first chunk. */
  function answering(stream: string, packets: readonly NewPacket[]): readonly NewPacket[] {
    const answers = open.get(stream)
    const [first, ...others] = packets
    if (answers === undefined || first === undefined) return packets
    open.delete(stream)
    const { name = first.name } = answers
    return [{ ...first, ...(name !== undefined && { name }), answers }, ...others]
  }

  function tell(says: ChunkSays): readonly NewPacket[] {
    const { deltas, error, failure, finish, usage, ends, note, keepsAlive } = says
    if (keepsAlive) return [packet('ping', {}, 'heartbeat')]
    const packets = joined(deltas).map(({ kind, text, name }) =>
      packet(kind, { ...(text !== '' && { summary: said(text) }), name }),
    )
    if (error !== undefined) packets.push(packet('error', { summary: error }))
    if (failure !== undefined) packets.push(packet(note ?? 'error', { summary: failure }))
    if (finish !== undefined) packets.push(packet('finish', { summary: finishWords(finish) }))
    // Some tell with every piece how many there are by then.
    if (usage && (deltas.length === 0 || finish !== undefined))
      packets.push(packet('usage', { summary: usageWords(usage) }))
    if (packets.length === 0 && (note !== undefined || !ends))
      packets.push(packet(note ?? 'empty', {}, 'control'))
    if (packets.length === 0) packets.push(packet('done', {}, 'control'))
    const rest = packets.length - decodeLimits.packets
    if (rest <= 0) return packets
    return [...packets.slice(0, decodeLimits.packets), restPacket(reader.api, rest)]
  }

  function readResponse(payload: Uint8Array): readonly NewPacket[] {
    const error = errorAt(readJson(payload))
    return error === undefined ? [] : answering('', [packet('error', { summary: error })])
  }

  function read(chunk: ModelChunk): ChunkSays | null {
    if (!isKnown) {
      const found = modelReaders.find((one) => one.knows(chunk, () => before))
      reader = found ?? reader
      isKnown = found !== undefined
      before = isKnown ? null : chunk
    }
    return reader.read(chunk)
  }

  return {
    protocol: chosen.api,
    push(input) {
      const { frame, payload } = input
      const asked = requestIn(input)
      if (asked !== null) return ask(asked, input)
      if (frame.direction !== 'in') return []
      if (frame.kind === 'response') return readResponse(payload)
      if (isDone(payload)) return [packet('done', {}, 'control')]
      const chunk = chunkIn(input)
      const says = chunk && read(chunk)
      if (!says) return []
      const packets = tell(says)
      return says.keepsAlive ? packets : answering(says.stream ?? '', packets)
    },
    missed() {},
  }
}

function chunkBefore(inputs: readonly DecodeInput[]): ModelChunk | null {
  const before = inputs.at(-2)
  return before ? chunkIn(before) : null
}

/** What a request, or a message of the client's, asks a model for; null for anything else. */
function requestIn({
  frame,
  payload,
  facts,
}: DecodeInput): (ModelRequest & { readonly stream?: string }) | null {
  if (frame.direction !== 'out') return null
  if (frame.kind === 'message') return readSentRequest(readJson(payload))
  const isStream = frame.kind === 'request' && frame.detail.purpose === 'stream'
  return isStream ? readModelRequest(facts.url, readJson(payload)) : null
}

const chunkKinds: ReadonlySet<DataFrame['kind']> = new Set(['event', 'record', 'message'])

function chunkIn({ frame, payload }: DecodeInput): ModelChunk | null {
  if (!chunkKinds.has(frame.kind) || frame.direction !== 'in') return null
  const value = readJson(payload)
  const event = frame.kind === 'event' ? frame.detail.type : null
  // The data of an event may say nothing, where its name says all.
  return value === undefined && event === null ? null : { event, value: value ?? null }
}

/** Pieces of the same that follow one another as one. */
function joined(deltas: readonly Delta[]): readonly Delta[] {
  const parts: Delta[] = []
  for (const delta of deltas) {
    const last = parts.at(-1)
    const isSame =
      last?.kind === delta.kind && last.key === delta.key && last.choice === delta.choice
    if (last && isSame && !delta.isWhole && delta.name === undefined)
      parts[parts.length - 1] = { ...last, text: last.text + delta.text }
    else parts.push(delta)
  }
  return parts
}

/** `“·keeps”`: spaces at its ends and the ends of lines are seen. */
function said(text: string): string {
  const seen = cutText(text, decodeLimits.summaryChars)
    .replace(/^ +| +$/g, (spaces) => '·'.repeat(spaces.length))
    .replaceAll('\n', '↵')
  return `“${seen}”`
}

function finishWords(reason: string): string {
  return isLengthStop(reason) ? `${reason}, cut by a limit of tokens` : reason
}

/** `389 tokens, 12 in`. */
function usageWords({ input, output }: TokenCounts): string {
  const words = [
    output === null ? '' : `${formatCount(output)} ${output === 1 ? 'token' : 'tokens'}`,
    input === null ? '' : `${formatCount(input)} in`,
  ]
  return words.filter((word) => word !== '').join(', ')
}
