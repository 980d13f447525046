// Checks the endpoint and the statistics that a capture holds: the file may come from anywhere.

import type { DatabaseSync } from 'node:sqlite'
import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import { isMethod } from '../../../shared/endpoint/methods.ts'
import { defaultTapSettings, isPort } from '../../../shared/endpoint/tapSettings.ts'
import { mapEndpointText } from '../../../shared/profile/mapEndpointText.ts'
import { neutralEndpoint } from '../../../shared/profile/neutralEndpoint.ts'
import { noStatistics, type Statistics } from '../../../shared/session/sessionState.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { within } from './room.ts'

/** Longer ones are no names; profiles with their messages are far from it. */
const nameBytes = 64 * 1024
const endpointBytes = 16 * 1024 * 1024

export interface Watched {
  /** Null where it is no text. */
  readonly name: string | null
  /** Null where it is none. */
  readonly endpoint: Endpoint | null
}

/** What the capture says was watched. Throws what SQLite says. */
export function readWatched(database: DatabaseSync): Watched {
  const { name, endpoint } = (database
    .prepare(
      `SELECT ${within('name', nameBytes)}, ${within('endpoint', endpointBytes)} FROM session WHERE id = 1`,
    )
    .get() ?? {}) as Record<string, unknown>
  return {
    name: typeof name === 'string' ? name : null,
    endpoint: readRecordedEndpoint(endpoint),
  }
}

/** Null when it is no endpoint. An older capture has one with fewer fields. */
export function readRecordedEndpoint(json: unknown): Endpoint | null {
  const written = readObject(json)
  if (written === null) return null
  const tls = isRecord(written.tls) && { tls: { ...neutralEndpoint.tls, ...written.tls } }
  const endpoint = { ...neutralEndpoint, ...written, ...tls } as Endpoint
  const isSound =
    isMethod(endpoint.method) &&
    Object.entries(neutralEndpoint).every(([name, neutral]) => {
      const value: unknown = endpoint[name as keyof Endpoint]
      return typeof neutral === 'object' || typeof value === typeof neutral
    })
  return isSound && hasParts(endpoint) && hasOwnTap(endpoint) ? endpoint : null
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

/** Whether a tap has its settings, and nothing else has any. */
function hasOwnTap({ method, tap }: Endpoint): boolean {
  if (method !== 'tap') return tap === null
  const { port, keepCredentials, change }: Readonly<Record<string, unknown>> = { ...tap }
  return (
    (port === null || isPort(port)) &&
    typeof keepCredentials === 'boolean' &&
    isRecord(change) &&
    Object.keys(defaultTapSettings.change).every((name) => typeof change[name] === 'boolean')
  )
}

/** Null when there are none, or some are missing or no numbers; then they can be counted. */
export function readStatistics(json: unknown): Statistics | null {
  const written = readObject(json)
  if (written === null) return null
  // Earlier versions had no wire layer.
  const statistics = { wireFrames: 0, ...written, framesPerSecond: 0 }
  const { polling = {}, ...counts } = statistics as Record<string, unknown>
  const isSound =
    isNumbers(counts) &&
    isNumbers(polling) &&
    Object.keys(noStatistics).every((name) => Object.hasOwn(counts, name))
  // Each field that `Statistics` must have is there, and a number.
  return isSound ? (statistics as unknown as Statistics) : null
}

function isNumbers(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((one) => typeof one === 'number')
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
