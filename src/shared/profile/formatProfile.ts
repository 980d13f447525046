// An endpoint → the profile entry that `parseEndpoint` reads back as the same endpoint.

import { formatCursor } from '../endpoint/cursor.ts'
import type { Endpoint, MessageContent, SavedMessage, SavedRequest } from '../endpoint/endpoint.ts'
import {
  defaultIntervalMs,
  defaultReconnectAttempts,
  neutralCompression,
  neutralTls,
} from '../endpoint/neutralEndpoint.ts'
import { formatDuration } from '../text/duration.ts'
import { defaultRequest, defaultTimeoutMs, type EndpointDefaults } from './parseEndpoint.ts'

/** The entry as JSON value, fields in reading order; those that stand at their default are left out. */
export function formatProfile(
  name: string,
  endpoint: Endpoint,
  defaults: EndpointDefaults = {},
): Record<string, unknown> {
  const { method, request, body, bodyFile, auth, repeat, compression, cursor, messages } = endpoint
  const isPolling = method === 'polling'
  const intervalDefault = defaults.intervalMs ?? defaultIntervalMs
  const compressionParts = compression && changedFrom(neutralCompression, compression)
  const tls = changedFrom(neutralTls, endpoint.tls)
  /** What is undefined stands at its default. */
  const fields: Record<string, unknown> = {
    name,
    url: endpoint.url,
    method,
    query: formatPairs(endpoint.query),
    request: request === defaultRequest(body, bodyFile) ? undefined : request,
    headers: formatPairs(endpoint.headers),
    auth: auth ?? undefined,
    cookies: endpoint.cookies ? undefined : false,
    body: body ?? undefined,
    bodyFile: bodyFile ?? undefined,
    subprotocols: filled(endpoint.subprotocols),
    send: filled(endpoint.send.map((message) => formatSent(message, messages))),
    repeat: repeat
      ? { message: formatSent(repeat.message, messages), every: formatDuration(repeat.everyMs) }
      : undefined,
    compression: compressionParts === null ? false : compressionParts,
    autoPong: endpoint.autoPong ? undefined : false,
    pingInterval:
      endpoint.pingIntervalMs === null ? undefined : formatDuration(endpoint.pingIntervalMs),
    interval:
      isPolling && endpoint.intervalMs !== intervalDefault
        ? formatDuration(endpoint.intervalMs)
        : undefined,
    allowFasterThan100ms: (isPolling && endpoint.allowFasterThan100ms) || undefined,
    jitter: endpoint.jitter || undefined,
    change: endpoint.change ?? undefined,
    timeout:
      endpoint.timeoutMs === defaultTimeoutMs[method]
        ? undefined
        : formatDuration(endpoint.timeoutMs),
    cursor: cursor ? formatCursor(cursor) : undefined,
    stream: endpoint.stream === 'auto' ? undefined : endpoint.stream,
    reconnect: formatReconnect(endpoint, defaults.reconnectAttempts ?? defaultReconnectAttempts),
    tls,
    proxy: endpoint.proxy === 'auto' ? undefined : endpoint.proxy,
    requests: filled(endpoint.requests.map(formatRequest)),
    messages: filled(messages.map(({ name, kind, value }) => ({ name, [kind]: value }))),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function formatPairs(pairs: Endpoint['headers']): Record<string, unknown> | undefined {
  if (pairs.length === 0) return undefined
  const grouped = new Map<string, string[]>()
  for (const [name, value] of pairs) grouped.set(name, [...(grouped.get(name) ?? []), value])
  return Object.fromEntries(
    [...grouped].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}

/** The parts that differ; undefined when none does. */
function changedFrom<T extends object>(neutral: T, value: T): Partial<T> | undefined {
  const changed = Object.entries(value).filter(([name, part]) => part !== neutral[name as keyof T])
  return changed.length > 0 ? (Object.fromEntries(changed) as Partial<T>) : undefined
}

/** A saved message goes by its name. */
function formatSent(message: MessageContent, saved: readonly SavedMessage[]): unknown {
  const { kind, value } = message
  const found = saved.find((other) => other.kind === kind && other.value === value)
  if (found) return found.name
  return kind === 'text' ? value : { [kind]: value }
}

function formatReconnect(endpoint: Endpoint, defaultAttempts: number): unknown {
  if (endpoint.reconnectAs === 'browser') return 'browser'
  const { reconnectAttempts: attempts } = endpoint
  if (attempts === defaultAttempts) return undefined
  return attempts === 0 ? false : { attempts }
}

function formatRequest(saved: SavedRequest): Record<string, unknown> {
  const { name, request, url, body } = saved
  const headers = formatPairs(saved.headers)
  return {
    name,
    ...(request !== defaultRequest(body, null) && { request }),
    url,
    ...(headers && { headers }),
    ...(body !== null && { body }),
  }
}
