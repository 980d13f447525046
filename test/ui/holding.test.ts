// A user holds a message of a program in VS Code, changes it and lets it pass, and sends one of their own.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'
import { startWsServer, type TestWsServer } from '../support/servers/wsServer.ts'

describe('holding what passes a tap, in the workbench', () => {
  let server: TestWsServer
  let workbench: Workbench
  let program: WebSocket
  const arrived: string[] = []
  const heard: string[] = []
  before(async () => {
    const accept = (socket: WebSocket) =>
      socket.on('message', (data) => {
        arrived.push(String(data))
        socket.send('ok')
      })
    server = await startWsServer({ accepted: { '/': accept } })
    workbench = await openWorkbench({ files: {}, theme: 'dark' })
    await workbench.openLifelineView()
    await workbench.runCommand('Lifeline: Tap a Server…')
    await workbench.typeInQuickInput(server.url('/').replace('ws:', 'http:'))
    const notice = workbench.timelineFrame().locator('.row', { hasText: 'Point your program to' })
    await notice.waitFor()
    const [port = ''] = /localhost:\d+/.exec((await notice.textContent()) ?? '') ?? []
    program = new WebSocket(`ws://${port}/`)
    program.on('message', (data) => heard.push(String(data)))
    await once(program, 'open')
  })
  after(async () => {
    program?.terminate()
    await workbench?.close()
    await server?.close()
  })

  const pane = () => workbench.timelineFrame().getByRole('region', { name: 'Faults' })

  it('holds a message, which goes on as it was changed', async () => {
    const frame = workbench.timelineFrame()
    await frame.getByRole('button', { name: 'Faults', exact: true }).click()
    await pane().getByRole('button', { name: 'Hold off' }).click()
    await pane().getByRole('combobox', { name: 'On what goes' }).selectOption('to the server')
    await pane().getByRole('textbox', { name: 'What matches' }).fill('size:<1kB kind:message')
    await pane().getByRole('textbox', { name: 'What matches' }).press('Enter')
    await pane().getByText('Nothing waits now.').waitFor()
    program.send('{"op":"order","size":0.01}')
    await frame.getByRole('button', { name: '1 held' }).click()
    const box = pane().getByRole('textbox', { name: 'Message', exact: true })
    await comesTo(() => box.inputValue(), '{"op":"order","size":0.01}')
    assert.deepEqual(arrived, [])
    await box.fill('{"op":"order","size":0.1}')
    await pane().getByText('was 0.01').waitFor()
    await workbench.screenshot('tap-held')
    await box.press('Control+Enter')
    await comesTo(() => arrived.join('\n'), '{"op":"order","size":0.1}')
    await frame.locator('.row', { hasText: 'passed changed' }).waitFor()
    await comesTo(() => heard.join(), 'ok')
  })

  it('sends a message into the WebSocket of the selected row', async () => {
    const frame = workbench.timelineFrame()
    await frame.locator('.row', { hasText: 'ok' }).last().click()
    await pane().getByRole('button', { name: 'to my program…' }).click()
    const box = pane().getByRole('textbox', { name: 'Message to my program' })
    await box.fill('from me')
    await workbench.screenshot('tap-send-into')
    await box.press('Control+Enter')
    await comesTo(() => heard.join(), 'ok,from me')
    await frame.locator('.row', { hasText: 'sent by Lifeline' }).waitFor()
  })

  it('lets pass what waits when it holds no more', async () => {
    program.send('waits')
    await workbench.timelineFrame().getByRole('button', { name: '1 held' }).waitFor()
    await pane()
      .getByRole('button', { name: /^Hold by / })
      .click()
    await pane().getByRole('button', { name: 'Hold no more' }).click()
    await comesTo(() => arrived.at(-1), 'waits')
    await workbench.timelineFrame().locator('.row', { hasText: 'passed unchanged' }).waitFor()
  })
})
