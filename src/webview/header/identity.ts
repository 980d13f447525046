// The header's first line: who is watched, how it goes, and what has crossed.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineSession } from '../../shared/calls/messages.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import { protocolName } from '../../shared/frame/protocolName.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import {
  elapsed,
  type PollingFacts,
  pollingFacts,
  stateClass,
  trafficFacts,
} from './sessionFacts.ts'

export interface Badges {
  /** Behind the time that has passed. */
  readonly connections: TemplateResult | typeof nothing
  /** Of what a tap holds. */
  readonly held: TemplateResult | typeof nothing
  /** At the end of the line. */
  readonly findings: TemplateResult | typeof nothing
}

/** Nothing before the host has answered. */
export function identity(
  { session, hostSilentSince: silentSince, protocol, clock }: TimelineModel,
  badges: Badges,
): TemplateResult | typeof nothing {
  if (!session) return nothing
  const word = silentSince === null ? stateWord(session) : 'No extension host'
  const why = silentSince === null ? session.status.outcome?.message : undefined
  const name = visibleLine(session.name)
  const url = visibleLine(session.url)
  return html`<div class="identity">
    <span class="state ${silentSince === null ? stateClass(session) : 'silent'}" title=${visibleLine(why ?? word)}>
      <i class="dot" aria-hidden="true"></i><span class="word">${word}</span>
    </span>
    <h1 title=${name}>${name}</h1>
    ${address(watchedWords(session, url), url)}
    ${protocol === null ? nothing : html`<span class="protocol" title="What its messages are decoded as"><span aria-hidden="true">· </span>${protocolName(protocol)}</span>`}
    ${session.untrusted ? html`<span class="badge" title="This profile allows certificates that are not trusted: the server’s identity has not been verified."><i class="codicon codicon-unverified" aria-hidden="true"></i>TLS not verified</span>` : nothing}
    ${traffic(session, clock.now(), silentSince === null, badges.connections)} ${badges.held} ${badges.findings}
  </div>`
}

/** `SSE · https://example.com/feed`, `Tap of https://example.com`. */
function watchedWords({ status: { method } }: TimelineSession, url: string): string {
  return `${methods[method].label} ${method === 'tap' ? 'of' : '·'} ${url}`
}

/** A longer one gives way before what is told of it does. Letters are narrower than digits: it fills the 40ch that are left to it. */
const shortChars = 52

function address(text: string, title: string): TemplateResult {
  const look = text.length > shortChars ? 'long' : ''
  return html`<span class="url ${look}" title=${title}>${text}</span>`
}

/** The last ones are left out where there is no room, each as a whole. */
function traffic(
  session: TimelineSession,
  now: number,
  isTold: boolean,
  connections: Badges['connections'],
): TemplateResult {
  const facts = trafficFacts(session)
  const polling = pollingFacts(session)
  return html`<span class="facts">
    <span class="elapsed" title="Elapsed">${elapsed(session, now)}</span>
    ${connections}
    <span class="received" title="Frames received"><span aria-hidden="true">↓</span><span class="sr">received</span> ${facts.received}</span>
    <span class="sent" title="Frames sent"><span aria-hidden="true">↑</span><span class="sr">sent</span> ${facts.sent}</span>
    ${polling === null ? nothing : pollingShare(polling)}
    <span class="sizes" title="${facts.bytes} of payload, ${facts.wire} on the wire">${facts.bytes}<span class="wire"> · ${facts.wire} on wire</span></span>
    ${polling?.more.map((part) => html`<span class="more" title=${polling.title}>${part}</span>`)}
    ${facts.added === '' || !isTold ? nothing : html`<span class="more" title="What Lifeline takes to pass a piece on, the median of the last hundred, without what waits on purpose; the way over this machine comes on top">${facts.added}</span>`}
    ${facts.rate === '' || !isTold ? nothing : html`<span class="rate" title="Frames from the server in the last second">${facts.rate}</span>`}
  </span>`
}

function pollingShare({ count, share, title }: PollingFacts): TemplateResult {
  return html`<span class="polling" title=${title}><span class="count">${count} · </span><span class="share">${share}</span></span>`
}
