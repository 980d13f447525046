import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { projectFolder } from '../support/places.ts'

interface NoticesModule {
  thirdPartyNotices(inputs: readonly string[], root: string): string
}

const script = pathToFileURL(join(projectFolder, 'scripts', 'thirdPartyNotices.mjs')).href
const { thirdPartyNotices } = (await import(script)) as NoticesModule

const name = 'dist/ThirdPartyNotices.txt'
const dist = join(projectFolder, 'dist')

/** The packages that the source maps of a build name, with their versions, and the icon font. */
function bundledPackages(): readonly string[] {
  const packages = new Set(['@vscode/codicons'])
  for (const file of readdirSync(dist).filter((one) => one.endsWith('.map'))) {
    const map = JSON.parse(readFileSync(join(dist, file), 'utf8')) as { sources: string[] }
    for (const source of map.sources) {
      const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1]
      if (found) packages.add(found)
    }
  }
  return [...packages].map((one) => {
    const manifest = readFileSync(join(projectFolder, 'node_modules', one, 'package.json'), 'utf8')
    return `${one} ${(JSON.parse(manifest) as { version: string }).version}`
  })
}

describe('the notices of a build', () => {
  it('name every package that a bundle holds, with its version and the text of its licence', () => {
    const notices = readFileSync(join(projectFolder, name), 'utf8')
    const packages = bundledPackages()
    assert.ok(packages.length > 15, packages.join())
    for (const one of packages) {
      const section = notices.split(/^={80}\n\n/m).find((text) => text.startsWith(`${one}\n`))
      assert.match(section ?? '', /^Licence: (MIT|BSD-3-Clause|CC-BY-4\.0)$/m, one)
      assert.match(section ?? '', /^(\s*Copyright |Creative Commons Attribution 4\.0)/m, one)
      assert.match(section ?? '', /["']AS IS["']/i, one)
    }
  })

  it('are in the VSIX', () => {
    const vsce = join(projectFolder, 'node_modules', '@vscode', 'vsce', 'vsce')
    const args = [vsce, 'ls', '--no-dependencies']
    const listed = execFileSync(process.execPath, args, { cwd: projectFolder, encoding: 'utf8' })
    assert.ok(listed.split('\n').includes(name), listed)
    for (const one of ['extension', 'worker', 'relay', 'replay', 're2js']) {
      assert.ok(listed.split('\n').includes(`dist/${one}.js`), listed)
    }
  })

  it('are in the package of the command line', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: projectFolder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    })
    assert.match(listed, new RegExp(`"${name}"`))
    assert.match(listed, /"dist\/cli\.js"/)
    assert.match(listed, /"dist\/re2js\.js"/)
    assert.match(listed, /"dist\/relay\.js"/)
    assert.doesNotMatch(listed, /"src\//)
  })
})

describe('thirdPartyNotices()', () => {
  let root = ''

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lifeline-notices-'))
  })

  afterEach(() => rmSync(root, { recursive: true, force: true }))

  /** Writes a package's files; its answer is a file of it as a metafile names it. */
  function install(folder: string, manifest: object, files: Record<string, string> = {}): string {
    const path = join(root, 'node_modules', folder)
    mkdirSync(path, { recursive: true })
    const all = { 'package.json': JSON.stringify(manifest), 'index.js': '', ...files }
    for (const [file, text] of Object.entries(all)) writeFileSync(join(path, file), text)
    return `node_modules/${folder}/index.js`
  }

  it('is the same whatever the order of the files, and leaves out files of our own', () => {
    const inputs = [
      install('b', { name: 'b', version: '2.0.0', license: 'MIT' }, { LICENSE: 'of b\r\n' }),
      install(
        'b/node_modules/@s/a',
        { name: '@s/a', version: '1.0.0', license: 'BSD-3-Clause' },
        { 'licence.md': '\ufeffof a\n', NOTICE: 'more of a' },
      ),
      'src/extension.ts',
    ]
    const notices = thirdPartyNotices(inputs, root)
    assert.equal(thirdPartyNotices([...inputs, ...inputs].reverse(), root), notices)
    assert.deepEqual(notices.split(/^={80}\n\n/m).slice(1), [
      '@s/a 1.0.0\nLicence: BSD-3-Clause\nSource: https://www.npmjs.com/package/@s/a\n\nmore of a\n\nof a\n\n',
      'b 2.0.0\nLicence: MIT\nSource: https://www.npmjs.com/package/b\n\nof b\n',
    ])
  })

  it('takes the standard text with the author where a package is shipped without its licence', () => {
    const manifest = { name: 'a', version: '1.0.0', license: 'MIT', author: { name: 'Ann' } }
    const notices = thirdPartyNotices([install('a', manifest)], root)
    assert.match(notices, /without a licence file.*\n\nCopyright \(c\) Ann\n\nPermission is hereby/)
  })

  for (const license of ['GPL-3.0-only', '(MIT OR GPL-2.0)', { type: 'MIT' }, undefined]) {
    it(`ends the build for the licence ${JSON.stringify(license)}, which is not on the list`, () => {
      const input = install('a', { name: 'a', version: '1.0.0', license }, { LICENSE: 'MIT' })
      assert.throws(() => thirdPartyNotices([input], root), /a 1\.0\.0 is bundled, .* on the list/)
    })
  }

  it('ends the build where there is neither a text nor one to put in its place', () => {
    const bsd = { name: 'a', version: '1.0.0', license: 'BSD-3-Clause', author: 'Ann' }
    assert.throws(() => thirdPartyNotices([install('a', bsd)], root), /without the text/)
    const nobody = { name: 'b', version: '1.0.0', license: 'MIT' }
    assert.throws(() => thirdPartyNotices([install('b', nobody)], root), /without the text/)
  })
})
