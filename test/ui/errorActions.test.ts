// Acts of the user on an error, in a real workbench: trusts a certificate, enters a secret again, connects by another method.

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'
import { helloFeed } from '../support/servers/helloFeed.ts'
import {
  answer,
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../support/servers/httpServer.ts'
import { makeCertificate } from '../support/servers/testCertificate.ts'

const certificate = makeCertificate({ name: 'Itself', addresses: ['127.0.0.1'] })
const { fingerprint256 } = new X509Certificate(certificate.cert)

/** More than one capture of a megabyte holds, and then nothing more. */
const large: HttpBehaviour = ({ socket }) => {
  socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n')
  for (let n = 0; n < 30; n++) socket.write(`data: ${'x'.repeat(60_000)}\n\n`)
  socket.write('data: all of it\n\n')
}

const guarded: HttpBehaviour = (request) => {
  const isRight = request.header('authorization') === 'Bearer right-secret'
  const type = 'Content-Type: text/event-stream'
  if (isRight) answer(200, [type], 'data: welcome\n\n')(request)
  else answer(401, ['WWW-Authenticate: Bearer'], '{"error":"invalid"}')(request)
}

const modelError =
  '{"error":{"message":"The model is overloaded, and asks you to come back in a while when there is more room for what you want of it.","type":"overloaded_error"}}'

const up = answer(200, ['Content-Type: application/json'], '{"well":true}')
const down = answer(503, [], 'down for now')

describe('an error in the workbench', function () {
  this.timeout(240_000)
  let secure: TestHttpServer
  let plain: TestHttpServer
  let other: TestHttpServer
  let workbench: Workbench
  before(async () => {
    secure = await startHttpServer({ '/feed': answer(200, [], 'hello') }, certificate)
    other = await startHttpServer({ '/feed': helloFeed })
    plain = await startHttpServer({
      '/json': answer(200, ['Content-Type: application/json'], '{"items":[1]}'),
      '/guarded': guarded,
      '/large': large,
      '/untyped': answer(200, ['Content-Type: text/plain'], 'data: typed after all\n\n'),
      '/model': answer(200, ['Content-Type: text/event-stream'], modelError),
      '/flaky': (request) => (request.nth % 2 === 0 ? down : up)(request),
      '/moved': answer(301, [`Location: ${other.origin}/feed`]),
      '/right': answer(200, ['Content-Type: text/event-stream'], 'data: at the right place\n\n'),
    })
    const profile = {
      name: 'Guarded',
      url: `${plain.origin}/guarded`,
      method: 'sse',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as a profile has it
      auth: { type: 'bearer', token: '${secret:api}' },
      reconnect: { attempts: 0 },
    }
    const moved = {
      name: 'Moved',
      url: `${plain.origin.replace('http', 'ws')}/moved`,
      headers: { 'X-Api-Key': 'a-key-of-the-profile' },
    }
    const taken = Number(new URL(other.origin).port)
    const elsewhere = { name: 'Elsewhere', url: plain.origin, tap: { port: taken } }
    workbench = await openWorkbench({
      machineSettings: { 'lifeline.capture.maxSize': 1 },
      files: {
        '.vscode/lifeline.json': JSON.stringify({ profiles: [profile, moved, elsewhere] }),
      },
    })
    await workbench.openLifelineView()
  })
  after(async () => {
    await workbench?.close()
    await secure?.close()
    await plain?.close()
    await other?.close()
  })

  const frame = () => workbench.timelineFrame()
  const row = (text: string | RegExp) => frame().locator('.row', { hasText: text })
  const button = (name: string) => frame().getByRole('button', { name, exact: true })

  async function connect(command: string, url: string): Promise<void> {
    await workbench.runCommand(command)
    await workbench.typeInQuickInput(url)
  }

  it('lets exactly one certificate be trusted for a typed URL, after a question that shows it', async () => {
    await connect('Lifeline: Connect with Polling…', `${secure.origin}/feed`)
    await row('is not trusted: it is self-signed').waitFor()
    assert.equal(secure.requests.length, 0)
    await button('Trust this certificate…').click()
    const question = workbench.page.locator('.monaco-dialog-box')
    for (const fact of ['it is self-signed', 'CN=Itself', 'IP Address:127.0.0.1', fingerprint256]) {
      await question.getByText(fact).first().waitFor()
    }
    assert.equal(await question.getByText('Save in Profile').count(), 0)
    await workbench.screenshot('trust-question')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    assert.equal(secure.requests.length, 0, 'nothing was trusted yet')
    await button('Trust this certificate…').click()
    await question.getByText('Trust for This Session').click()
    await row('hello').first().waitFor()
    await button('Trust this certificate…').waitFor({ state: 'detached' })
    assert.ok(secure.requests.length > 0)
  })

  it('connects by the method that the answer shows to fit', async () => {
    await connect('Lifeline: Connect with Server-Sent Events…', `${plain.origin}/json`)
    await row('The answer is application/json').waitFor()
    await row('end · Ended by the error above.').waitFor()
    await workbench.screenshot('connect-as')
    await button('Connect as polling').click()
    await row('items').first().waitFor()
    await frame().getByText('Polling · ').waitFor()
  })

  it('asks for a wrong URL again, filled in, and connects in the same timeline', async () => {
    await connect('Lifeline: Connect with Server-Sent Events…', `${plain.origin}/rigt`)
    await row('404').first().waitFor()
    const offered = await frame().locator('.offer').allTextContents()
    assert.deepEqual(offered, ['Change the URL…', 'Show what came', 'Retry'])
    await workbench.screenshot('change-url')
    await button('Change the URL…').click()
    await workbench.page.locator('.quick-input-title', { hasText: 'Change the URL' }).waitFor()
    assert.equal(await workbench.quickInput().inputValue(), `${plain.origin}/rigt`)
    await workbench.typeInQuickInput(`${plain.origin}/right`)
    await row('at the right place').waitFor()
    await frame().getByText('Server-Sent Events · ').waitFor()
  })

  it('connects with the scheme that the server speaks', async () => {
    // Unlike the test server it answers to what is no HTTP, as those of everyday life do.
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.end('data: in the clear\n\n')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const place = `127.0.0.1:${(server.address() as AddressInfo).port}/right`
    await connect('Lifeline: Connect with Server-Sent Events…', `https://${place}`)
    await row('what came is not TLS').first().waitFor()
    const offered = async () => (await frame().locator('.offer').allTextContents()).slice(0, 3)
    await comesTo(offered, [`Connect to http://${place}`, 'Change the URL…', 'Retry'])
    await workbench.screenshot('connect-to')
    await button(`Connect to http://${place}`).click()
    await row('in the clear').first().waitFor()
    server.close()
    server.closeAllConnections()
  })

  it('reads as an event stream what begins like one', async () => {
    await connect('Lifeline: Connect with Server-Sent Events…', `${plain.origin}/untyped`)
    await button('Read as an event stream').click()
    await row('event').filter({ hasText: 'typed after all' }).waitFor()
  })

  it('asks for a larger limit of captures, keeps it and connects again', async () => {
    await connect('Lifeline: Connect with Server-Sent Events…', `${plain.origin}/large`)
    await row('The capture has reached its limit of 1 MiB.').waitFor()
    await button('Change the limit…').click()
    await workbench.typeInQuickInput('0', { accept: false })
    await workbench.quickInputMessage().filter({ hasText: 'from 1 to' }).waitFor()
    await workbench.typeInQuickInput('64')
    await row('all of it').waitFor()
    await comesTo(() => button('Change the limit…').count(), 0)
  })

  it('asks before credentials go to where a server says, and keeps the URL in the profile', async () => {
    await workbench.runCommand('Lifeline: Connect Saved Profile…')
    await workbench.pickItem('Moved')
    const target = `${other.origin.replace('http', 'ws')}/feed`
    const offered = `Connect to ${target}`
    await button(offered).click()
    const question = workbench.page.locator('.monaco-dialog-box')
    await question.getByText('goes to another server').waitFor()
    await workbench.screenshot('other-url-question')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    assert.equal(other.requests.length, 0)
    await button(offered).click()
    await question.getByRole('button', { name: 'Connect' }).click()
    await row('hello').first().waitFor()
    assert.equal(other.requests[0]?.header('x-api-key'), 'a-key-of-the-profile')
    const notifications = await workbench.openNotifications()
    await notifications.getByRole('button', { name: 'Save in Profile' }).click()
    const file = join(workbench.folder, '.vscode/lifeline.json')
    await eventually('the profile has the URL', () => readFileSync(file, 'utf8').includes(target))
  })

  it('tells a JSON error in place of events by its own message, and asks no more', async () => {
    await connect('Lifeline: Connect with Server-Sent Events…', `${plain.origin}/model`)
    const panel = frame().getByRole('region', { name: 'What went wrong' })
    await panel.getByText('“The model is overloaded, and asks you').waitFor()
    await panel.getByText('what you want of it.” (overloaded_error).').waitFor()
    await row('end · Ended by the error above.').waitFor()
    await workbench.screenshot('json-error')
    await button('Show what came').click()
    await frame().getByRole('tree').getByText('"overloaded_error"').waitFor()
    assert.equal(plain.requests.filter(({ target }) => target === '/model').length, 1)
  })

  it('keeps an error calm that every other poll has', async () => {
    await connect('Lifeline: Connect with Polling…', `${plain.origin}/flaky`)
    const panel = frame().getByRole('region', { name: 'What went wrong' })
    await panel.getByText('It comes and goes, the last time at').waitFor()
    await row('✕ The server answered 503 Service Unavailable.').nth(2).waitFor()
    await panel.getByText('It comes and goes, the last time at').waitFor()
    await workbench.screenshot('flaky')
    await button('Disconnect').click()
    await panel.waitFor({ state: 'detached' })
  })

  it('asks for a refused secret again, stores it and connects', async () => {
    await workbench.runCommand('Lifeline: Connect Saved Profile…')
    await workbench.pickItem('Guarded')
    await workbench.typeInQuickInput('wrong-secret')
    await frame().getByText('The credentials that were sent are refused').first().waitFor()
    await button('Enter the secret again…').click()
    await workbench.quickInputMessage().filter({ hasText: 'secret:api' }).waitFor()
    await workbench.typeInQuickInput('right-secret')
    await row('welcome').waitFor()
    const seen = plain.requests.map((request) => request.header('authorization') ?? '')
    assert.deepEqual(
      [...new Set(seen.filter((one) => one !== ''))],
      ['Bearer wrong-secret', 'Bearer right-secret'],
    )
  })

  it('lets a tap listen on a free port where its own is taken', async () => {
    await workbench.treeRows('Profiles').filter({ hasText: 'Elsewhere' }).dblclick()
    await row('Another program listens on port').waitFor()
    await row('Another program listens on port').click()
    await button('Listen on a free port').click()
    await row('Point your program to').waitFor()
  })
})
