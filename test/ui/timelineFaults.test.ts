// The pane of a tap's faults: what is on, what is turned on with which numbers, and a cut.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { TapFault } from '../../src/shared/session/tapFaults.ts'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the faults of a tap', () => {
  const { open, press, host, askHost } = useTimelinePage()

  const openFaults = async () => {
    const page = await open({ scene: 'tap', width: 1400 })
    await page.getByRole('button', { name: 'Faults', exact: true }).click()
    const pane = page.getByRole('region', { name: 'Faults' })
    await pane.waitFor()
    return { page, pane }
  }

  /** The faults that were asked for, each time. */
  const asked = () =>
    askHost(({ calls }) =>
      calls.flatMap(({ method, args }) =>
        method === 'setFaults' ? [args[0] as readonly TapFault[]] : [],
      ),
    )

  it('turns one on with its numbers, shows it, and turns it off', async () => {
    const { page, pane } = await openFaults()
    await pane.getByRole('button', { name: /^Delay off/ }).click()
    await pane.getByRole('textbox', { name: 'By', exact: true }).fill('1.5s')
    await pane.getByRole('textbox', { name: 'More or less by' }).fill('0ms')
    await pane.getByRole('combobox', { name: 'On what goes' }).selectOption('to my program')
    const where = pane.getByRole('textbox', { name: 'Where' }).first()
    await where.fill('/api/*')
    await where.press('Enter')
    await pane.getByRole('button', { name: 'Delay 1.5 s · /api/*' }).waitFor()
    const act = { kind: 'delay', ms: 1500, jitterMs: 0, way: 'client' }
    const delay = { act, path: '/api/*', connection: null, forMs: null }
    await comesTo(async () => (await asked()).length, 1)
    assert.deepEqual((await asked())[0], [delay])
    await page.getByRole('button', { name: '1 fault on' }).waitFor()
    await pane.getByRole('button', { name: 'Turn off' }).click()
    await pane.getByRole('button', { name: 'Delay off' }).waitFor()
    assert.deepEqual((await asked()).at(-1), [])
  })

  it('leaves the others on when one is turned on', async () => {
    const { pane } = await openFaults()
    for (const name of ['Drop pings', 'Refuse connections']) {
      await pane.getByRole('button', { name: `${name} off` }).click()
      await pane.getByRole('button', { name: 'Turn on' }).click()
      await pane.getByRole('button', { name: `${name} on` }).waitFor()
    }
    const kinds = (await asked()).map((faults) => faults.map(({ act }) => act.kind).join())
    assert.deepEqual(kinds, ['drop-pings', 'drop-pings,refuse'])
  })

  it('goes to what cannot be read', async () => {
    const { page, pane } = await openFaults()
    await pane.getByRole('button', { name: 'Limit the rate off' }).click()
    const rate = pane.getByRole('textbox', { name: 'Each second' })
    await rate.fill('fast')
    await pane.getByRole('button', { name: 'Turn on' }).click()
    await comesTo(() => rate.getAttribute('aria-invalid'), 'true')
    await comesTo(() => page.locator('[name=bytesPerSecond]:focus').count(), 1)
    assert.deepEqual(await asked(), [])
  })

  it('cuts a connection, in order or with a reset', async () => {
    const { pane } = await openFaults()
    const cuts = () =>
      askHost(({ calls }) =>
        calls.filter(({ method }) => method === 'cut').map(({ args }) => args[0]),
      )
    await pane.getByRole('textbox', { name: 'Where' }).last().fill('#7')
    await pane.getByRole('button', { name: 'In order' }).click()
    await pane.getByRole('button', { name: 'With a reset' }).click()
    await comesTo(async () => (await cuts()).length, 2)
    const cut = { path: '', connection: 7 }
    assert.deepEqual(await cuts(), [
      { ...cut, orderly: true },
      { ...cut, orderly: false },
    ])
  })

  it('closes by Escape, and says when nothing can be turned on', async () => {
    const { page, pane } = await openFaults()
    await host((fake) => fake.status({ state: 'ended', listening: null }))
    await pane.getByText('Faults can be turned on while a tap listens.').waitFor()
    await press('Escape')
    await pane.waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('button', { name: 'Faults', exact: true }).count(), 0)
  })

  it('is for taps alone', async () => {
    const page = await open({ scene: 'outage' })
    assert.equal(await page.getByRole('button', { name: 'Faults', exact: true }).count(), 0)
    await host((fake) => fake.perform('faults'))
    await page.getByText('Only a tap makes faults on purpose').first().waitFor()
  })
})
