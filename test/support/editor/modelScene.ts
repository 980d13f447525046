// A stream of a language model: an answer that is whole, and one in bursts with a stall, which goes on and is cut.

import { decodeRows } from '../samples/sampleJsonRpc.ts'
import { sampleRows } from '../samples/sampleRows.ts'
import { fromRows, type Scene } from './scene.ts'

const url = 'https://api.example.com/v1/chat/completions'
const http = { purpose: 'stream', httpVersion: '1.1', headers: [] } as const
const request = { ...http, method: 'POST', url, target: '/v1/chat/completions' } as const
const response = {
  ...http,
  ...{ status: 200, statusText: 'OK', reused: false },
  headers: [['content-type', 'text/event-stream']],
  timings: { firstByteMs: 400, totalMs: 400 },
} as const

type Sample = Parameters<typeof sampleRows>[0][number]

function asks(prompt: string, afterMs: number): readonly Sample[] {
  const body = { model: 'quill-2', stream: true, messages: [{ role: 'user', content: prompt }] }
  return [
    {
      ...{ kind: 'request', direction: 'out', detail: request, afterMs },
      bytes: JSON.stringify({ ...body, stream_options: { include_usage: true } }),
    },
    { kind: 'response', detail: response, afterMs: 400 },
  ]
}

function says(id: string, delta: object, afterMs: number, rest: object = {}): Sample {
  const choices = [{ index: 0, delta, finish_reason: null }]
  const chunk = { id, object: 'chat.completion.chunk', model: 'quill-2-mini', choices, ...rest }
  return event(JSON.stringify(chunk), afterMs)
}

function event(bytes: string, afterMs: number): Sample {
  return { kind: 'event', detail: { type: 'message', lastEventId: '' }, bytes, afterMs }
}

/** Words of a text, with the space before each, three at a time with one time. */
function words(id: string, text: string, name = 'content'): readonly Sample[] {
  return (text.match(/\s*\S+/g) ?? []).map((word, index) =>
    says(id, { [name]: word }, index % 3 === 0 ? 60 : 0),
  )
}

function uses(id: string, name: string | null, json: string, afterMs: number): Sample {
  const fn = { ...(name !== null && { name }), arguments: json }
  return says(
    id,
    { tool_calls: [{ index: 0, ...(name !== null && { id: 'call_1' }), function: fn }] },
    afterMs,
  )
}

export const wholeText = `## Three ways

Pick by **how often** it changes:

1. *Polling* is enough where \`max-age\` says so
2. Server-Sent Events, as in [the standard](https://html.spec.whatwg.org/)
   - one way, and it resumes
   - <b>no</b> binary
3. WebSocket

| way | bytes |
| :-- | --: |
| polling | 412 |
| events | 38 |

\`\`\`ts
const stream = new EventSource('/ticks')
\`\`\`

> Every proxy lets it through.`

const first = [
  ...asks('Compare the ways to watch a feed', 0),
  says('a1', { role: 'assistant', content: '' }, 120),
  ...words('a1', 'The user wants a comparison, so a table fits.', 'reasoning_content'),
  ...words('a1', wholeText),
  says('a1', {}, 10, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  says('a1', {}, 0, {
    choices: [],
    usage: {
      ...{ prompt_tokens: 14, completion_tokens: 96, total_tokens: 110 },
      completion_tokens_details: { reasoning_tokens: 11 },
    },
  }),
  event('[DONE]', 1),
]

const second = [
  ...asks('How do I choose between WebSocket and Server-Sent Events for a price ticker?', 4000),
  says('a2', { role: 'assistant', content: '' }, 300),
  ...words(
    'a2',
    'A WebSocket keeps one connection open and lets both sides speak at any time. Server-Sent Events keep one response open and let the server speak.',
  ),
  ...words(
    'a2',
    '\n\nFor a ticker, **Server-Sent Events** are enough: they reconnect by themselves and resume',
  ),
  says('a2', { content: ' where' }, 2500),
  ...words('a2', ' they stopped, and every proxy that speaks HTTP lets them through.'),
  uses('a2', 'get_quote', '{"symbol": "BTC-EUR"', 90),
]

const rest = [
  uses('a2', null, ', "venue": "web", "depth": 20, "fields": ["bid", "ask"]', 60),
  {
    ...{ kind: 'error', direction: 'in', code: 'connection-reset' },
    detail: { message: 'The server closed the connection within the answer.' },
  },
  {
    ...{ kind: 'end', direction: 'local' },
    detail: { by: 'error', message: 'The stream broke off.', brief: 'Ended by the error above.' },
  },
] as const satisfies readonly Sample[]

/** The second answer is open; the three frames that are still to come go on with its tool call and end it. */
export function modelScene(): Scene {
  const rows = decodeRows(sampleRows([...first, ...second, ...rest]))
  return { ...fromRows('sse', url, rows), name: 'Ask the model', frames: rows.length - rest.length }
}
