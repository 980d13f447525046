// Names, icons and words for a session wherever it is listed beside its timeline.

import { ThemeColor, ThemeIcon } from 'vscode'
import type { Offered, TimelineSession } from '../../shared/calls/messages.ts'
import type { SavedFilter } from '../../shared/endpoint/endpoint.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import type { ActionFacts } from '../../shared/frame/errorActions.ts'
import type { Habits } from '../../shared/session/habits.ts'
import type { SessionState, SessionStatus } from '../../shared/session/sessionState.ts'
import { peerRate, stateWord } from '../../shared/session/sessionState.ts'
import { soundPaths } from '../../shared/text/pathList.ts'
import { countFrames, formatRate } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { peerName } from '../../shared/url/names.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import { type HostSession, isLive } from './hostSession.ts'

const spinning = new ThemeIcon('loading~spin')

/** One icon each: VS Code takes a new object for a new icon, and draws the tab again. */
const stateIcons: Readonly<Record<SessionState, ThemeIcon>> = {
  idle: spinning,
  connecting: spinning,
  open: new ThemeIcon('pulse', new ThemeColor('charts.green')),
  waiting: new ThemeIcon('watch', new ThemeColor('charts.yellow')),
  closing: spinning,
  ended: new ThemeIcon('circle-outline'),
}
const failedIcon = new ThemeIcon('error', new ThemeColor('charts.red'))

/** A capture, which watches nothing. */
const captureIcon = new ThemeIcon('history')

/** One whose session failed stays to be told. */
export function iconOfCapture(failed: boolean): ThemeIcon {
  return failed ? failedIcon : captureIcon
}

export function stateIcon({ readOnly, status }: HostSession): ThemeIcon {
  if (readOnly) return iconOfCapture(status.outcome?.by === 'error')
  return status.outcome?.by === 'error' ? failedIcon : stateIcons[status.state]
}

/** The timeline's tab. */
export function titleOf(session: HostSession): string {
  const { readOnly, status } = session
  const name = visibleLine(session.name)
  if (readOnly) return `${name} (capture)`
  // While it lives its icon tells how it stands: a word that comes and goes would move all tabs beside it.
  return status.state === 'ended' ? `${name} (${stateWord(session).toLowerCase()})` : name
}

/** `WebSocket · 12,482 frames · 842/s`: without those of the wire layer; the rate while it is live. */
export function countsOf({ status, readOnly }: HostSession): string {
  const frames = status.frames - status.statistics.wireFrames
  const parts = [methods[status.method].label, countFrames(frames)]
  const rate = !readOnly && status.state === 'open' ? peerRate(status) : null
  if (rate !== null) parts.push(formatRate(rate))
  return parts.join(' · ')
}

/** `listens on http://localhost:53124`; null where it does not. */
export function listensOn({ listening }: SessionStatus): string | null {
  return listening === null ? null : `listens on ${listening}`
}

/** Where and when, which its icon does not tell: `localhost:7411 · since 15:04:33 · 12,482 frames · 842/s`. */
export function placeOf(session: HostSession): string {
  const { name, status, endpoint } = session
  const peer = visibleLine(peerName(withoutPassword(endpoint.url)))
  const [, ...counts] = countsOf(session).split(' · ')
  const at = status.startedAt
  const start = at === null ? [] : [isLive(session) ? `since ${timeOf(at)}` : momentOf(at)]
  const where = name.startsWith(peer) ? [] : [peer]
  return [...(endpoint.tap === null ? where : [tapOf(session, peer)]), ...start, ...counts].join(
    ' · ',
  )
}

/** `tap of https://api.example.com`, and `tap` where its name tells the server. */
function tapOf({ name, endpoint }: HostSession, peer: string): string {
  const [scheme = ''] = /^[a-z]+:\/\//i.exec(endpoint.url) ?? []
  return name.startsWith(peer) ? methods.tap.word : `${methods.tap.word} of ${scheme}${peer}`
}

/** `15:04:33`. */
function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour12: false })
}

/** `15:04:33` today, `Nov 27, 15:04` before. */
export function momentOf(at: number): string {
  const date = new Date(at)
  if (date.toDateString() === new Date().toDateString()) return timeOf(at)
  const day = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const
  return date.toLocaleString(undefined, { ...day, hour12: false })
}

/** The first data for the timeline page, without what can be sent by its name. */
export function describeSession(
  session: HostSession,
  facts: ActionFacts,
  habits: Habits,
  filters: readonly SavedFilter[],
): Omit<TimelineSession, keyof Offered> {
  return {
    sessionId: session.id,
    name: session.name,
    url: withoutPassword(session.endpoint.url),
    status: session.status,
    readOnly: session.readOnly,
    untrusted: session.endpoint.tls.allowUntrusted,
    keepsCredentials: session.endpoint.tap?.keepCredentials ?? false,
    facts,
    habits,
    show: soundPaths(session.endpoint.show),
    filters,
    bookmarks: session.bookmarks.current,
  }
}
