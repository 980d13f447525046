// Tells a client in words why it gets nothing of what was recorded.

import { corsFields } from './allowedOrigins.ts'
import type { Visit } from './serveAnswer.ts'

export function sayInWords(
  { response, origin }: Pick<Visit, 'response' | 'origin'>,
  status: number,
  words: string,
): void {
  for (const [name, value] of origin === null ? [] : corsFields(origin, '')) {
    response.setHeader(name, value)
  }
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Cache-Control', 'no-store')
  response.writeHead(status).end(inWords(words))
}

export function inWords(words: string): string {
  return `Lifeline replays a capture here: ${words}.\n`
}
