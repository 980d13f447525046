// Messages of Socket.IO inside Engine.IO: events, acknowledgements, namespaces, attachments put together.
// [socket.io] docs/socket.io-protocol/v5-current.md

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount, formatSize } from '../../../shared/text/units.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { word } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, summaryOf } from '../packets/makePacket.ts'
import { openingWords } from '../packets/openingWords.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import { shortJson } from '../packets/shortJson.ts'
import type { Asked, DataFrame, NewPacket } from '../shapes/decoder.ts'
import {
  readSocketBytes,
  readSocketPacket,
  type SocketPacket,
  type SocketType,
} from './socketIoPacket.ts'

export interface SocketMessages {
  /** The data of one message of Engine.IO: a packet as text, or an attachment. */
  push(data: string | Uint8Array, frame: DataFrame, ix: number): NewPacket
  /** Messages of this direction may have come that nobody could read. */
  missed(direction: DataFrame['direction']): void
}

type Flaws = NonNullable<PacketParts['flaws']>

/** A packet whose attachments have not all come. */
interface Unfinished {
  readonly packet: SocketPacket
  readonly count: number
  /** In bytes; of those beyond `decodeLimits.packets` only the number is known. */
  readonly sizes: number[]
  came: number
}

export function createSocketMessages(): SocketMessages {
  const pairs = createOpenRequests()
  const unfinished = new Map<DataFrame['direction'], Unfinished>()
  const unread = new Set<DataFrame['direction']>()

  function readText(text: string, frame: DataFrame, ix: number): NewPacket {
    const { direction } = frame
    const left = unfinished.get(direction)
    unfinished.delete(direction)
    const missing = left && `${ofAttachments(left.came, left.count)} came of the packet before.`
    const packet = readSocketPacket(text)
    if (packet === null)
      return make('invalid', { flaws: [missing, 'It is no packet of Socket.IO.'] })
    const { attachments } = packet
    if (attachments === null) return finish(packet, [], frame, ix, missing)
    unfinished.set(direction, { packet, count: attachments, sizes: [], came: 0 })
    const words = `${formatCount(attachments)} ${attachments === 1 ? 'attachment follows' : 'attachments follow'}`
    return make(packet.type, {
      key: keyOf(packet),
      summary: nameOf(packet) === null ? words : `${cutText(nameOf(packet) ?? '', 60)}: ${words}`,
      flaws: [missing],
    })
  }

  function readAttachment(bytes: Uint8Array, frame: DataFrame, ix: number): NewPacket {
    const { direction } = frame
    const open = unfinished.get(direction)
    if (!open) {
      const packet = readSocketBytes(bytes)
      if (packet !== null) return finish(packet, [], frame, ix)
      const flaw = !unread.has(direction) && 'No packet says that it follows.'
      return make('attachment', { summary: formatSize(bytes.length), flaws: [flaw] })
    }
    open.came++
    if (open.sizes.length < decodeLimits.packets) open.sizes.push(bytes.length)
    if (open.came < open.count) {
      return make('attachment', {
        summary: `${ofAttachments(open.came, open.count)}, ${formatSize(bytes.length)}`,
      })
    }
    unfinished.delete(direction)
    return finish(open.packet, open.sizes, frame, ix)
  }

  /** A packet that is there as a whole, its attachments with it. */
  function finish(
    packet: SocketPacket,
    sizes: readonly number[],
    frame: DataFrame,
    ix: number,
    flaw?: string,
  ): NewPacket {
    const asked = { seq: frame.seq, ix, at: frame.at }
    const flaws = [flaw, ...packet.flaws]
    const type = wholeTypes[packet.type] ?? packet.type
    if (type === 'EVENT') return readEvent(packet, sizes, asked, frame, flaws)
    if (type === 'ACK') return readAck(packet, sizes, frame, flaws)
    return readConnection(packet, asked, frame, flaws)
  }

  function readEvent(
    packet: SocketPacket,
    sizes: readonly number[],
    asked: Asked,
    { direction }: DataFrame,
    flaws: Flaws,
  ): NewPacket {
    const { namespace, id, data } = packet
    const name = nameOf(packet)
    if (id !== null && canPair(packet)) {
      pairs.ask(
        direction,
        `${namespace},${id}`,
        name === null ? asked : { ...asked, name: word(name) },
      )
    }
    const values = Array.isArray(data) ? data.slice(1, 1 + decodeLimits.summaryChars) : []
    const summary = valueWords(values, sizes)
    return make('EVENT', { name, key: keyOf(packet), summary, asks: id !== null, flaws })
  }

  function readAck(
    packet: SocketPacket,
    sizes: readonly number[],
    frame: DataFrame,
    flaws: Flaws,
  ): NewPacket {
    const { namespace, id, data } = packet
    const answers = canPair(packet) ? pairs.answer(frame, `${namespace},${id}`) : null
    return make('ACK', {
      name: answers?.name,
      key: keyOf(packet),
      summary: Array.isArray(data) ? valueWords(data, sizes) : undefined,
      answers,
      flaws: [
        ...flaws,
        id === null && 'It has no id.',
        id !== null && canPair(packet) && answers === null && unaskedFlaw(frame),
      ],
    })
  }

  /** [socket.io] v5 Connection to a namespace: the server answers by CONNECT or CONNECT_ERROR; version 4 begins itself. */
  function readConnection(
    packet: SocketPacket,
    asked: Asked,
    frame: DataFrame,
    flaws: Flaws,
  ): NewPacket {
    const { type, namespace, data } = packet
    const id = `CONNECT ${namespace}`
    const isRequest = type === 'CONNECT' && frame.direction === 'out'
    const answers = isRequest || type === 'DISCONNECT' ? null : pairs.answer(frame, id)
    if (isRequest && canPair(packet)) pairs.ask('out', id, { ...asked, name: namespace })
    return make(type, {
      name: namespace,
      summary: type === 'CONNECT_ERROR' ? errorWords(data) : openingWords(data),
      asks: isRequest,
      answers,
      flaws,
    })
  }

  function unaskedFlaw({ direction }: DataFrame): string | false {
    const asker = direction === 'in' ? 'out' : 'in'
    if (unread.has(asker)) return false
    return pairs.forgot(asker)
      ? `Its event is not known: more than ${formatCount(decodeLimits.openRequests)} were open.`
      : 'No event with this id waits for it.'
  }

  return {
    push(data, frame, ix) {
      return typeof data === 'string' ? readText(data, frame, ix) : readAttachment(data, frame, ix)
    },
    missed(direction) {
      unread.add(direction)
      unfinished.delete(direction)
    },
  }
}

