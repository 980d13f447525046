// Every act on the timeline and the places where it can be done, against the manifest, in both directions.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { timelineCommands } from '../../../../src/host/commands/timelineCommands.ts'
import {
  type CommandWithKey,
  commandKeys,
  keyWords,
} from '../../../../src/webview/elements/keyHint.ts'
import { projectFolder } from '../../../support/places.ts'

interface Entry {
  readonly command: string
  readonly when?: string
}

interface Key extends Entry {
  readonly key?: string
  readonly mac?: string
}

interface Contributes {
  readonly commands: readonly { readonly command: string; readonly title: string }[]
  readonly keybindings: readonly Key[]
  readonly menus: Readonly<Record<string, readonly Entry[]>>
}

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8')
const contributes: Contributes = JSON.parse(read('package.json')).contributes

/** By command: `palette`, `key`, and the sections of the page whose native menus have it. */
const places: Readonly<Record<string, string>> = {
  'timeline.pause': 'palette key timeline',
  'timeline.follow': 'palette key timeline',
  'timeline.clear': 'palette key timeline',
  'timeline.wire': 'palette key timeline',
  'timeline.foldEverything': 'palette fold',
  'timeline.foldRepeats': 'palette fold',
  'timeline.foldBursts': 'palette fold',
  'timeline.foldNext': 'palette key',
  'timeline.find': 'palette key timeline',
  'timeline.findNext': 'palette key',
  'timeline.findPrevious': 'palette key',
  'timeline.filter': 'palette key timeline',
  'timeline.filterKind': 'palette filterBy',
  'timeline.filterType': 'palette filterBy',
  'timeline.filterDirection': 'palette filterBy',
  'timeline.filterConnection': 'palette filterBy',
  'timeline.filterBefore': 'palette filterBy',
  'timeline.filterAfter': 'palette filterBy',
  'timeline.goTo': 'palette key timeline',
  'timeline.goToPair': 'palette key rows',
  'timeline.nextError': 'palette key',
  'timeline.previousError': 'palette key',
  'timeline.nextGap': 'palette key',
  'timeline.previousGap': 'palette key',
  'timeline.openPayload': 'palette key rows',
  'timeline.bookmark': 'palette key rows',
  'timeline.bookmarkNote': 'palette rows',
  'timeline.nextBookmark': 'palette key',
  'timeline.previousBookmark': 'palette key',
  'timeline.sendAgain': 'palette key rows',
  'timeline.editAndSend': 'palette key rows',
  'timeline.keepMessage': 'palette rows',
  'timeline.copy': 'palette key rows json',
  'timeline.copyRowsAscii': 'palette copyRows',
  'timeline.copyRowsNdjson': 'palette copyRows',
  'timeline.copyRowsMarkdown': 'palette copyRows',
  'timeline.compareRows': 'palette rows',
  'timeline.copyValue': 'json',
  'timeline.copyPath': 'json',
  'timeline.copyAccess': 'json',
  'timeline.plotValue': 'json',
  'timeline.filterValue': 'json',
  'timeline.showField': 'json',
  'timeline.fields': 'palette key heads',
  'timeline.fitColumns': 'palette heads',
  'timeline.moveDetail': 'palette key heads',
  'timeline.timesBefore': 'palette times',
  'timeline.timesStart': 'palette times',
  'timeline.timesSent': 'palette times',
  'timeline.timesClock': 'palette times',
  'timeline.timesNext': 'palette key',
  'timeline.strip': 'palette key timeline strip',
  'timeline.layout': 'palette key timeline',
  'timeline.statistics': 'palette key timeline strip',
  'timeline.findings': 'palette key timeline',
  'timeline.connections': 'palette timeline',
  'timeline.faults': 'palette timeline',
  'timeline.answer': 'palette key timeline',
  copyDiagram: 'palette key timeline',
  copyShort: 'palette',
  copyMermaid: 'palette',
  copyMarkdown: 'palette',
  copyNdjson: 'palette',
  saveTimeline: 'palette key timeline',
  disconnect: 'palette key timeline',
  reconnect: 'palette key timeline',
  send: 'palette key',
  whichMethod: 'palette timeline',
}

