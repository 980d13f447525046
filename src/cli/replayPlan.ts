// The plan of a session that sends again what a capture sent.

import { resolve } from 'node:path'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import { type OpenedSends, openSends } from '../engine/replay/client/openSends.ts'
import { methodOf, neededSecrets, type Sends } from '../engine/replay/client/sends.ts'
import { sendWords } from '../engine/replay/client/sendWords.ts'
import { urlFor } from '../shared/endpoint/methods.ts'
import type { ResendPlan } from '../shared/session/resendPlan.ts'
import type { Secret, SessionPlan } from '../shared/session/sessionPlan.ts'
import { formatCount } from '../shared/text/units.ts'
import { visibleLine } from '../shared/text/visibleText.ts'
import type { WatchOptions } from './command.ts'
import { createLookup } from './lookUp.ts'
import { UsageError } from './usageError.ts'
import { planOf } from './watchPlan.ts'

/** Also says what it is going to send. Rejects with `UsageError`. */
export async function replayPlanOf(
  watch: WatchOptions,
  resend: ResendPlan,
  capture: string | null,
): Promise<SessionPlan> {
  const path = resolve(resend.path)
  const { sends, name } = read({ ...resend, path })
  if (sends.cues.length === 0) {
    throw new UsageError(
      `Name another capture, or change --from or --until: nothing was sent in ${visibleLine(resend.path)}.`,
    )
  }
  const plan = await planOf(toServer(watch, sends), capture)
  const missing = neededSecrets(sends, plan)
  const secrets = [...plan.secrets, ...(await lookUpAll(missing))]
  const pace =
    resend.speed === 0
      ? ', each after the answer before'
      : resend.speed === 1
        ? ''
        : `, at ${resend.speed} times its speed`
  const { effects } = sends.counts
  const warning = effects > 0 ? ` ${formatCount(effects)} of them may change something there.` : ''
  const words = `Sending ${sendWords(sends.counts)} to ${plan.endpoint.url}${pace}.${warning}`
  console.error(visibleLine(words))
  return { ...plan, name: `Replay of ${name}`, secrets, resend: { ...resend, path } }
}

function read(resend: ResendPlan): OpenedSends {
  try {
    const opened = openSends(resend)
    opened.close()
    return opened
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}

/** A profile says by itself where its server is. */
function toServer(watch: WatchOptions, sends: Sends): WatchOptions {
  if (watch.profile !== null) return watch
  const method = methodOf(sends)
  const url = urlFor(method, (watch.url ?? sends.origin).replace(/^ws/i, 'http'))
  return { ...watch, url, fields: { ...watch.fields, method } }
}

async function lookUpAll(names: readonly string[]): Promise<readonly Secret[]> {
  const lookUp = createLookup({ folder: '', inputs: [] }, process.env)
  const secrets: Secret[] = []
  const problems: string[] = []
  for (const name of names) {
    const found = await lookUp({ kind: 'secret', name })
    if ('missing' in found) problems.push(found.missing)
    else secrets.push({ name, value: found.value })
  }
  if (problems.length === 0) return secrets
  const why = 'The capture does not hold the credentials that were sent.'
  throw new UsageError([why, ...problems].join('\n'))
}
