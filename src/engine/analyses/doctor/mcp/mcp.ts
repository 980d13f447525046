// Rules about the Model Context Protocol over HTTP, of both eras.
// [mcp] 2025-11-25 basic/transports, 2026-07-28 basic/transports/streamable-http

import { headerValue } from '../../../../shared/frame/headerFields.ts'
import type { RequestDetail } from '../../../../shared/frame/httpDetail.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { readStart } from '../shapes/readStart.ts'
import { type Rule, rule, type SeenOf } from '../shapes/rule.ts'
import { manual } from '../shapes/sources.ts'
import { plural, quoted } from '../shapes/words.ts'

/** The first version without sessions, in which each request tells its version and its method. */
const statelessVersion = '2026-07-28'

const transports = (version: string) =>
  manual(
    `MCP ${version}, transports`,
    `https://modelcontextprotocol.io/specification/${version}/basic/transports${version < statelessVersion ? '' : '/streamable-http'}`,
  )

/** A message that a client posts. */
function isPost({ frame, packets }: SeenOf<'request'>): boolean {
  const { method, headers } = frame.detail
  if (method !== 'POST') return false
  return packets.some(({ protocol }) => protocol === 'mcp') || hasMark({ headers })
}

function hasMark({ headers }: Pick<RequestDetail, 'headers'>): boolean {
  return marks.some((name) => headerValue(headers, name) !== null)
}

const marks = ['mcp-protocol-version', 'mcp-session-id', 'mcp-method']

const version = rule({
  id: 'mcp-version',
  title: 'The head of a request does not say what its body says.',
  speaks: `A request of MCP ${statelessVersion} has no MCP-Protocol-Version or no Mcp-Method, or another version in its head than in its _meta: a fault.`,
  why: 'Servers and proxies go by the head, and refuse what differs with the error −32020.',
  source: transports(statelessVersion),
  advice:
    'Send MCP-Protocol-Version and Mcp-Method with each request, with what stands in the body.',
  kinds: ['request'],
  create() {
    const seen = createEvidence()
    let what = ''
    return {
      add(one) {
        if (!isPost(one)) return
        const { headers } = one.frame.detail
        const told = headerValue(headers, 'mcp-protocol-version')
        const meta = one.start === null ? null : versionInMeta(readStart(one.start))
        const flaw = flawOf(told, meta, headerValue(headers, 'mcp-method') !== null)
        if (flaw === null) return
        what = flaw
        seen.add(one.seq)
      },
      finding() {
        if (seen.count === 0) return null
        return {
          severity: 'fault',
          sentence: `${plural(seen.count, 'request', 'requests')}: ${what}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

function flawOf(told: string | null, meta: string | null, hasMethod: boolean): string | null {
  if (told !== null && meta !== null && told !== meta)
    return `MCP-Protocol-Version is ${quoted(told)}, and _meta says ${quoted(meta)}`
  if (told === null && meta !== null) return 'no MCP-Protocol-Version in the head'
  if ((told ?? '') >= statelessVersion && !hasMethod) return 'no Mcp-Method in the head'
  return null
}

function versionInMeta(text: string): string | null {
  return (
    /"io\.modelcontextprotocol\/protocolVersion"\s*:\s*"([0-9-]{1,20})"/.exec(text)?.[1] ?? null
  )
}

const accept = rule({
  id: 'mcp-accept',
  title: 'A request does not accept both forms of an answer.',
  speaks:
    'A posted message of MCP has an Accept without application/json or without text/event-stream: a risk, a fault where it was answered by 406.',
  why: 'The server chooses between JSON and a stream, and refuses who does not take both.',
  source: transports('2025-11-25'),
  advice: 'Send Accept: application/json, text/event-stream.',
  kinds: ['request', 'response'],
  create() {
    const lacking = createEvidence()
    const refused = createEvidence()
    let told: string | null = null
    return {
      add(one) {
        const { frame, seq } = one
        if (frame.kind === 'request') {
          const value = headerValue(frame.detail.headers, 'accept')
          if (!isPost({ ...one, frame }) || acceptsBoth(value)) return
          told = value
          lacking.add(seq)
        } else {
          const { request } = one.connection
          if (frame.detail.status !== 406 || request === null || !hasMark(request.detail)) return
          told = headerValue(request.detail.headers, 'accept')
          refused.add(request.seq, seq)
        }
      },
      finding() {
        const isFault = refused.count > 0
        const seen = isFault ? refused : lacking
        if (seen.count === 0) return null
        const value = told === null ? 'no Accept' : `Accept ${quoted(told)}`
        return {
          severity: isFault ? 'fault' : 'risk',
          sentence: `${plural(seen.count, 'message was', 'messages were')} posted with ${value}${isFault ? ' and refused' : ''}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

function acceptsBoth(value: string | null): boolean {
  const types = (value ?? '').toLowerCase()
  if (types.includes('*/*')) return true
  return types.includes('application/json') && types.includes('text/event-stream')
}

const legacy = rule({
  id: 'mcp-legacy',
  title: 'The server speaks an old form of MCP.',
  speaks: `A stream begins with the event endpoint, as in 2024-11-05, or sessions are used with ${statelessVersion}, which has none: a hint.`,
  why: 'Newer clients do not try the old form any more, and servers of the newer one keep no sessions.',
  source: transports('2025-03-26'),
  advice: 'Move to streamable HTTP: one address to which messages are posted.',
  kinds: ['event', 'request'],
  create() {
    const old = createEvidence()
    const sessions = createEvidence()
    return {
      add({ frame, seq, connection }) {
        if (frame.kind === 'event') {
          const isFirst = connection.data === 0 && frame.detail.type === 'endpoint'
          if (isFirst && connection.purpose === 'stream') old.add(seq)
          return
        }
        const { headers } = frame.detail
        const told = headerValue(headers, 'mcp-protocol-version') ?? ''
        if (told >= statelessVersion && headerValue(headers, 'mcp-session-id') !== null)
          sessions.add(seq)
      },
      finding() {
        const seen = old.count > 0 ? old : sessions
        if (seen.count === 0) return null
        return {
          severity: 'hint',
          sentence:
            seen === old
              ? 'The stream began with the event endpoint: HTTP+SSE of 2024-11-05.'
              : `${plural(seen.count, 'request', 'requests')} named a session, which ${statelessVersion} does not have.`,
          proof: seen.proof(),
        }
      },
    }
  },
})

const session = rule({
  id: 'mcp-session',
  title: 'The server does not know the session any more.',
  speaks: 'A request with Mcp-Session-Id was answered by 404 or 400: a risk.',
  why: 'Nothing goes on until the client begins a new session.',
  source: transports('2025-11-25'),
  advice: 'Send initialize again without Mcp-Session-Id after a 404.',
  kinds: ['response'],
  create() {
    const seen = createEvidence()
    return {
      add({ frame, seq, connection: { request } }) {
        const { status } = frame.detail
        if ((status !== 404 && status !== 400) || request === null) return
        if (headerValue(request.detail.headers, 'mcp-session-id') !== null)
          seen.add(request.seq, seq)
      },
      finding() {
        if (seen.count === 0) return null
        return {
          severity: 'risk',
          sentence: `${plural(seen.count, 'request', 'requests')} of a session ${seen.count === 1 ? 'was' : 'were'} refused.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

export const mcpRules: readonly Rule[] = [version, accept, legacy, session]