const nameOf = ({ command }: Entry) => command.replace(/^lifeline\./, '')
const isTwin = (name: string) => name.endsWith('Chosen')

/** Of the menus of the page. */
function sectionsOf(name: string): readonly string[] {
  const within = (contributes.menus['webview/context'] ?? []).flatMap((entry) =>
    entry.command === `lifeline.${name}` ? [section(entry)] : [],
  )
  const below = ['filterBy', 'copyRows'].filter((menu) =>
    contributes.menus[`lifeline.${menu}`]?.some((entry) => nameOf(entry) === name),
  )
  return [...within, ...below]
}

function section({ when = '' }: Entry): string {
  return /webviewSection == '(\w+)'/.exec(when)?.[1] ?? '?'
}

function placesOf(name: string): string {
  const hidden = contributes.menus['commandPalette']?.find((entry) => nameOf(entry) === name)
  const parts = [
    ...(hidden?.when === 'false' ? [] : ['palette']),
    ...(contributes.keybindings.some((entry) => nameOf(entry) === name) ? ['key'] : []),
    ...new Set(sectionsOf(name)),
  ]
  return parts.join(' ')
}

describe('the acts on a timeline', () => {
  for (const [name, where] of Object.entries(places)) {
    it(`are where they belong: ${name}`, () => assert.equal(placesOf(name), where))
  }

  it('are all in the table, and have a command each', () => {
    const named = contributes.commands.map(nameOf).filter((name) => name.startsWith('timeline.'))
    const acts = Object.keys(timelineCommands).map((name) => `timeline.${name}`)
    assert.deepEqual(named.toSorted(), acts.toSorted())
    const untold = named.filter((name) => !isTwin(name) && places[name] === undefined)
    assert.deepEqual(untold, [])
  })

  it('have a twin with a tick for each choice, in its place where it is made', () => {
    const menu = contributes.menus['webview/context'] ?? []
    const twins = contributes.commands.filter((entry) => isTwin(nameOf(entry)))
    assert.equal(twins.length, 7)
    for (const twin of twins) {
      const plain = twin.command.replace(/Chosen$/, '')
      const { title = '' } = contributes.commands.find(({ command }) => command === plain) ?? {}
      assert.equal(twin.title, `✓ ${title}`)
      const [shown, hidden] = [twin.command, plain].map((command) =>
        menu.find((entry) => entry.command === command),
      )
      assert.equal(shown?.when?.replace(/ == '(\w+)'$/, " != '$1'"), hidden?.when)
    }
  })

  it('have keys that act on the timeline alone, and none for two acts', () => {
    const own = contributes.keybindings.filter(({ command }) => !command.endsWith('deleteCapture'))
    for (const { when } of own)
      assert.match(when ?? '', /^activeWebviewPanelId == 'lifeline.timeline'/)
    for (const one of ['key', 'mac'] as const) {
      const keys = own.flatMap((entry) => entry[one] ?? (one === 'mac' ? entry.key : []) ?? [])
      assert.deepEqual(keys.toSorted(), [...new Set(keys)].toSorted())
    }
  })

  it('have tooltips with the keys that the manifest gives them', () => {
    for (const [name, [key, mac]] of Object.entries(commandKeys)) {
      const bound = contributes.keybindings.find((entry) => nameOf(entry) === name)
      assert.deepEqual([bound?.key, bound?.mac ?? bound?.key], [key, mac], name)
    }
    assert.equal(keyWords('timeline.pause', false), 'Ctrl+Shift+Space')
    assert.equal(keyWords('timeline.pause', true), '⇧⌘Space')
    assert.equal(keyWords('timeline.strip', true), '⌥⌘O')
  })

  it('have keys that the documentation tells', () => {
    const [, keys = ''] = read('docs/timeline.md').split('\n## Keys\n')
    for (const name of Object.keys(commandKeys) as CommandWithKey[]) {
      assert.ok(keys.includes(keyWords(name, false)), `${name}: ${keyWords(name, false)}`)
    }
  })
})
