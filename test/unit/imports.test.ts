import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, sep } from 'node:path'
import { describe, it } from 'mocha'
import {
  findCycle,
  type Import,
  parseImports,
  readImports,
  siblingArrows,
} from '../support/importGraph.ts'
import { projectFolder } from '../support/places.ts'

const sourceFolder = join(projectFolder, 'src')
const imports = readImports(sourceFolder)
const files = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
)

/**
 * The table "Who may import whom" of docs/architecture.md, most particular folder first. `inside`
 * are folders below src, `packages` are names of packages, `node` says whether Node's modules are
 * allowed.
 */
const layers: readonly {
  readonly folder: string
  readonly inside: readonly string[]
  readonly packages: readonly string[]
  readonly node: boolean
}[] = [
  { folder: 'shared/', inside: ['shared/'], packages: ['re2js'], node: false },
  {
    folder: 'engine/protocols/',
    inside: ['engine/protocols/', 'shared/'],
    packages: [],
    node: false,
  },
  {
    folder: 'engine/transports/',
    inside: ['engine/transports/', 'engine/protocols/', 'shared/'],
    packages: [
      'ws',
      'eventsource',
      'http-proxy-agent',
      'https-proxy-agent',
      'socks-proxy-agent',
      'tough-cookie',
    ],
    node: true,
  },
  {
    folder: 'engine/decoders/',
    inside: ['engine/decoders/', 'engine/protocols/', 'shared/'],
    packages: [],
    node: false,
  },
  {
    folder: 'engine/analyses/',
    inside: ['engine/analyses/', 'engine/protocols/', 'shared/'],
    packages: [],
    node: false,
  },
  {
    folder: 'engine/capture/',
    inside: ['engine/capture/', 'engine/decoders/', 'engine/analyses/', 'shared/'],
    packages: [],
    node: true,
  },
  {
    folder: 'engine/exports/',
    inside: ['engine/exports/', 'engine/decoders/', 'engine/analyses/', 'shared/'],
    packages: [],
    node: false,
  },
  {
    folder: 'engine/comparison/',
    inside: ['engine/comparison/', 'engine/analyses/', 'shared/'],
    packages: [],
    node: false,
  },
  { folder: 'engine/replay/', inside: ['engine/', 'shared/'], packages: ['ws'], node: true },
  { folder: 'engine/', inside: ['engine/', 'shared/'], packages: [], node: true },
  {
    folder: 'host/',
    inside: ['host/', 'shared/'],
    packages: ['vscode', 'jsonc-parser'],
    node: true,
  },
  {
    folder: 'webview/',
    inside: ['webview/', 'shared/'],
    packages: ['lit', '@vscode-elements/elements', '@vscode/codicons', 'jsonc-parser', 'uplot'],
    node: false,
  },
  {
    folder: 'cli/',
    inside: ['cli/', 'engine/', 'shared/'],
    packages: ['jsonc-parser'],
    node: true,
  },
  { folder: 'demo/', inside: ['demo/', 'engine/', 'shared/'], packages: ['ws'], node: true },
  // extension.ts joins the host's parts.
  { folder: '', inside: ['host/', 'shared/'], packages: ['vscode'], node: true },
]

function isAllowed({ from, to, internal }: Import): boolean {
  const layer = layers.find(({ folder }) => from.startsWith(folder))
  if (!layer) return false
  if (internal) return layer.inside.some((folder) => to.startsWith(folder))
  if (isBuiltin(to)) return layer.node && to.startsWith('node:')
  return layer.packages.some((name) => to === name || to.startsWith(`${name}/`))
}

/** What the table "Arrows between sibling folders" of docs/architecture.md says, in the form of `siblingArrows`. */
const tableOfArrows = readFileSync(join(projectFolder, 'docs/architecture.md'), 'utf8')
  .split('### Arrows between sibling folders')[1]
  ?.split('\n## ')[0]
  ?.matchAll(/^\| `(\S+)` +\| (\S+) +\| (.+?) +\|$/gm)

describe('the imports below src', () => {
  it('keep to who may import whom', () => {
    const wrong = imports.filter((one) => !isAllowed(one))
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} imports ${to}`),
      [],
    )
    assert.ok(imports.length > 50, 'the imports have been found')
  })

  it('have no cycle', () => {
    assert.equal(findCycle(imports)?.join(' → '), undefined)
  })

  it('go between sibling folders as the table says, and in no circle', () => {
    const inside = siblingArrows(imports).filter((arrow) => !arrow.startsWith(': '))
    const written = [...(tableOfArrows ?? [])].flatMap(([, folder, from, to]) =>
      `${to}`.split(', ').map((one) => `${folder}: ${from} → ${one}`.replaceAll('`', '')),
    )
    assert.deepEqual(inside, written.sort())
    const links = inside.map((arrow): Import => {
      const [folder, ends = ''] = arrow.split(': ')
      const [from, to] = ends.split(' → ')
      return { from: `${folder}/${from}`, to: `${folder}/${to}`, internal: true }
    })
    assert.equal(findCycle(links)?.join(' → '), undefined)
  })

  it('name files that exist', () => {
    const missing = imports.filter(
      ({ to, internal }) => internal && !existsSync(join(sourceFolder, to)),
    )
    assert.deepEqual(missing, [])
  })
})

