// Profiles in a window: read, shown with their problems, added, edited.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rm, symlink, writeFile } from 'node:fs/promises'
import { after, afterEach, before, describe, it } from 'mocha'
import {
  type CodeLens,
  type CompletionList,
  commands,
  languages,
  Position,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode'
import { createProfiles, type Profiles } from '../../src/host/profiles/savedProfiles.ts'
import { parseEndpoint } from '../../src/shared/profile/parseEndpoint.ts'
import { activateLifeline, until } from '../support/editor/lifelineApi.ts'
import { exists, read, show, type, write } from '../support/editor/workspaceFiles.ts'
import { eventually } from '../support/eventually.ts'

const good = '{ "name": "Good", "url": "ws://localhost/" }'

function endpoint(fields: Record<string, unknown>) {
  const parsed = parseEndpoint(fields)
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}

describe('profiles of a workspace folder', () => {
  let profiles: Profiles
  let folder: WorkspaceFolder
  let uri: Uri
  let textBefore: string | null = null

  const names = () =>
    profiles
      .list()
      .filter((entry) => entry.uri.toString() === uri.toString() && entry.endpoint)
      .map(({ name }) => name)
  /** Writes the file and has it read, whether its watcher has seen it or not. */
  const put = async (text: string) => {
    await write(uri, text)
    await profiles.files[0]?.refresh()
  }
  const settled = (expected: readonly string[]) =>
    until(
      `the profiles are ${expected.join(', ')}`,
      profiles.onDidChange,
      () => names().join() === expected.join(),
    )
  const diagnostics = () =>
    languages.getDiagnostics(uri).filter(({ source }) => source === 'Lifeline')

  before(async () => {
    profiles = (await activateLifeline()).profiles
    await profiles.ready
    const [first] = workspace.workspaceFolders ?? []
    assert.ok(first, 'the window has a folder')
    folder = first
    uri = Uri.joinPath(folder.uri, '.vscode/lifeline.json')
    textBefore = (await exists(uri)) ? await read(uri) : null
  })

  afterEach(async () => {
    // An editor that is reverted and closed leaves the disk's text for the next test.
    await commands.executeCommand('workbench.action.files.revert')
    await commands.executeCommand('workbench.action.closeAllEditors')
  })

  after(async () => {
    if (textBefore === null) await workspace.fs.delete(uri)
    else await write(uri, textBefore)
  })

  it('are listed whenever the file comes together with its folder', async () => {
    const parent = Uri.joinPath(uri, '..')
    for (let turn = 0; turn < 15; turn++) {
      if (await exists(parent)) await workspace.fs.delete(parent, { recursive: true })
      await settled([])
      await write(uri, `{ "profiles": [ ${good} ] }`)
      await settled(['Good'])
    }
  })

  it('are listed as the file on the disk comes, changes and goes', async () => {
    await write(uri, `{ "profiles": [ ${good} ] }`)
    await settled(['Good'])
    await write(uri, `{ "profiles": [ ${good}, ${good.replace('Good', 'Better')} ] }`)
    await settled(['Good', 'Better'])
    await workspace.fs.delete(uri)
    await settled([])
    assert.deepEqual(
      profiles.list().filter(({ origin }) => origin === 'workspace'),
      [],
    )
  })

  it('follow the file as it is edited, and go back when the editor is closed unsaved', async () => {
    await put(`{ "profiles": [ ${good} ] }`)
    const document = await show(uri)
    await settled(['Good'])
    await type(document, `{ "profiles": [ ${good.replace('Good', 'Unsaved')} ] }`)
    await settled(['Unsaved'])
    assert.ok(document.isDirty)
    await commands.executeCommand('workbench.action.files.revert')
    await settled(['Good'])
  })

  it('work beside a bad entry, which is listed with its reason and marked in the file', async () => {
    await put(
      `{ "profiles": [\n  { "name": "Bad", "url": "localhost:80", "method": "sse" },\n  ${good}\n] }`,
    )
    assert.deepEqual(names(), ['Good'])
    const bad = profiles.find({ name: 'Bad', uri })
    assert.equal(bad?.endpoint, null)
    assert.match(bad.problems[0]?.message ?? '', /Start the URL with http:\/\//)
    assert.equal(bad.range.start.line, 1)
    await until(
      'one problem is shown',
      languages.onDidChangeDiagnostics,
      () => diagnostics().length === 1,
    )
    const [diagnostic] = diagnostics()
    assert.equal(diagnostic?.range.start.line, 1)
    assert.match(diagnostic?.message ?? '', /Start the URL with http:\/\//)
    await put(`{ "profiles": [ ${good} ] }`)
    await until(
      'no problem is shown',
      languages.onDidChangeDiagnostics,
      () => diagnostics().length === 0,
    )
  })

  for (const [kind, make, sentence] of [
    ['a link to a device', (path: string) => symlink('/dev/zero', path), /regular file/],
    ['a pipe', async (path: string) => execFileSync('mkfifo', [path]), /regular file/],
    ['a link to what the kernel makes up', (path: string) => symlink('/proc/kmsg', path), null],
    ['a file beyond 1 MiB', (path: string) => writeFile(path, ' '.repeat(2 ** 20 + 1)), /1 MiB/],
    ['a file of 3,000 levels', (path: string) => writeFile(path, '['.repeat(3000)), /64 levels/],
  ] as const) {
    it(`are none in ${kind}, which is read at once and told as the file's problem`, async function () {
      if (process.platform !== 'linux') this.skip()
      await rm(uri.fsPath, { force: true })
      await make(uri.fsPath)
      try {
        await profiles.files[0]?.refresh()
        const problems = profiles.files[0]?.content.problems ?? []
        assert.equal(profiles.files[0]?.content.exists, true)
        if (sentence === null) assert.deepEqual(problems, [])
        else assert.match(problems.map(({ message }) => message).join(), sentence)
      } finally {
        await rm(uri.fsPath, { force: true })
      }
    })
  }

  it('that are whole work when the JSON breaks off behind them, and the file is shown as broken', async () => {
    await put(`{ "profiles": [ ${good}, { "name": "Ne`)
    assert.deepEqual(names(), ['Good'])
    assert.ok(profiles.list().some(({ endpoint, problems }) => !endpoint && problems.length > 0))
    await until(
      'a problem is shown',
      languages.onDidChangeDiagnostics,
      () => diagnostics().length > 0,
    )
  })

  it('are added without touching comments, and saved', async () => {
    const text = `// first\n{\n  "profiles": [\n    // above\n    ${good} // behind\n  ]\n}\n`
    await put(text)
    assert.deepEqual(names(), ['Good'])
    const added = await profiles.add('New', endpoint({ url: 'ws://localhost/new' }), folder)
    assert.equal(added?.name, 'New')
    assert.deepEqual(names(), ['Good', 'New'])
    const saved = await read(uri)
    for (const comment of ['// first\n', '// above\n', '// behind\n']) {
      assert.ok(saved.includes(comment), saved)
    }
  })

  it('are added to a new file where there is none', async () => {
    await put('')
    await workspace.fs.delete(uri)
    await profiles.add('New', endpoint({ url: 'ws://localhost/new' }), folder)
    assert.deepEqual(names(), ['New'])
    assert.match(await read(uri), /"url": "ws:\/\/localhost\/new"/)
  })

  it('are added to what is typed and not saved, which stays unsaved', async () => {
    await put(`{ "profiles": [ ${good} ] }`)
    const document = await show(uri)
    await type(document, `{ "profiles": [ ${good.replace('Good', 'Typed')} ] }`)
    await profiles.add('New', endpoint({ url: 'ws://localhost/new' }), folder)
    assert.deepEqual(names(), ['Typed', 'New'])
    assert.ok(document.isDirty)
    assert.equal(await read(uri), `{ "profiles": [ ${good} ] }`)
  })

  it('are not added to broken JSON, which is opened instead', async () => {
    const broken = `{ "profiles": [ ${good}`
    await put(broken)
    assert.deepEqual(names(), ['Good'])
    const added = await profiles.add('New', endpoint({ url: 'ws://localhost/new' }), folder)
    assert.equal(added, undefined)
    assert.equal(await read(uri), broken)
    assert.equal(window.activeTextEditor?.document.uri.toString(), uri.toString())
  })

  it('are opened at their entry', async () => {
    await put(`{\n  "profiles": [\n    ${good}\n  ]\n}\n`)
    assert.deepEqual(names(), ['Good'])
    await show(uri)
    await profiles.edit({ name: 'Good', uri })
    assert.equal(window.activeTextEditor?.document.uri.toString(), uri.toString())
    assert.equal(window.activeTextEditor?.selection.start.line, 2)
  })

  it('have "Connect" above each that works and the reason above each that does not', async () => {
    await put(`{ "profiles": [\n${good},\n{ "name": "Bad", "url": "x", "method": "sse" }\n] }`)
    assert.deepEqual(names(), ['Good'])
    await show(uri)
    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      9,
    )
    const ours = lenses.map(({ range, command }) => [range.start.line, command?.title])
    assert.deepEqual(ours[0], [1, '$(debug-start) Connect'])
    assert.match(String(ours[1]?.[1]), /Start the URL with/)
    const [connect] = lenses
    assert.equal(connect?.command?.command, 'lifeline.connectProfile')
    assert.equal(connect.command.arguments?.[0]?.name, 'Good')
    assert.equal(String(connect.command.arguments?.[0]?.uri), uri.toString())
  })

  it('are JSON with comments that the schema completes', async () => {
    const text = '{ "profiles": [ { "name": "A", "url": "http://localhost/", "method": "" } ] }'
    await put(text)
    const document = await show(uri)
    assert.equal(document.languageId, 'jsonc')
    const inside = new Position(0, text.indexOf('""') + 1)
    // Once the editor has read the schema.
    await eventually('the methods are offered', async () => {
      const offered = await commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        inside,
      )
      return offered.items.some(({ label }) => {
        return (typeof label === 'string' ? label : label.label) === '"long-polling"'
      })
    })
  })

  it('have errors from the schema', async () => {
    await put('{ "profiles": [ { "name": "A", "url": "ws://localhost/", "timeout": "soon" } ] }')
    await show(uri)
    await until('the schema has its say', languages.onDidChangeDiagnostics, () =>
      languages
        .getDiagnostics(uri)
        .some(({ source, message }) => source !== 'Lifeline' && /1500ms, 2s or 1m/.test(message)),
    )
  })
})

describe('profiles of the user', () => {
  let profiles: Profiles
  let storage: Uri

  before(async () => {
    const [folder] = workspace.workspaceFolders ?? []
    assert.ok(folder)
    storage = Uri.joinPath(folder.uri, 'storage')
    profiles = createProfiles({ globalStorageUri: storage })
    await profiles.ready
  })

  after(async () => {
    profiles.dispose()
    await commands.executeCommand('workbench.action.closeAllEditors')
    await workspace.fs.delete(storage, { recursive: true })
  })

  it('live in the storage of the extension, beside those of the workspace', async () => {
    const file = profiles.files.at(-1)
    assert.equal(file?.folder, null)
    assert.equal(file.uri.toString(), Uri.joinPath(storage, '.vscode/lifeline.json').toString())
    await workspace.fs.createDirectory(Uri.joinPath(storage, '.vscode'))
    await write(file.uri, `{ "profiles": [ ${good} ] }`)
    await file.refresh()
    const entry = profiles.find({ name: 'Good', uri: file.uri })
    assert.equal(entry?.origin, 'user')
    assert.equal(entry.trusted, true)
  })
})
