// STOMP 1.0 to 1.2 over WebSocket, or carried by SockJS. [stomp12] https://stomp.github.io/stomp-specification-1.2.html

import { decodeLimits } from '../../../shared/limits.ts'
import { word } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, restPacket } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import type {
  Asked,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'
import { bytesAsData, bytesInShort } from '../values/bytesInShort.ts'
import { createFrameStream, type StompFrame } from './frameStream.ts'

/** [stomp12] "Appendix B"; of 1.0 by https://stomp.github.io/stomp-specification-1.0.html */
const subprotocols: ReadonlySet<string> = new Set(['v10.stomp', 'v11.stomp', 'v12.stomp', 'stomp'])

export const stomp: Protocol = {
  name: 'stomp',
  version: 3,
  fitsConnection: ({ subprotocol }) => subprotocol !== null && subprotocols.has(subprotocol),
  fitsData(inputs) {
    const { frame, payload } = inputs.at(-1) as DecodeInput
    return frame.kind === 'message' && beginsStomp(frame.direction, payload)
  },
  create: () =>
    createStompDecoder({
      carries: ({ kind }) => kind === 'message',
      isReplaced: ({ frame, payload }) => payload.length !== frame.sizeBytes,
    }),
  read: stompAsData,
}

/** Whether a client begins so: it has to connect first. */
export function beginsStomp(direction: DataFrame['direction'], payload: Uint8Array): boolean {
  if (direction !== 'out') return false
  const start = String.fromCharCode(...payload.subarray(0, 9))
  return /^(CONNECT|STOMP)\r?\n/.test(start)
}

interface Place extends Omit<Asked, 'name'> {
  readonly frame: DataFrame
}

interface Subscription {
  readonly destination: string
  /** How its messages are acknowledged: `client-individual` each by one of its own, `client` also those before it. */
  readonly ack: string
}

/** Who sends it, the headers that it needs, and whether it may have a body. [stomp12] */
interface Command {
  readonly sender: 'client' | 'server'
  readonly needs: readonly string[]
  readonly hasBody?: true
}

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['CONNECT', { sender: 'client', needs: [] }],
  ['STOMP', { sender: 'client', needs: [] }],
  ['CONNECTED', { sender: 'server', needs: [] }],
  ['SEND', { sender: 'client', needs: ['destination'], hasBody: true }],
  ['SUBSCRIBE', { sender: 'client', needs: ['destination'] }],
  ['UNSUBSCRIBE', { sender: 'client', needs: [] }],
  ['ACK', { sender: 'client', needs: [] }],
  ['NACK', { sender: 'client', needs: [] }],
  ['BEGIN', { sender: 'client', needs: ['transaction'] }],
  ['COMMIT', { sender: 'client', needs: ['transaction'] }],
  ['ABORT', { sender: 'client', needs: ['transaction'] }],
  ['DISCONNECT', { sender: 'client', needs: [] }],
  ['MESSAGE', { sender: 'server', needs: ['destination', 'message-id'], hasBody: true }],
  ['RECEIPT', { sender: 'server', needs: ['receipt-id'] }],
  ['ERROR', { sender: 'server', needs: [], hasBody: true }],
])

const appCommands: ReadonlySet<string> = new Set(['SEND', 'MESSAGE', 'ERROR'])

export interface StompCarrier {
  /** Whether a frame holds STOMP. */
  carries(frame: DataFrame): boolean
  /** Whether secrets were replaced in it, so that lengths in it no longer fit. */
  isReplaced(input: DecodeInput): boolean
}

