// A real browser's page through a tap: what the page gets is what it gets without one, and all of it is recorded.

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'mocha'
import type { Browser, Page } from 'playwright-core'
import type { Frame } from '../../src/shared/frame/frame.ts'
import { wholeAnalysis } from '../support/captures/wholeAnalysis.ts'
import { launchChromium } from '../support/editor/chromium.ts'
import { comesTo, eventually } from '../support/eventually.ts'
import { type Got, type LivePage, startLivePage } from '../support/servers/livePage.ts'
import { startTap, type TapSession } from '../support/tap/tapSession.ts'

describe('a page in a browser through a tap', () => {
  let chromium: Browser
  let server: LivePage
  let tap: TapSession
  let page: Page
  let faults: string[]
  before(async () => {
    chromium = await launchChromium()
  })
  after(() => chromium.close())

  beforeEach(async () => {
    server = await startLivePage()
    tap = startTap(server.origin)
    await eventually('the tap listens', () => tap.session.status().listening !== null)
    faults = []
    page = await chromium.newPage()
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    page.on('pageerror', (error) => faults.push(error.message))
  })
  afterEach(async () => {
    await page.close()
    await tap.stop()
    await server.close()
    assert.deepEqual(tap.faults, [])
  })

  const origin = () => tap.session.status().listening ?? ''
  const got = () => page.evaluate<Got>('got')
  const pathOf = (target: string) => target.replace(/\?.*/, '')
  const requestsTo = (path: string) =>
    tap.all('request').filter(({ detail }) => pathOf(detail.target) === path)
  const on = (frame: Frame | undefined) =>
    tap.frames.filter(({ connection }) => connection === frame?.connection)

  /** Opens the page, and waits until each of its ways has brought something. */
  async function openLive(): Promise<Got> {
    await page.goto(`${origin()}/`)
    await eventually('all ways have brought something', async () => {
      const { polls, waits, events, closed, order, landed } = await got()
      const all = [polls.length >= 3, waits.length >= 3, events.length === 6, closed !== '']
      return all.every(Boolean) && order !== null && landed !== ''
    })
    return got()
  }

  it('brings the page all that its server sends', async () => {
    const { polls, waits, events, opened, messages, extensions, closed, order, landed } =
      await openLive()
    assert.deepEqual(new Set(polls), new Set([3]))
    assert.deepEqual(waits.slice(0, 3), [1, 2, 3])
    assert.deepEqual([events, opened], [['1', '2', '3', '4', '5', '6'], 2])
    assert.deepEqual(messages, ['hello '.repeat(40), 'bytes: 1,2,3'])
    assert.deepEqual([extensions, closed], ['permessage-deflate', '4001 enough true'])
    // The page is at the tap, its server sees its own name.
    const cookie = 'visitor=anna; session=0123456789abcdef'
    assert.deepEqual(order, { cookie, origin: server.origin })
    assert.equal(landed, `${origin()}/landed`)
    assert.deepEqual(faults, [])
    const hosts = new Set(server.requests.map(({ headers }) => headers.host))
    assert.deepEqual(hosts, new Set([new URL(server.origin).host]))
  })

  it('records what each of its ways asks and gets', async () => {
    await openLive()
    const purposes = (path: string) => new Set(requestsTo(path).map(({ detail }) => detail.purpose))
    await eventually('its polls are recognised', () => purposes('/cart').has('poll'))
    await eventually('its long polls are', () => purposes('/updates').has('long-poll'))
    assert.deepEqual(purposes('/prices'), new Set(['stream']))
    assert.deepEqual(purposes('/chat'), new Set(['handshake']))
    assert.deepEqual(purposes('/orders'), new Set(['request']))

    assert.deepEqual(
      tap.all('event').map((one) => [one.detail.lastEventId, one.detail.type, tap.text(one)]),
      [1, 2, 3, 4, 5, 6].map((id) => [`${id}`, 'price', `{"price":${id}}`]),
    )
    const streams = requestsTo('/prices')
    assert.equal(new Set(streams.map(({ connection }) => connection)).size, 2)
    assert.deepEqual(
      streams.map(({ detail }) => detail.headers.find(([name]) => /^last-event-id$/i.test(name))),
      [undefined, ['Last-Event-ID', '3']],
    )

    const messages = on(requestsTo('/chat')[0]).filter(({ kind }) => kind === 'message')
    assert.deepEqual(
      messages.map((one) => [one.direction, tap.text(one)]).sort(),
      ['in', 'out'].flatMap((way) => [
        [way, '\x01\x02\x03'],
        [way, 'hello '.repeat(40)],
      ]),
    )
    // On the wire it is smaller, as the browser and the server have agreed.
    const text = messages.find(({ sizeBytes }) => sizeBytes === 240)
    assert.ok(text && text.wireBytes < 60, `${text?.wireBytes} bytes on the wire`)
    assert.deepEqual(
      tap.all('close').map(({ direction, detail }) => [direction, detail.code, detail.reason]),
      [
        ['out', 4001, 'enough'],
        ['in', 4001, 'enough'],
      ],
    )
    const agents = tap.all('request').map(({ detail }) => detail.client?.agent)
    assert.deepEqual(new Set(agents), new Set([await page.evaluate('navigator.userAgent')]))
  })

  it('hides the cookies of its server, both ways', async () => {
    await openLive()
    const recorded = JSON.stringify(tap.frames)
    assert.doesNotMatch(recorded, /0123456789abcdef|anna/)
    assert.match(recorded, /session=\$\{secret:/)
  })

  it('lists its connections, each as what it is', async () => {
    await openLive()
    await comesTo(
      () =>
        wholeAnalysis(tap.capture, 'connections')
          .rows.map(({ path, sort, methods }) => [path, sort, methods.join()])
          .sort(),
      [
        ['/', 'request', 'GET'],
        ['/cart', 'polling', 'GET'],
        ['/chat', 'websocket', 'GET'],
        ['/landed', 'request', 'GET'],
        ['/moved', 'request', 'GET'],
        ['/orders', 'request', 'POST'],
        ['/prices', 'sse', 'GET'],
        ['/updates', 'long-polling', 'GET'],
      ],
    )
    const rows = wholeAnalysis(tap.capture, 'connections').rows
    const [prices, chat] = ['/prices', '/chat'].map((path) => rows.find((row) => row.path === path))
    assert.ok(prices && chat)
    assert.deepEqual(
      [prices.opened, prices.resumed, prices.events, prices.state],
      [2, 1, 6, 'open'],
    )
    assert.deepEqual([chat.messagesIn, chat.messagesOut, chat.state], [2, 2, 'ended'])
  })

  it('tells of each of its streams that the page has left', async () => {
    await openLive()
    await page.goto('about:blank')
    await eventually('the stream is left', () =>
      tap.all('notice').some(({ code }) => code === 'tap-client-left'),
    )
    const left = tap.all('notice').filter(({ code }) => code === 'tap-client-left')
    assert.ok(left.some(({ connection }) => connection === requestsTo('/prices')[1]?.connection))
  })

  it('lets a page of another origin ask as it may without the tap', async () => {
    const other = await startLivePage()
    try {
      await page.goto(`${other.origin}/empty`)
      const ask = (to: string) =>
        page.evaluate<string[]>(`(async () => {
          const answer = await fetch('${to}/shared', { method: 'PUT', headers: { 'x-own': '1' } })
          return [answer.type, await answer.json(), answer.headers.get('x-origin')]
        })()`)
      const direct = await ask(server.origin)
      assert.deepEqual(direct, ['cors', 'shared', other.origin])
      assert.deepEqual(await ask(origin()), direct)
      await comesTo(
        () => requestsTo('/shared').map(({ detail }) => detail.method),
        ['OPTIONS', 'PUT'],
      )
      // What is refused without it is refused with it.
      const refused = await page.evaluate<string>(`fetch('${origin()}/cart').catch(String)`)
      assert.match(refused, /^TypeError/)
    } finally {
      await other.close()
    }
  })
})
