// A model of what each method costs for the same data: requests, bytes, open connections and delay.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import type { Needs } from './needs.ts'

/** On the server, for all viewers. */
export interface MethodCost {
  readonly requestsPerSecond: number
  readonly bytesPerSecond: number
  /** Connections that are opened while clients stay. */
  readonly connectionsPerSecond: number
  /** At the same time. */
  readonly openConnections: number
  /** From a change to its arrival, on average, without the way over the network. */
  readonly delayMs: number
}

/** Bytes and times that the model takes for granted; each may be replaced by what was measured. */
export interface CostAssumptions {
  /** Of a request's head: what browsers and most libraries send. */
  readonly requestBytes: number
  /** Of an answer's head. */
  readonly responseBytes: number
  /** Of the body of a poll's answer that brings nothing new: none where it says 304. */
  readonly emptyBytes: number
  /** Of an event beside its data: `data: ` and two line feeds, with an `id`. */
  readonly eventBytes: number
  /** Of a WebSocket frame's head from the server. */
  readonly frameBytes: number
  /** How long a long poll is held where nothing comes. */
  readonly holdMs: number
  /** Time from an answer to the next request of a long poll: something that comes in between waits as long. */
  readonly turnMs: number
  /** Between what keeps a stream or a WebSocket alive. */
  readonly keepAliveMs: number
  /** A connection that has carried nothing for so long is closed, so that a poll after it needs a new one. */
  readonly idleMs: number
}

export const usualAssumptions: CostAssumptions = {
  requestBytes: 400,
  responseBytes: 250,
  emptyBytes: 0,
  eventBytes: 20,
  frameBytes: 4,
  holdMs: 25_000,
  turnMs: 50,
  keepAliveMs: 15_000,
  idleMs: 5000,
}

/** The longest interval of polls with which nothing is seen later than wanted. */
export function pollInterval({ maxAgeMs }: Pick<Needs, 'maxAgeMs'>): number {
  return Math.max(100, maxAgeMs)
}

export function methodCosts(
  needs: Needs,
  assumed: CostAssumptions = usualAssumptions,
): Readonly<Record<ClientMethod, MethodCost>> {
  return {
    polling: pollingCost(needs, assumed),
    'long-polling': longPollingCost(needs, assumed),
    sse: streamCost(needs, assumed),
    websocket: webSocketCost(needs, assumed),
  }
}

/** Each client asks at the interval; an answer has all that changed since, or says that nothing did. */
function pollingCost(needs: Needs, assumed: CostAssumptions): MethodCost {
  const { viewers, itemBytes } = needs
  const { requestBytes, responseBytes, emptyBytes, idleMs } = assumed
  const interval = pollInterval(needs)
  const polls = (1000 * viewers) / interval
  const head = requestBytes + responseBytes
  const said = requestsToSay(needs)
  const news = viewers * changes(needs)
  // No less than these come for nothing.
  const empty = Math.max(0, polls - news)
  return {
    requestsPerSecond: polls + said,
    bytesPerSecond:
      (polls + said) * head + saidBytes(needs) + empty * emptyBytes + news * itemBytes,
    connectionsPerSecond: interval > idleMs ? polls : 0,
    // Each is open as long as an answer takes, which is short against the interval.
    openConnections: 0,
    delayMs: interval / 2,
  }
}

/** A request for each change, and one for each hold that ended without any. */
function longPollingCost(needs: Needs, assumed: CostAssumptions): MethodCost {
  const { viewers, itemBytes } = needs
  const { requestBytes, responseBytes, holdMs, turnMs } = assumed
  const perSecond = changes(needs)
  // What comes while no request is open comes with the next one.
  const rounds = Math.min(Math.max(perSecond, 1000 / holdMs), 1000 / turnMs)
  const said = requestsToSay(needs)
  const requestsPerSecond = viewers * rounds + said
  const heads = requestsPerSecond * (requestBytes + responseBytes)
  return {
    requestsPerSecond,
    bytesPerSecond: heads + saidBytes(needs) + viewers * perSecond * itemBytes,
    connectionsPerSecond: 0,
    openConnections: viewers,
    delayMs: Math.min(1, (perSecond * turnMs) / 1000) * (turnMs / 2),
  }
}

/** One answer that goes on; what the client says takes requests of its own. */
function streamCost(needs: Needs, assumed: CostAssumptions): MethodCost {
  const { viewers, itemBytes } = needs
  const { requestBytes, responseBytes, eventBytes, keepAliveMs } = assumed
  const said = requestsToSay(needs)
  const events = changes(needs) * (itemBytes + eventBytes) + (1000 / keepAliveMs) * eventBytes
  return {
    requestsPerSecond: said,
    bytesPerSecond: viewers * events + said * (requestBytes + responseBytes) + saidBytes(needs),
    connectionsPerSecond: 0,
    openConnections: viewers,
    delayMs: 0,
  }
}

function webSocketCost(needs: Needs, { frameBytes, keepAliveMs }: CostAssumptions): MethodCost {
  const { viewers, itemBytes, sentPerMinute } = needs
  const frames = changes(needs) * (itemBytes + frameBytes)
  // A frame from the client is masked by four bytes more.
  const sent = (sentPerMinute / 60) * (frameBytes + 4)
  const alive = (1000 / keepAliveMs) * 2 * frameBytes
  return {
    requestsPerSecond: 0,
    bytesPerSecond: viewers * (frames + sent + alive) + saidBytes(needs),
    connectionsPerSecond: 0,
    openConnections: viewers,
    delayMs: 0,
  }
}

const changes = ({ changesPerMinute }: Needs) => changesPerMinute / 60

/** A second, of all clients. */
const requestsToSay = ({ sentPerMinute, viewers }: Needs) => (viewers * sentPerMinute) / 60

const saidBytes = (needs: Needs) => requestsToSay(needs) * needs.sentBytes
