// The words for messages of the Model Context Protocol: tools by their names, progress by what it belongs to.

import { decodeLimits } from '../../../shared/limits.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type JsonObject, ownText, word } from '../packets/jsonMessage.ts'
import { summaryOf } from '../packets/makePacket.ts'
import type { Asked, DataFrame, NewPacket } from '../shapes/decoder.ts'
import type { JsonRpcDialect } from './jsonRpcDecoder.ts'

const protocol = 'mcp'

/** Where the params of a method say what it is about. [mcp] basic/transports/streamable-http, Mcp-Name */
const subjects: Readonly<Record<string, 'name' | 'uri'>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'resources/subscribe': 'uri',
  'resources/unsubscribe': 'uri',
  'notifications/resources/updated': 'uri',
}

/** A call that progress is told of. */
interface Tracked {
  readonly name: string | undefined
  readonly key: string | undefined
  readonly asked: Asked
}

type Refine = (packet: NewPacket, of: JsonObject, direction: DataFrame['direction']) => NewPacket

export function createMcpDialect(): JsonRpcDialect {
  /** By the token, and who chose it. */
  const tracked = new Map<string, Tracked>()

  function track({ name, key }: NewPacket, params: JsonObject, frame: DataFrame, ix: number) {
    const token = tokenIn(own(params, '_meta'))
    if (token === null) return
    const { direction, seq, at } = frame
    tracked.set(`${direction} ${token}`, { name, key, asked: { seq, ix, at } })
    const [oldest] = tracked.keys()
    if (tracked.size > decodeLimits.openRequests && oldest !== undefined) tracked.delete(oldest)
  }

  /** [mcp] basic/utilities/progress: `progress` of `total`, and perhaps a message. */
  const progress: Refine = (packet, params, direction) => {
    const token = tokenIn(params)
    const asker = direction === 'in' ? 'out' : 'in'
    const call = token === null ? undefined : tracked.get(`${asker} ${token}`)
    const [done, total] = [own(params, 'progress'), own(params, 'total')]
    const share = typeof total === 'number' ? `${done} of ${total}` : `${done}`
    const words = [call?.name, share, ownText(params, 'message')].filter((one) => one !== undefined)
    return {
      ...packet,
      level: 'control',
      summary: word(words.join(' · ')),
      ...(call?.key !== undefined && { key: call.key }),
      ...(call && { progressOf: call.asked }),
    }
  }

  const notifications: Readonly<Record<string, Refine>> = {
    'notifications/progress': progress,
    'notifications/message': logged,
    'notifications/cancelled': cancelled,
    'notifications/subscriptions/acknowledged': acknowledged,
  }

  function refineCall(packet: NewPacket, message: JsonObject, frame: DataFrame, ix: number) {
    const [method, params] = [ownText(message, 'method'), own(message, 'params')]
    if (method === undefined || !isRecord(params)) return packet
    if (packet.asks) track(packet, params, frame, ix)
    const known = packet.asks ? requests : notifications
    const refine = Object.hasOwn(known, method) ? known[method] : undefined
    return refine?.(packet, params, frame.direction) ?? packet
  }

  return {
    protocol,
    nameOf(method, params) {
      const subject = Object.hasOwn(subjects, method) ? subjects[method] : undefined
      const about = subject && isRecord(params) ? ownText(params, subject) : undefined
      return about === undefined ? method : `${method} ${about}`
    },
    refine(packet, message, frame, ix) {
      if (Object.hasOwn(message, 'method')) return refineCall(packet, message, frame, ix)
      const result = own(message, 'result')
      return packet.type === 'result' && isRecord(result) ? refineResult(packet, result) : packet
    },
  }
}

const callArguments: Refine = (packet, params) => {
  const given = own(params, 'arguments')
  if (given === undefined) return withoutContent(packet)
  return {
    ...packet,
    ...summarised(given),
    ...(packet.body && { body: `${packet.body}.arguments` }),
  }
}

/** Its name has already said what it asks for. */
const namedResource: Refine = (packet) => withoutContent(packet)

/** `2025-11-25 · example 1.0`. */
const introduction: Refine = (packet, params) => introduced(packet, params, 'clientInfo')

const requests: Readonly<Record<string, Refine>> = {
  initialize: introduction,
  'tools/call': callArguments,
  'prompts/get': callArguments,
  'resources/read': namedResource,
  // [mcp] 2026-07-28 basic/utilities/subscriptions: its result comes when it has ended, which may be never.
  'subscriptions/listen': ({ asks: _, ...packet }) => packet,
}

/** `info: disk is nearly full`. */
const logged: Refine = (packet, params) => {
  const [level, data] = [ownText(params, 'level'), own(params, 'data')]
  const words = typeof data === 'string' ? data : summaryOf(data)
  return { ...packet, summary: word([level, words].filter((one) => one !== undefined).join(': ')) }
}

const cancelled: Refine = (packet, params) => ({
  ...packet,
  level: 'control',
  summary: word(ownText(params, 'reason') ?? ''),
})

const acknowledged: Refine = (packet, params) => {
  const meta = own(params, '_meta')
  const id = isRecord(meta) ? own(meta, 'io.modelcontextprotocol/subscriptionId') : undefined
  return { ...packet, level: 'control', ...(isToken(id) && { key: word(JSON.stringify(id)) }) }
}

function refineResult(packet: NewPacket, result: JsonObject): NewPacket {
  // [mcp] 2026-07-28 basic/utilities/mrtr: the request is sent again, with answers to these.
  if (own(result, 'resultType') === 'input_required') {
    return { ...packet, type: 'input required', ...summarised(own(result, 'inputRequests')) }
  }
  const { name = '' } = packet
  if (name === 'initialize' || name === 'server/discover') {
    return introduced(packet, result, 'serverInfo')
  }
  return name.startsWith('tools/call ') ? toolResult(packet, result) : packet
}

/** [mcp] server/tools, Error Handling: a tool that failed answers with a result. */
function toolResult(packet: NewPacket, result: JsonObject): NewPacket {
  const type = own(result, 'isError') === true ? 'tool error' : packet.type
  const content = own(result, 'content')
  const [first] = Array.isArray(content) ? content : []
  const text = isRecord(first) ? ownText(first, 'text') : undefined
  return { ...packet, type, ...(text !== undefined && { summary: word(text) }) }
}

function introduced(
  packet: NewPacket,
  of: JsonObject,
  who: 'clientInfo' | 'serverInfo',
): NewPacket {
  const info = own(of, who)
  const peer = isRecord(info) ? [ownText(info, 'name'), ownText(info, 'version')] : []
  const words = [ownText(of, 'protocolVersion'), join(peer, ' ')]
  const summary = join(words, ' · ')
  return summary === '' ? packet : { ...packet, summary: word(summary) }
}

function join(words: readonly (string | undefined)[], by: string): string {
  return words.filter((one) => one !== undefined && one !== '').join(by)
}

function summarised(value: unknown): Pick<NewPacket, 'summary'> {
  const summary = summaryOf(value)
  return summary === undefined ? {} : { summary }
}

function withoutContent({ summary: _, ...packet }: NewPacket): NewPacket {
  return packet
}

/** As JSON writes it: `1` and `"1"` are two. */
function tokenIn(holder: unknown): string | null {
  const token = isRecord(holder) ? own(holder, 'progressToken') : undefined
  return isToken(token) ? word(JSON.stringify(token)) : null
}

function isToken(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
