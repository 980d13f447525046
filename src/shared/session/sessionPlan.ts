// Everything that a session needs to start, found out beforehand.

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { Limits } from '../limits.ts'
import type { ResendPlan } from './resendPlan.ts'

/** A secret's value and the name that stands for it wherever the value would be recorded. */
export interface Secret {
  readonly name: string
  readonly value: string
}

/** What the host resolves for a session, since a worker cannot ask VS Code. */
export interface NetworkSettings {
  /** Proxy for this URL, with credentials; null goes direct. */
  readonly proxyUrl: string | null
  /** What names that proxy, for people; left out where it is not known. */
  readonly proxyFrom?: string
  /** PEM certificates trusted beside Node's own; null leaves Node's default. */
  readonly caPems: readonly string[] | null
}

/** Everything a session needs to start. Plain data: it crosses into the worker. */
export interface SessionPlan {
  /** Shown to people; the profile's name or the URL's host and path. */
  readonly name: string
  /** As the profile has it, references unresolved. This one is recorded. */
  readonly endpoint: Endpoint
  /** References replaced. Never recorded. */
  readonly resolved: Endpoint
  readonly secrets: readonly Secret[]
  readonly network: NetworkSettings
  readonly limits: Limits
  /** Absolute path of the capture file, which must not exist; null keeps the capture in memory. */
  readonly capturePath: string | null
  /** Of a replay: the capture whose requests and messages go to the endpoint's server in the place of its own. */
  readonly resend?: ResendPlan
}

/**
 * Without this limit V8 takes some 50 MB more for new objects in a flood, and is no faster.
 */
export const sessionThreadOptions = { resourceLimits: { maxYoungGenerationSizeMb: 32 } } as const
