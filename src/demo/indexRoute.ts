// `GET /`: what the demo server offers, as a page, as JSON or as text.

import { sameFeed } from '../shared/profile/sameFeed.ts'
import { addressOf, demoOffers } from './demoOffers.ts'
import { demoParameters } from './demoQuery.ts'
import { deskHtml, deskScript, deskStyle } from './desk.ts'
import { send, type Visit } from './httpRoutes.ts'
import { compareCommand, feedWays } from './offeredCommands.ts'
import { pageScript, pageStyle } from './pageAssets.ts'
import { pageHtml } from './pageHtml.ts'

type Form = readonly [type: string, write: (origin: string) => string]

const textForm: Form = ['text/plain', indexText]
const forms: readonly Form[] = [
  textForm,
  ['text/html', pageHtml],
  ['application/json', (origin) => `${JSON.stringify(indexJson(origin), null, 2)}\n`],
]

/** Nothing is loaded from elsewhere, nothing runs but files of this server, and no other page frames it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The form that the client likes best; text where it has no say. */
export function answerIndex({ request, response, origin }: Visit): void {
  const [type, write] = formFor(request.headers.accept ?? '')
  response.setHeader('Vary', 'Accept')
  protect(response)
  send(response, 200, `${type}; charset=utf-8`, write(origin))
}

/** [rfc9110] 12.5.1: the range with the highest quality, of which one that names a form counts before `*`. */
function formFor(accept: string): Form {
  let best = textForm
  let bestQuality = 0
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const form = forms.find(([type]) => type === name)
    const quality = Number(
      parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1,
    )
    if (form && quality > bestQuality) {
      best = form
      bestQuality = quality
    }
  }
  return best
}

function protect(response: Visit['response']): void {
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
}

const asset =
  (type: string, text: string) =>
  ({ response }: Visit) => {
    protect(response)
    response.setHeader('Cache-Control', 'no-cache')
    send(response, 200, `${type}; charset=utf-8`, text)
  }

/** What the page loads, and the desk with what it loads. */
export const pageAssets = {
  'GET /page.css': asset('text/css', pageStyle),
  'GET /page.js': asset('text/javascript', pageScript),
  'GET /desk': asset('text/html', deskHtml),
  'GET /desk.css': asset('text/css', deskStyle),
  'GET /desk.js': asset('text/javascript', deskScript),
} as const

function indexJson(origin: string) {
  return {
    name: 'Lifeline demo server',
    paths: demoOffers.map((offer) => ({
      method: offer.verb,
      url: addressOf(offer, origin),
      meaning: offer.meaning,
    })),
    parameters: demoParameters,
    sameFeed: {
      title: sameFeed.title,
      item: sameFeed.item,
      time: sameFeed.time,
      ways: feedWays(origin).map(({ method, url, watch }) => ({ method, url, watch })),
      compare: compareCommand(origin),
    },
  }
}

function indexText(origin: string): string {
  const offers = demoOffers.map((offer) => [offer.verb, addressOf(offer, origin), offer.meaning])
  const parameters = demoParameters.map(({ sample, meaning, absent }) => [
    sample,
    absent === null ? meaning : `${meaning} (default: ${absent})`,
  ])
  return `Lifeline demo server: one live feed of trades and chat behind four methods.

${columns(offers)}

Query parameters, on every path:

${columns(parameters)}

${sameFeed.title}, measured side by side:

  ${compareCommand(origin)}
`
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`)
    .map((line) => line.trimEnd())
    .join('\n')
}
