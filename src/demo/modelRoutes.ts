// The demo's model behind each API: `POST` with what it asks for, or messages of a WebSocket.

import { setTimeout as delay } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { isRecord } from '../shared/unknown.ts'
import type { DemoQuery } from './demoQuery.ts'
import { readBody, sendJson, type Visit } from './httpRoutes.ts'
import { agUiShape, aiSdkShape } from './models/frontendShapes.ts'
import { countSteps, modelSteps } from './models/modelScript.ts'
import type { ModelAsked, ModelShape } from './models/modelShape.ts'
import { chatShape, responsesShape } from './models/openaiShapes.ts'
import { anthropicShape, geminiShape, ollamaShape } from './models/vendorShapes.ts'
import { createStreamWriter } from './streamWriter.ts'

export const responsesPath = '/v1/responses'

const shapes: Readonly<Record<string, (asked: ModelAsked) => ModelShape>> = {
  '/v1/chat/completions': chatShape,
  [responsesPath]: () => responsesShape(),
  '/v1/messages': anthropicShape,
  '/api/chat': ollamaShape,
  '/ai-sdk': aiSdkShape,
  '/ag-ui': agUiShape,
}

/** The route of `POST` to such a path; undefined where there is none. */
export function modelRoute(path: string): ((visit: Visit) => Promise<void>) | undefined {
  const isGemini = /^\/v1beta\/models\/[\w.-]+:streamGenerateContent$/.test(path)
  const shape = isGemini ? geminiShape : Object.hasOwn(shapes, path) ? shapes[path] : undefined
  return shape && ((visit) => answer(visit, shape))
}

async function answer(
  { request, response, url, query }: Visit,
  shapeFor: (asked: ModelAsked) => ModelShape,
): Promise<void> {
  const body = parseBody(await readBody(request))
  if (body === null) {
    return sendJson(response, 400, { error: { message: 'The body must be a JSON object.' } })
  }
  const { stream_options: options } = body as { stream_options?: { include_usage?: unknown } }
  const shape = shapeFor({
    includeUsage: options?.include_usage === true,
    asEvents: url.searchParams.get('alt') === 'sse',
  })
  const head = { 'Content-Type': shape.contentType, 'Cache-Control': 'no-cache', ...shape.headers }
  const writer = createStreamWriter(response, head, query)
  const left = new AbortController()
  response.on('close', () => left.abort())
  await speak(shape, query, writer.writeItem, left.signal)
  if (!left.signal.aborted) writer.end()
}

/** Null for what is no JSON object. */
function parseBody(text: string | null): object | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isRecord(value) ? value : null
  } catch {
    // It is no JSON.
    return null
  }
}

/** Writes chunk after chunk until the answer ends, as the query says, or nobody listens any more. */
async function speak(
  shape: ModelShape,
  { paceMs, stallMs, finish, failAfter, tokens }: DemoQuery,
  write: (chunk: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const isCut = tokens !== null && tokens < modelSteps.length
  const steps = isCut ? modelSteps.slice(0, tokens) : modelSteps
  const all = [
    shape.begin(),
    ...steps.map((step) => shape.step(step)),
    ...(finish === 1 ? [shape.finish(isCut ? 'length' : 'tool', countSteps(steps))] : []),
  ]
  try {
    for (const [index, chunks] of all.entries()) {
      if (index === failAfter) {
        for (const chunk of shape.error('The demo was asked to fail.')) write(chunk)
        return
      }
      if (stallMs > 0 && index === Math.ceil(all.length / 2)) await delay(stallMs, null, { signal })
      for (const chunk of chunks) write(chunk)
      if (paceMs > 0) await delay(paceMs, null, { signal })
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** `WS /v1/responses`: each `response.create` is answered, by its `stream_id` several at once. */
export function serveModelSocket(socket: WebSocket, query: DemoQuery): void {
  const left = new AbortController()
  socket.on('message', (data) => {
    const asked = parseBody(String(data)) as { type?: unknown; stream_id?: unknown } | null
    const stream = typeof asked?.stream_id === 'string' ? { stream_id: asked.stream_id } : {}
    if (asked?.type !== 'response.create') {
      const error = { code: 'invalid_request', message: 'Send {"type": "response.create", …}.' }
      socket.send(JSON.stringify({ type: 'error', ...stream, error }))
      return
    }
    const shape = responsesShape((value) => JSON.stringify({ ...value, ...stream }))
    void speak(shape, query, (chunk) => socket.send(chunk), left.signal)
  })
  const cut = query.cutMs === null ? undefined : setTimeout(() => socket.terminate(), query.cutMs)
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearTimeout(cut)
    left.abort()
  })
}