describe('the files below src', () => {
  it('that are pure leave timers and the clock to others', () => {
    const clock = /\b(?:set(?:Timeout|Interval|Immediate)|performance|Date\.now|new Date\(\))/
    const pure = /^engine\/(?:protocols|decoders|analyses)\//
    const wrong = files.filter(
      (name) =>
        pure.test(name.split(sep).join('/')) &&
        clock.test(readFileSync(join(sourceFolder, name), 'utf8')),
    )
    assert.deepEqual(wrong, [])
  })

  it('begin with a line that says their job', () => {
    const wrong = files.filter(
      (name) => !/^\/\/ \S/.test(readFileSync(join(sourceFolder, name), 'utf8')),
    )
    assert.deepEqual(wrong, [])
  })

  it('say it with a noun or a verb first, and no question word, as tests and scripts do', () => {
    const question = /^\/\/ (?:What|Which|How|Whether|Why|Where|When|Who|Whose)\b/
    const wrong = ['src', 'test', 'scripts'].flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ts|mjs)$/.test(name))
        .map((name) => join(folder, name))
        .filter((path) => question.test(readFileSync(join(projectFolder, path), 'utf8'))),
    )
    assert.deepEqual(wrong, [])
  })
})

describe('the reading of imports', () => {
  const parse = (text: string) =>
    parseImports(text, '/p/src/host/a.ts', '/p/src').map(({ to }) => to)

  it('finds every form', () => {
    const text = `
import './side.ts'
import one from '../shared/one.ts'
import type { Two } from "x"
import type { Three } from '../engine/three.ts'
import {
  four,
  five,
} from 'node:fs'
export { six } from '../six.ts'
const seven = await import('../seven.ts')
const eight = require('eight')
`
    assert.deepEqual(parse(text), [
      'host/side.ts',
      'shared/one.ts',
      'x',
      'engine/three.ts',
      'node:fs',
      'six.ts',
      'seven.ts',
      'eight',
    ])
  })

  it('finds a cycle and says its way', () => {
    const link = (from: string, to: string): Import => ({ from, to, internal: true })
    assert.equal(findCycle([link('a', 'b'), link('b', 'c')]), null)
    assert.deepEqual(findCycle([link('a', 'b'), link('b', 'c'), link('c', 'b')]), ['b', 'c', 'b'])
  })

  it('sees arrows where the ways of two files part', () => {
    const link = (from: string, to: string): Import => ({ from, to, internal: true })
    assert.deepEqual(
      siblingArrows([
        link('host/a.ts', 'host/b.ts'),
        link('host/a.ts', 'host/window/log.ts'),
        link('host/window/log.ts', 'shared/text/units.ts'),
        link('host/window/deep/a.ts', 'host/window/log.ts'),
        link('host/sessions/a.ts', 'host/window/deep/a.ts'),
      ]),
      [
        ': host → shared',
        'host/window: deep → itself',
        'host: itself → window',
        'host: sessions → window',
      ],
    )
  })

  const forbidden: [from: string, to: string][] = [
    ['shared/a.ts', 'node:fs'],
    ['shared/a.ts', 'engine/session/session.ts'],
    ['engine/protocols/a.ts', 'node:events'],
    ['engine/protocols/a.ts', 'engine/transports/clock.ts'],
    ['engine/transports/a.ts', 'engine/capture/capture.ts'],
    ['engine/exports/a.ts', 'node:fs'],
    ['engine/decoders/a.ts', 'node:zlib'],
    ['engine/decoders/a.ts', 'engine/capture/capture.ts'],
    ['engine/analyses/a.ts', 'node:fs'],
    ['engine/analyses/a.ts', 'engine/decoders/a.ts'],
    ['engine/session/session.ts', 'vscode'],
    ['host/a.ts', 'engine/worker.ts'],
    ['host/a.ts', 'fs'],
    ['webview/a.ts', 'vscode'],
    ['webview/a.ts', 'host/window/log.ts'],
    ['cli/a.ts', 'host/window/log.ts'],
    ['demo/a.ts', 'vscode'],
  ]
  for (const [from, to] of forbidden) {
    it(`forbids ${from} to import ${to}`, () => {
      const internal = to.endsWith('.ts')
      assert.equal(isAllowed({ from, to, internal }), false)
    })
  }
})
