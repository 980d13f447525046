// A row of a real session that is sent again, changed and sent, and saved with the profile, in a real workbench.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { WebSocket } from 'ws'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { comesTo } from '../support/eventually.ts'

const hello = '{"op":"hello","n":1.0}'

describe('what was sent, once more', () => {
  let sockets: WebSocket[] = []
  const got: string[] = []
  const { workbench, frame, row, grid } = useTimelineWorkbench({
    accept: (ws) => {
      sockets.push(ws)
      ws.on('message', (data) => got.push(data.toString()))
      ws.send('{"op":"welcome"}')
    },
    profile: { name: 'Live', send: [hello] },
    until: 'hello',
  })

  const box = () => frame().getByRole('textbox', { name: 'Message' })

  it('is sent again by the row’s menu, with the same bytes', async () => {
    await row('hello').first().click({ button: 'right' })
    await workbench().menuEntry('Send Again').waitFor()
    await workbench().screenshot('send-menu')
    await workbench().chooseInMenu('Send Again')
    await comesTo(() => got, [hello, hello])
    await grid().press('Control+Alt+Enter')
    await comesTo(() => got, [hello, hello, hello])
    // Equal messages are one row now, which is as good as each of them. The first may stand before the server's.
    await row(/[23] times/)
      .first()
      .click()
    await grid().press('Control+Alt+Enter')
    await comesTo(() => got, [hello, hello, hello, hello])
    await row('welcome').first().click({ button: 'right' })
    await workbench().menuEntry('Edit and Send…').waitFor()
    assert.equal(await workbench().menuEntry('Send Again').count(), 0)
    await workbench().page.keyboard.press('Escape')
  })

  it('is changed in the box first, also where it came', async () => {
    await row('welcome').first().click()
    await grid().press('Alt+Enter')
    await comesTo(() => box().inputValue(), '{"op":"welcome"}')
    await box().press('Control+End')
    await box().pressSequentially(' ')
    await box().press('Control+Enter')
    await comesTo(() => got.at(-1), '{"op":"welcome"} ')
  })

  it('is saved with the profile, from where it is sent at once', async () => {
    await row('hello').first().click()
    await frame().getByRole('button', { name: 'Send', exact: true }).first().click()
    await frame().getByRole('menuitem', { name: 'Save to the profile’s messages…' }).click()
    await workbench().quickInputMessage().getByText('Name of the message').waitFor()
    await workbench().typeInQuickInput('Greet')
    const text = await workbench().savedText('.vscode/lifeline.json', (saved) =>
      saved.includes('Greet'),
    )
    const [profile] = JSON.parse(text).profiles
    assert.deepEqual(profile.messages, [{ name: 'Greet', text: hello }])
    await frame().getByRole('button', { name: 'Saved' }).click()
    await frame().getByRole('menuitem', { name: 'Greet' }).click()
    await frame().getByText('“Greet”, as saved in the profile').waitFor()
    const before = got.length
    await box().press('Control+Enter')
    await comesTo(() => got.slice(before), [hello])
    await workbench().screenshot('send-saved')
  })

  it('says what to do when the session has ended', async () => {
    for (const socket of sockets) socket.close(1000, 'over')
    sockets = []
    await frame().getByPlaceholder('The session has ended. Reconnect to send.').waitFor()
    await row('hello').first().click()
    await workbench().runCommand('Lifeline: Send Again')
    await frame()
      .getByRole('alert')
      .getByText('The session has ended. Reconnect to send.')
      .waitFor()
    await frame().getByRole('alert').getByRole('button', { name: 'Reconnect' }).waitFor()
    await workbench().screenshot('send-ended')
  })
})
