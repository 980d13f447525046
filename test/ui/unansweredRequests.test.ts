// Requests that nobody answers, as a user filters for them: they appear once their answer is missed, and go when it comes late.

import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'

/** An answer is missed after ten seconds. */
const missedMs = 20_000

describe('the filter for unanswered requests', () => {
  const { workbench, frame, row, filter, found } = useTimelineWorkbench({
    accept: (ws) => {
      ws.send('{"jsonrpc":"2.0","id":1,"method":"roots/list"}')
      ws.send('{"jsonrpc":"2.0","method":"ready"}')
    },
    until: 'ready',
  })

  it('finds a request while nobody answers it, though nothing else comes', async () => {
    await filter().fill('is:un')
    await frame().getByRole('option', { name: 'is:unanswered' }).waitFor()
    await filter().fill('is:unanswered')
    await found(/^0 of /)
    await row('roots/list').waitFor({ timeout: missedMs })
    await found(/^1 of /)
    await workbench().screenshot('unanswered')
    const message = frame().getByPlaceholder('Message to send')
    await message.fill('{"jsonrpc":"2.0","id":1,"result":[]}')
    await frame().getByRole('button', { name: /^Send/ }).click()
    await found(/^0 of /)
    await row('roots/list').waitFor({ state: 'hidden' })
  })
})
