// `fetch(…)`, `new EventSource(…)` and `new WebSocket(…)`, read as data → the profile entry that asks for the same.

import type { ClientMethod } from '../../endpoint/endpoint.ts'
import { type Parsed, refused } from '../../endpoint/problem.ts'
import type { PastedRequest } from '../shapes/pastedRequest.ts'
import { readFetch } from './fetchCall.ts'
import { createJsReader, JsProblem, type JsValue } from './jsLiterals.ts'
import { readEventSource, readWebSocket } from './streamCalls.ts'

/** Where the call begins. */
export const scriptCall =
  /(?<![\w$.])(?:window\.)?(?:fetch|new\s+(?:window\.)?(EventSource|WebSocket))\s*\(/

const readers: Readonly<
  Record<string, (args: readonly JsValue[], wanted: ClientMethod | undefined) => PastedRequest>
> = { fetch: readFetch, EventSource: readEventSource, WebSocket: readWebSocket }

const setting = /(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=\s*/g

export function parseScript(text: string, wanted: ClientMethod | undefined): Parsed<PastedRequest> {
  const call = scriptCall.exec(text)
  if (call === null) return refused('Paste a call of fetch(…).')
  try {
    const reader = createJsReader(text, settingsBefore(text, call.index))
    reader.place = call.index + call[0].length
    const args = reader.args()
    const read = readers[call[1] ?? 'fetch']?.(args, wanted)
    return read === undefined ? refused('Paste a call of fetch(…).') : { ok: true, value: read }
  } catch (error) {
    if (error instanceof JsProblem) return refused(error.message)
    throw error
  }
}

const mostSettings = 100

/** Variables that are set to literals before the call; others are refused where they are used. */
function settingsBefore(text: string, end: number): ReadonlyMap<string, JsValue> {
  const known = new Map<string, JsValue>()
  const head = text.slice(0, end)
  for (const { 0: whole, 1: name = '', index } of [...head.matchAll(setting)].slice(
    0,
    mostSettings,
  )) {
    const reader = createJsReader(head, known)
    reader.place = index + whole.length
    try {
      known.set(name, reader.value())
    } catch (error) {
      if (!(error instanceof JsProblem)) throw error
      known.delete(name)
    }
  }
  return known
}
