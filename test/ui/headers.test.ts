// Headers are given by a form, with the keyboard alone: in "Connect…" and to a session; secrets reach no file.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { usePolledServer } from '../support/editor/usePolledServer.ts'
import { comesTo, eventually } from '../support/eventually.ts'

describe('headers given by a form', () => {
  const { workbench, server, item, answered } = usePolledServer()

  /** With the arrow key, as far as it takes; each moves to another row before the next one comes. */
  const choose = async (text: string | RegExp) => {
    const { page } = workbench()
    const focused = page.locator('.quick-input-list .monaco-list-row.focused')
    await focused.waitFor()
    await eventually(`${text} has the focus`, async () => {
      if (await item(text).and(focused).isVisible()) return true
      const before = await focused.getAttribute('id')
      await workbench().quickInput().press('ArrowDown')
      await eventually('another has it', async () => {
        return (await focused.getAttribute('id')) !== before
      })
      return false
    })
    await workbench().quickInput().press('Enter')
  }
  const field = (name: string) => server().requests.at(-1)?.header(name)

  it('are added before the connection is made', async () => {
    const { host } = new URL(server().origin)
    await workbench().runCommand('Lifeline: Connect with Polling…')
    await workbench().typeInQuickInput(`${host}/`, { accept: false })
    await item('Add headers…').waitFor()
    await choose('Add headers…')
    await item('X-API-Key').waitFor()
    await workbench().screenshot('headers-names')
    await choose('Authorization: Bearer')
    await workbench().quickInputMessage().getByText('Bearer token').waitFor()
    await workbench().screenshot('headers-value')
    await workbench().typeInQuickInput('t0ken-t0ken-t0ken')
    await item('Another header…').waitFor()
    await choose('Another header…')
    await item('X-API-Key').waitFor()
    await workbench().typeInQuickInput('X-Room: lobby', { accept: false })
    await item('X-Room, plain').waitFor()
    await workbench().screenshot('headers-typed')
    await workbench().quickInput().press('Enter')
    await item('Remove X-Roomlobby').waitFor()
    await item('Remove AuthorizationBearer ••••••••').waitFor()
    assert.equal(await item('secret:').count(), 0)
    await workbench().screenshot('headers-list')
    await choose('Done')
    await item('Headers: Authorization, X-Room').waitFor()
    await workbench().screenshot('headers-given')
    await workbench().quickInput().press('Enter')
    await answered().waitFor()
    assert.equal(field('Authorization'), 'Bearer t0ken-t0ken-t0ken')
    assert.equal(field('X-Room'), 'lobby')
  })

  it('are added to a running session, which connects again with them', async () => {
    await workbench().runCommand('Lifeline: Add Header, then Reconnect…')
    await item('X-API-Key').waitFor()
    await choose('X-API-Key')
    // The question for its value takes the place of that for its name.
    await workbench().page.locator('.quick-input-widget input[type=password]').waitFor()
    await workbench().typeInQuickInput('k3y-k3y-k3y-k3y')
    // A command that is typed before it has closed would be its value.
    await workbench().quickInput().waitFor({ state: 'hidden' })
    const notifications = await workbench().openNotifications()
    await notifications.getByText('was connected again with the header X-API-Key').waitFor()
    await answered().waitFor()
    await comesTo(() => field('X-API-Key'), 'k3y-k3y-k3y-k3y')
    assert.equal(field('Authorization'), 'Bearer t0ken-t0ken-t0ken')
    assert.equal(await workbench().page.locator('.part.editor .tab').count(), 1)
  })

  it('are saved as references, whose values are not asked for again', async () => {
    await workbench().runCommand('Lifeline: Save Connection as Profile…')
    await workbench().typeInQuickInput('Kept')
    await workbench().treeRows('Profiles').filter({ hasText: 'Kept' }).waitFor()
    const text = await workbench().savedText('.vscode/lifeline.json', (text) =>
      text.includes('secret:kept-header-x-api-key'),
    )
    assert.match(text, /secret:kept-auth-token/)
    assert.doesNotMatch(text, /t0ken|k3y-k3y/)
    await workbench().runCommand('Lifeline: Connect Saved Profile…')
    const before = server().requests.length
    await workbench().pickItem('Kept')
    await workbench().page.locator('.part.editor .tab').nth(1).waitFor()
    await answered().waitFor()
    await eventually('it has asked', () => server().requests.length > before)
    assert.equal(field('X-API-Key'), 'k3y-k3y-k3y-k3y')
  })
})
