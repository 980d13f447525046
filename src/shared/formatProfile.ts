// An endpoint → the profile entry that `parseEndpoint` reads back as the same endpoint.

import { formatCursorSource, formatCursorTarget } from './cursor.ts'
import { formatDuration } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import { defaultReconnectAttempts } from './fieldReader.ts'
import { defaultIntervalMs, defaultTimeoutMs, type EndpointDefaults } from './parseEndpoint.ts'

/** The entry as JSON value, fields in reading order; those that stand at their default are left out. */
export function formatProfile(
  name: string,
  endpoint: Endpoint,
  defaults: EndpointDefaults = {},
): Record<string, unknown> {
  const { body, method, cursor, reconnectAttempts: attempts } = endpoint
  const entry: Record<string, unknown> = { name, url: endpoint.url, method }
  if (endpoint.request !== (body === null ? 'GET' : 'POST')) entry.request = endpoint.request
  if (endpoint.headers.length > 0) entry.headers = formatHeaders(endpoint.headers)
  if (body !== null) entry.body = body
  if (endpoint.subprotocols.length > 0) entry.subprotocols = endpoint.subprotocols
  if (endpoint.send.length > 0) entry.send = endpoint.send
  if (method === 'polling') {
    const { intervalMs } = endpoint
    if (intervalMs !== (defaults.intervalMs ?? defaultIntervalMs)) {
      entry.interval = formatDuration(intervalMs)
    }
    if (endpoint.allowFasterThan100ms) entry.allowFasterThan100ms = true
  }
  if (endpoint.timeoutMs !== defaultTimeoutMs[method]) {
    entry.timeout = formatDuration(endpoint.timeoutMs)
  }
  if (cursor) {
    entry.cursor = { from: formatCursorSource(cursor.from), to: formatCursorTarget(cursor.to) }
  }
  if (attempts !== (defaults.reconnectAttempts ?? defaultReconnectAttempts)) {
    entry.reconnect = attempts === 0 ? false : { attempts }
  }
  if (endpoint.allowUntrusted) entry.tls = { allowUntrusted: true }
  if (endpoint.proxy !== 'auto') entry.proxy = endpoint.proxy
  return entry
}

function formatHeaders(headers: Endpoint['headers']): Record<string, string | string[]> {
  const grouped = new Map<string, string[]>()
  for (const [name, value] of headers) grouped.set(name, [...(grouped.get(name) ?? []), value])
  return Object.fromEntries(
    [...grouped].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  )
}
