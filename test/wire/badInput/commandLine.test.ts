// Profiles that are broken, references without a value, messages that are no JSON: what the command line says.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { useWsServer } from '../../support/servers/useWsServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'

describe('A workspace that is not in order', function () {
  this.timeout(20_000)
  const server = useWsServer({
    accepted: { '/echo': (ws) => ws.on('message', (data) => ws.send(String(data))) },
  })
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-workspace-'))
    mkdirSync(join(folder, '.vscode'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const file = () => join(folder, '.vscode', 'lifeline.json')

  function watch(profile: string, text: string, ...words: string[]) {
    writeFileSync(file(), text)
    return startCommand(['watch', '--profile', profile, ...words], { cwd: folder }).finished
  }

  const good = () =>
    `{ "name": "Good", "url": "${server.url('/echo')}", "send": ["{\\"half\\": "] }`

  const broken: readonly (readonly [title: string, text: () => string, sentence: string])[] = [
    [
      'a comma is missing',
      () => `{ "profiles": [\n${good()}\n${good()} ] }`,
      'line 3: Put a comma here.',
    ],
    ['it breaks off', () => `{ "profiles": [\n${good()}`, 'line 2: Close the list with ] here.'],
    ['it is no JSON at all', () => 'profiles:\n  - name: Good\n', 'line 1: '],
  ]
  it('prints nothing that a terminal would obey, whatever its profiles are called', async () => {
    const name = JSON.stringify('\u001b]0;owned\u0007\u001b[2J\u202egood')
    const { status, stderr } = await watch(
      'No',
      `{ "profiles": [{ "name": ${name}, "url": "ws://a" }] }`,
    )
    assert.equal(status, 2)
    assert.match(stderr, /owned/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is sought
    assert.doesNotMatch(stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  for (const [title, text, sentence] of broken) {
    it(`is to be corrected at the line where ${title}`, async () => {
      const { status, stdout, stderr } = await watch('Good', text())
      assert.deepEqual([status, stdout], [2, ''])
      assert.ok(stderr.startsWith(`lifeline: Correct ${file()}, ${sentence}`), stderr)
      assert.match(stderr, /^[^\n]+ (here|JSON)\.\n$/)
    })
  }

  it('does not keep a whole profile from connecting, nor a message from being sent that is no JSON', async () => {
    const bad = '{ "name": "Bad", "url": "ftp://localhost/", "method": "sse" }'
    const text = `{ "profiles": [ ${bad}, ${good()} ] }`
    const { status, stdout } = await watch('Good', text, '--frames', '4')
    assert.equal(status, 0)
    assert.equal(stdout.match(/text \{"half": /g)?.length, 2)

    const refused = await watch('Bad', text)
    assert.deepEqual([refused.status, refused.stdout], [2, ''])
    assert.match(
      refused.stderr,
      /^lifeline: Correct the profile Bad in .*\nlifeline: url: Lifeline cannot connect to ftp: URLs\./,
    )
  })

  it('says which variables and secrets are missing, each with what to set', async () => {
    const url = '$' + '{env:LIFELINE_TEST_NOT_SET}'
    const key = '$' + '{secret:api-key}'
    const entry = {
      name: 'Open',
      url: `ws://${url}/`,
      method: 'websocket',
      headers: { 'X-Key': key },
    }
    const { status, stdout, stderr } = await watch('Open', JSON.stringify({ profiles: [entry] }))
    assert.deepEqual([status, stdout], [2, ''])
    assert.equal(
      stderr,
      'lifeline: Set the environment variable LIFELINE_TEST_NOT_SET.\n' +
        'lifeline: Set the environment variable LIFELINE_SECRET_API_KEY to the secret api-key.\n',
    )
  })
})
