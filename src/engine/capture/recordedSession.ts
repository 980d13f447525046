// What a capture says about its session, checked: the file may come from anywhere.

import { type Endpoint, methods } from '../../shared/endpoint.ts'
import { isRecord } from '../../shared/isRecord.ts'
import { mapEndpointText } from '../../shared/mapEndpointText.ts'
import { neutralEndpoint } from '../../shared/neutralEndpoint.ts'
import type { Statistics } from '../../shared/sessionState.ts'

/** Null when it is no endpoint. An older capture has one with fewer fields. */
export function readRecordedEndpoint(json: unknown): Endpoint | null {
  const written = readObject(json)
  if (written === null) return null
  const endpoint = { ...neutralEndpoint, ...written } as Endpoint
  const isSound =
    methods.includes(endpoint.method) &&
    Object.entries(neutralEndpoint).every(([name, neutral]) => {
      const value: unknown = endpoint[name as keyof Endpoint]
      return typeof neutral === 'object' || typeof value === typeof neutral
    })
  return isSound && hasParts(endpoint) ? endpoint : null
}

/** Whether text stands wherever an endpoint has text, and a part where it has parts. */
function hasParts(endpoint: Endpoint): boolean {
  try {
    mapEndpointText(endpoint, (text: unknown) => {
      if (typeof text !== 'string') throw new TypeError('no text')
      return text
    })
    return typeof endpoint.tls.allowUntrusted === 'boolean'
  } catch {
    // Something else stands where the endpoint has a part; that is the answer.
    return false
  }
}

/** Null when there are none, or some are no numbers; then they can be counted. */
export function readStatistics(json: unknown): Statistics | null {
  const written = readObject(json)
  if (written === null) return null
  const { polling, ...counts } = written
  const groups = polling === undefined ? [counts] : [counts, polling]
  const isSound = groups.every(
    (group) =>
      typeof group === 'object' &&
      group !== null &&
      Object.values(group).every((value) => typeof value === 'number'),
  )
  const names = ['framesIn', 'framesOut', 'bytesIn', 'bytesOut', 'connections', 'errors']
  if (!isSound || !names.every((name) => Object.hasOwn(counts, name))) return null
  // Earlier versions had no wire layer.
  const statistics = {
    wireFrames: 0,
    ...counts,
    framesPerSecond: 0,
    ...(polling !== undefined && { polling }),
  }
  return statistics as unknown as Statistics
}

function readObject(json: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof json !== 'string') return null
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : null
  } catch {
    // Broken JSON says nothing.
    return null
  }
}
