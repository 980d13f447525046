// Lifeline inside the extension host, as host tests use it.

import assert from 'node:assert/strict'
import { type Event, extensions, window } from 'vscode'
import type { LifelineApi } from '../../../src/host/api.ts'
import type { HostSession } from '../../../src/host/sessions/hostSession.ts'
import type { Frame, FrameKind } from '../../../src/shared/frame/frame.ts'
import { eventually, patienceMs } from '../eventually.ts'

export const everything = { afterSeq: 0, text: '', wire: false }

export async function activateLifeline(): Promise<LifelineApi> {
  const found = extensions.getExtension<LifelineApi>('lifeline.lifeline')
  assert.ok(found, 'lifeline.lifeline is not installed')
  return found.activate()
}

/** Resolves when `holds` does, which is asked now and after each event; rejects saying `what` after `patienceMs`. */
export async function until(
  what: string,
  event: Event<unknown>,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const late = AbortSignal.timeout(patienceMs)
  let wake = () => {}
  const following = event(() => wake())
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      if (await holds()) return
      await Promise.race([woken, failWhen(late, what)])
    }
  } finally {
    following.dispose()
  }
}

function failWhen(signal: AbortSignal, what: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(new Error(`It did not come to this within ${patienceMs} ms: ${what}`))
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })
}

/** The session's frames so far, at most 1,000. */
export async function framesOf(session: HostSession): Promise<readonly Frame[]> {
  const page = await (await session.api).rows(everything, 0, 1000)
  return page.rows.map(({ frame }) => frame)
}

/** Waits until the session has recorded `count` frames of a kind; resolves with them. */
export async function untilFrames<K extends FrameKind>(
  session: HostSession,
  kind: K,
  count = 1,
): Promise<readonly Extract<Frame, { kind: K }>[]> {
  let found: readonly Extract<Frame, { kind: K }>[] = []
  await until(`${count} frames of kind ${kind}`, session.onDidChange, async () => {
    const frames = await framesOf(session)
    found = frames.filter((frame): frame is Extract<Frame, { kind: K }> => frame.kind === kind)
    return found.length >= count
  })
  return found
}

export async function untilEnded(session: HostSession): Promise<void> {
  await until('the session has ended', session.onDidChange, () => session.status.state === 'ended')
}

/** Ends all sessions and closes all tabs, so that the next test starts from nothing. */
export async function leaveNothing(lifeline: LifelineApi): Promise<void> {
  await Promise.all(lifeline.sessions.live.map((session) => session.stop()))
  // A timeline that is just opened has no tab yet, and one that is closed is told of it later.
  await eventually('no timeline is left', async () => {
    await window.tabGroups.close(window.tabGroups.all.flatMap(({ tabs }) => tabs))
    return lifeline.timelines.all.length === 0
  })
  await Promise.all(lifeline.sessions.all.map((session) => lifeline.sessions.close(session)))
  for (const { id } of await lifeline.sessions.saved()) await lifeline.sessions.deleteCapture(id)
}
