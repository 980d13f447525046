// Commands and calls are pasted into "Connect…": what is not followed stands in the list, and a refusal says what to change.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { usePolledServer } from '../support/editor/usePolledServer.ts'

describe('what is pasted into Connect…', () => {
  const { workbench, server, item, answered } = usePolledServer()

  it('is refused with what to change', async () => {
    await workbench().runCommand('Lifeline: Connect with Polling…')
    await workbench().typeInQuickInput('fetch(url, { method: "GET" })', { accept: false })
    await item('Replace url by its value').waitFor()
    await workbench().screenshot('pasting-refused')
    await workbench().leaveQuickInput()
  })

  it('is connected, and what is not followed is told before and after', async () => {
    await workbench().runCommand('Lifeline: Connect with Polling…')
    const command = `curl '${server().origin}/' -H 'X-Room: lobby' --http3 -4`
    await workbench().typeInQuickInput(command, { accept: false })
    await item('Lifeline takes addresses as the system gives them, of both families.').waitFor()
    await item('Beside the pasted ones').waitFor()
    await workbench().screenshot('pasting-notes')
    await workbench().quickInput().press('Enter')
    await answered().waitFor()
    const notifications = await workbench().openNotifications()
    await notifications.getByText('-4 is not followed').waitFor()
    await workbench().screenshot('pasting-told')
    assert.equal(server().requests.at(-1)?.header('x-room'), 'lobby')
  })
})
