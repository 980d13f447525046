// "Send…" away from the timeline: one text message, with a hint where JSON was meant.

import { InputBoxValidationSeverity, window } from 'vscode'
import { jsonHint } from '../../shared/text/jsonText.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { plainMessage } from '../window/plainMessage.ts'

/** Nothing is sent when the input is closed. Rejects with the session's own reason. */
export async function askAndSend(session: HostSession): Promise<void> {
  const text = await window.showInputBox({
    title: plainMessage(`Send to ${session.name}`),
    prompt: 'The text message to send',
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const message = jsonHint(typed)
      return message === null ? null : { message, severity: InputBoxValidationSeverity.Info }
    },
  })
  if (text === undefined) return
  await (await session.api).send({ type: 'text', text })
}
