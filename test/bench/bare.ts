// The libraries alone, each of which counts and keeps nothing: Lifeline is measured against these.

import http from 'node:http'
import { EventSource } from 'eventsource'
import { WebSocket } from 'ws'

/** Messages per second. */
function bareWebSocket(port: number, count: number, size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?count=${count}&size=${size}`)
    let started = 0
    let seen = 0
    socket.on('message', () => {
      if (seen++ === 0) started = performance.now()
      if (seen === count) resolve(perSecond(count, started))
    })
    socket.on('close', () => reject(new Error(`${seen} of ${count} messages came`)))
    socket.on('error', reject)
  })
}

/** Events per second. */
function bareEventSource(port: number, count: number, size: number): Promise<number> {
  return new Promise((resolve) => {
    const source = new EventSource(`http://127.0.0.1:${port}/sse?count=${count}&size=${size}`)
    let started = 0
    let seen = 0
    source.addEventListener('trade', () => {
      if (seen++ === 0) started = performance.now()
      if (seen === count) {
        source.close()
        resolve(perSecond(count, started))
      }
    })
  })
}

/** Polls per second, one after the other on one kept-alive connection. */
async function bareHttp(port: number, count: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const started = performance.now()
  for (let n = 0; n < count; n++) await get(`http://127.0.0.1:${port}/poll`, agent)
  agent.destroy()
  return perSecond(count, started)
}

function get(url: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece) => pieces.push(piece))
      response.on('end', () => {
        Buffer.concat(pieces)
        resolve()
      })
    })
    request.on('error', reject)
  })
}

function perSecond(count: number, startedMs: number): number {
  return (count / (performance.now() - startedMs)) * 1000
}

/** Each connects to the peer and answers with what it has seen in a second. */
export const bareClients = {
  webSocket: bareWebSocket,
  eventSource: bareEventSource,
  http: bareHttp,
}

export type BareClient = keyof typeof bareClients