export function createStompDecoder({ carries, isReplaced }: StompCarrier): Decoder {
  const protocol = stomp.name
  const pairs = createOpenRequests()
  const streams = { in: createFrameStream(), out: createFrameStream(), local: null }
  const subscriptions = new Map<string, Subscription>()
  let hasConnected = false

  function subscribe({ headers }: StompFrame): void {
    const id = headers.get('id')
    if (id === undefined || subscriptions.size >= decodeLimits.shortNames) return
    subscriptions.set(word(id), {
      destination: word(headers.get('destination') ?? ''),
      ack: headers.get('ack') ?? 'auto',
    })
  }

  function nameOf({ command, headers }: StompFrame, answers: Asked | null): string | undefined {
    // It says by itself what it answers.
    if (command === 'CONNECTED') return undefined
    const destination = headers.get('destination') ?? answers?.name
    const isUnsubscribed = destination === undefined && command === 'UNSUBSCRIBE'
    return isUnsubscribed
      ? subscriptions.get(word(headers.get('id') ?? ''))?.destination
      : destination
  }

  /** What it answers. [stomp12] "RECEIPT", "ERROR", "ACK" */
  function answer({ command, headers }: StompFrame, { frame }: Place): Asked | null {
    const find = (kind: string, id: string | undefined) =>
      id === undefined ? null : pairs.answer(frame, `${kind} ${word(id)}`)
    if (command === 'CONNECTED') return find('connect', '')
    if (command === 'RECEIPT') return find('receipt', headers.get('receipt-id'))
    if (command === 'ACK' || command === 'NACK') return find('ack', ackedBy(headers))
    if (command !== 'ERROR') return null
    const about = find('receipt', headers.get('receipt-id'))
    return about ?? (hasConnected ? null : find('connect', ''))
  }

  /** Remembers what may be answered; answers whether it waits for that. */
  function ask({ command, headers }: StompFrame, place: Place, name: string | undefined): boolean {
    const { frame, ...at } = place
    const asked: Asked = { ...at, name: word(name ?? command) }
    const isConnect = command === 'CONNECT' || command === 'STOMP'
    if (isConnect) pairs.ask(frame.direction, 'connect ', asked)
    const receipt = headers.get('receipt')
    if (receipt !== undefined) pairs.ask(frame.direction, `receipt ${word(receipt)}`, asked)
    const mode = subscriptions.get(word(headers.get('subscription') ?? ''))?.ack ?? 'auto'
    // [stomp11] "ACK": it names the message, which has no header for that.
    const id = headers.get('ack') ?? (mode === 'auto' ? undefined : headers.get('message-id'))
    const ack = command === 'MESSAGE' ? id : undefined
    if (ack !== undefined) pairs.ask(frame.direction, `ack ${word(ack)}`, asked)
    // By the mode `client` one ACK stands for all messages before it.
    const waitsForAck = ack !== undefined && mode === 'client-individual'
    return isConnect || receipt !== undefined || waitsForAck
  }

  function readFrame(read: StompFrame, place: Place): NewPacket {
    const { command } = read
    if (command === 'SUBSCRIBE') subscribe(read)
    const answers = answer(read, place)
    const name = nameOf(read, answers)
    const asks = ask(read, place, name)
    if (command === 'CONNECTED') hasConnected = true
    const type = word(command) || 'invalid'
    const level = commands.has(command) && !appCommands.has(command) ? 'control' : 'app'
    const parts: PacketParts = {
      ...{ name, asks, answers, key: keyOf(read), summary: summaryOf(read) },
      flaws: [...read.flaws, ...flawsOf(read, place.frame)],
    }
    return makePacket({ protocol, type, level }, parts)
  }

  return {
    protocol,
    push(input) {
      const { frame, payload, firstIx } = input
      if (!carries(frame) || frame.direction === 'local') return []
      const stream = streams[frame.direction]
      const { frames, more, isHeartBeat } = stream.push(payload, isReplaced(input))
      if (isHeartBeat) return [{ protocol, type: 'heart-beat', level: 'heartbeat' }]
      const packets = frames.map((read, nth) =>
        readFrame(read, { frame, seq: frame.seq, ix: firstIx + nth, at: frame.at }),
      )
      return more === 0 ? packets : [...packets, restPacket(protocol, more)]
    },
    missed(frame) {
      if (carries(frame)) streams[frame.direction]?.missed()
    },
  }
}

function flawsOf({ command, headers, body }: StompFrame, { direction }: DataFrame): string[] {
  const known = commands.get(command)
  if (known === undefined) return ['STOMP has no such command.']
  const flaws = known.needs
    .filter((name) => !headers.has(name))
    .map((name) => `It has no header ${name}.`)
  const sender = direction === 'out' ? 'client' : 'server'
  if (known.sender !== sender) flaws.push(`Only the ${known.sender} sends it.`)
  // [stomp12] "Body"
  if (!known.hasBody && body.length > 0) flaws.push('It has a body.')
  return flaws
}

/** [stomp12] "ACK", [stomp11] "ACK" */
function ackedBy(headers: StompFrame['headers']): string | undefined {
  return headers.get('id') ?? headers.get('message-id')
}

/** What pairs it with another. */
function keyOf({ command, headers }: StompFrame): string | undefined {
  switch (command) {
    case 'MESSAGE':
      return headers.get('ack') ?? headers.get('subscription')
    case 'RECEIPT':
    case 'ERROR':
      return headers.get('receipt-id')
    case 'ACK':
    case 'NACK':
      return ackedBy(headers) ?? headers.get('receipt')
    default:
      return headers.get('id') ?? headers.get('receipt') ?? headers.get('transaction')
  }
}

function summaryOf({ command, headers, body }: StompFrame): string | undefined {
  const words = (...names: readonly string[]) =>
    names
      .map((name) => headers.get(name))
      .filter((value) => value !== undefined && value !== '')
      .join(', ') || undefined
  const beats = headers.has('heart-beat') ? `, heart-beat ${headers.get('heart-beat')}` : ''
  switch (command) {
    case 'CONNECT':
    case 'STOMP':
      return `${headers.get('accept-version') ?? '1.0'}${beats}`
    case 'CONNECTED':
      return `${words('version', 'server') ?? '1.0'}${beats}`
    case 'ERROR':
      return words('message') ?? bytesInShort(body)
    default:
      return bytesInShort(body)
  }
}

/** [stomp12] "CONNECT or STOMP Frame" */
const secretHeaders: ReadonlySet<string> = new Set(['passcode'])

/** The frames of a payload as plain data, for people; undefined where none is whole. */
export function stompAsData(payload: Uint8Array): unknown {
  const frames = createFrameStream()
    .push(payload, false)
    .frames.map(({ command, headers, body, flaws }) => ({
      command,
      headers: Object.fromEntries(
        [...headers].map(([name, value]) => [name, secretHeaders.has(name) ? '…' : value]),
      ),
      ...(body.length > 0 && { body: bytesAsData(body) }),
      ...(flaws.length > 0 && { flaws }),
    }))
  return frames.length > 1 ? frames : frames[0]
}
