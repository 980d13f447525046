// The paths of the demo server, for its index in every form.

export interface DemoOffer {
  /** `GET`, `POST` or `WS`. */
  readonly verb: string
  /** From the root, without parameters that any path takes. */
  readonly path: string
  readonly meaning: string
}

export const demoOffers: readonly DemoOffer[] = [
  {
    verb: 'GET',
    path: '/poll',
    meaning: 'polling: the newest items, with ETag and Last-Modified',
  },
  {
    verb: 'GET',
    path: '/long-poll?since=N',
    meaning:
      'long polling: held until an item after N, 204 after hold; N also as If-None-Match, or by POST as {"since": N}',
  },
  {
    verb: 'GET',
    path: '/sse',
    meaning: 'Server-Sent Events: trade and chat, resumed by Last-Event-ID',
  },
  {
    verb: 'POST',
    path: '/sse',
    meaning: 'the same by POST, as models and MCP servers stream',
  },
  { verb: 'GET', path: '/ndjson', meaning: 'the feed as records, a line of JSON each' },
  { verb: 'GET', path: '/json-seq', meaning: 'the same as JSON text sequences, RFC 7464' },
  { verb: 'GET', path: '/text', meaning: 'the same as plain text, one after the other' },
  {
    verb: 'WS',
    path: '/ws',
    meaning: 'WebSocket: chat, and trades after {"op":"subscribe","symbol":"BTC-EUR"}',
  },
  {
    verb: 'POST',
    path: '/v1/chat/completions',
    meaning: 'the answer of a model, as OpenAI streams it',
  },
  { verb: 'POST', path: '/v1/responses', meaning: '… by its Responses API' },
  {
    verb: 'WS',
    path: '/v1/responses',
    meaning: '… over WebSocket, after {"type":"response.create","input":"Hello"}',
  },
  { verb: 'POST', path: '/v1/messages', meaning: '… as Anthropic streams it' },
  {
    verb: 'POST',
    path: '/v1beta/models/demo-1:streamGenerateContent',
    meaning: '… as Gemini streams it: a JSON array, events with ?alt=sse',
  },
  { verb: 'POST', path: '/api/chat', meaning: '… as Ollama streams it, in NDJSON' },
  { verb: 'POST', path: '/ai-sdk', meaning: '… as the Vercel AI SDK streams it' },
  { verb: 'POST', path: '/ag-ui', meaning: '… as AG-UI streams it' },
  {
    verb: 'GET',
    path: '/desk',
    meaning: 'a small app for browsers that asks by all four methods: to be opened through a tap',
  },
  {
    verb: 'POST',
    path: '/publish',
    meaning: '{"from":"Ada","text":"Hello"} enters the feed as chat',
  },
]

/** The address of an offer on the server at `origin`. */
export function addressOf({ verb, path }: DemoOffer, origin: string): string {
  return (verb === 'WS' ? socketOrigin(origin) : origin) + path
}

/** `ws:` for `http:`, `wss:` for `https:`, `ws+unix:` for `unix:`. */
export function socketOrigin(origin: string): string {
  return origin.replace(/^http/, 'ws').replace(/^unix/, 'ws+unix')
}
