// The acts on a value in the payload's tree: each is offered only where it can work, whatever the peer's names are.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkPaths } from '../../../../src/shared/calls/callArguments.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'
import { filterLimits, profilesLimits } from '../../../../src/shared/limits.ts'
import { readValuePlace } from '../../../../src/shared/session/values.ts'
import { fieldActions, toggleField } from '../../../../src/webview/detail/payload/fieldActions.ts'
import { plotAction } from '../../../../src/webview/detail/payload/plotAction.ts'
import { filterByValue } from '../../../../src/webview/detail/payload/valueActions.ts'
import { nodeAt } from '../../../../src/webview/json/jsonPlaces.ts'
import { createPlots } from '../../../../src/webview/model/plots.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'
import { rootOf } from '../../../support/samples/scannedJson.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const

/** The number in a message under such a name. */
function under(name: string) {
  const bytes = JSON.stringify({ [name]: 1 })
  const [row] = sampleRows([{ kind: 'message', detail: text, bytes }])
  assert.ok(row)
  return { row, place: nodeAt(rootOf(bytes), '$.0') }
}

function fieldsOf(paths: readonly string[]) {
  const fields = {
    paths,
    choose(next: readonly string[]) {
      fields.paths = next
    },
  }
  return fields
}

function shownOf(text: string) {
  const shown = {
    filter: { text },
    setText(next: string) {
      shown.filter = { text: next }
    },
  }
  return shown as typeof shown & Parameters<typeof filterByValue>[0]['shown']
}

const longest = 'x'.repeat(profilesLimits.pathChars - 2)

describe('an act on a value', () => {
  it('shows its field in rows where the host takes its path, and hides it again', () => {
    const fields = fieldsOf(['price'])
    const [show, hide] = fieldActions(fields)
    assert.ok(show && hide)
    const { place } = under(longest)
    assert.ok(show.fits(place))
    show.run(place)
    assert.deepEqual(checkPaths(fields.paths), ['price', longest])
    assert.deepEqual([show.fits(place), hide.fits(place)], [false, true])
    hide.run(place)
    assert.deepEqual(fields.paths, ['price'])
    for (const name of ['x'.repeat(1001), ' '.repeat(1001), '"'.repeat(501)]) {
      const long = under(name).place
      assert.deepEqual([show.fits(long), hide.fits(long)], [false, false])
      toggleField(fields, long.path)
      assert.deepEqual(fields.paths, ['price'])
    }
  })

  it('filters where the filter can be read', () => {
    const shown = shownOf('dir:in')
    const act = filterByValue({ shown })
    act.run(under('price').place)
    assert.equal(shown.filter.text, 'dir:in $.price = 1')
    const { chars, conditions } = filterLimits
    for (const [before, name] of [
      ['', 'x'.repeat(chars)],
      ['y'.repeat(chars - 100), 'x'.repeat(100)],
      [Array.from({ length: conditions }, (_, n) => `w${n}`).join(' '), 'price'],
    ] as const) {
      assert.deepEqual(parseFilter(before).mistakes, [])
      const full = shownOf(before)
      const refused = filterByValue({ shown: full })
      assert.equal(refused.fits(under(name).place), false)
      refused.run(under(name).place)
      assert.equal(full.filter.text, before)
    }
  })

  it('plots a number where the host takes its place', () => {
    const plots = createPlots(() => {}, assert.fail)
    const fits = ({ row, place }: ReturnType<typeof under>) =>
      plotAction({ plots }, row).fits(place)
    const longestPlotted = under(longest)
    assert.ok(fits(longestPlotted))
    plotAction({ plots }, longestPlotted.row).run(longestPlotted.place)
    assert.deepEqual(plots.list.map(readValuePlace), plots.list)
    assert.equal(plots.list.length, 1)
    assert.equal(fits(under(`${longest}x`)), false)
    const typed = { type: 't'.repeat(101), lastEventId: '' }
    const [event] = sampleRows([{ kind: 'event', detail: typed, bytes: '{"price":1}' }])
    assert.ok(event)
    assert.equal(fits({ ...under('price'), row: event }), false)
  })
})