/** What a packet is once its attachments are put in. */
const wholeTypes: Partial<Record<SocketType, SocketType>> = {
  BINARY_EVENT: 'EVENT',
  BINARY_ACK: 'ACK',
}

function make(type: string, parts: PacketParts): NewPacket {
  const level = /^(?:EVENT|ACK|CONNECT_ERROR|invalid)$/.test(type) ? 'app' : 'control'
  return makePacket({ protocol: 'socket.io', type, level }, parts)
}

/** `1`, and with a namespace `/admin,1` or `/admin`, as it stands in the packet. */
function keyOf({ namespace, id }: SocketPacket): string | null {
  if (namespace === '/') return id
  return id === null ? namespace : `${namespace},${id}`
}

/** What is longer is no id that somebody counts up. */
function canPair({ namespace, id }: SocketPacket): boolean {
  return namespace.length + (id?.length ?? 0) < decodeLimits.wordChars
}

/** The event's; null of anything else. */
function nameOf({ type, data }: SocketPacket): string | null {
  if ((wholeTypes[type] ?? type) !== 'EVENT' || !Array.isArray(data)) return null
  const [name] = data
  return typeof name === 'string' || typeof name === 'number' ? String(name) : null
}

/** One value as it is, several as a list; undefined where there is none. */
function valueWords(values: readonly unknown[], sizes: readonly number[]): string | undefined {
  if (values.length === 0) return undefined
  const shown = values.length === 1 ? values[0] : values
  return shortJson(shown, decodeLimits.summaryChars, (value) => {
    // [socket.io] v5 Packet encoding: what stands in the place of an attachment.
    if (own(value, '_placeholder') !== true) return null
    const size = sizes[Number(own(value, 'num'))]
    return size === undefined ? null : `<${formatSize(size)}>`
  })
}

/** The message; version 4 sends any JSON. */
function errorWords(data: unknown): string | undefined {
  const message = isRecord(data) ? own(data, 'message') : data
  return typeof message === 'string' ? message : summaryOf(data)
}

function ofAttachments(came: number, count: number): string {
  return `${formatCount(came)} of ${formatCount(count)} ${count === 1 ? 'attachment' : 'attachments'}`
}
