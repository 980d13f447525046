// No complaint about a command line repeats what was written as a value: it may be a secret, and logs are kept.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is written
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'
import { UsageError } from '../../../src/cli/usageError.ts'
import { watchedEndpoint } from '../../../src/cli/watchedEndpoint.ts'
import { fieldOptions } from '../../../src/cli/watchFields.ts'

const secret = 'Hunter2'
/** Ways to write it wrongly, or with something wrong beside it. */
const shapes = [
  ...[
    'S',
    'X-Token S',
    'X-Token=S',
    'Bearer S: x',
    'a b S:c',
    ':S',
    '=S',
    'S:',
    'me:S',
    'header:X=S',
    'S S',
  ],
  ...[
    'query:S',
    'S@host',
    'http://me:S@h h',
    'ftp://S/',
    'http://S:S/',
    '${S',
    'a${S}b',
    '${env:S}',
    '${e:S}',
    '01 S',
    '{S}',
    'S\n',
    'é S',
  ],
].map((shape) => shape.replaceAll('S', secret))

const url = 'http://localhost/'
const method = ['--method', 'polling']
/** Names that the user gives to things, and where things are. */
const named = [
  'profile',
  'workspace',
  'capture',
  'body-file',
  'send-file',
  'ca',
  'cert',
  'key',
  'pfx',
]
const options = [
  ...Object.keys(fieldOptions),
  'format',
  'width',
  'for',
  'frames',
  'run-length',
  'curl',
]

/** What is said; null when nothing is wrong. */
function complaint(words: readonly string[]): string | null {
  try {
    const command = parseCommandLine(words)
    if (command.kind === 'watch') watchedEndpoint(command.watch, '/')
    return null
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error))
    return error.message
  }
}

function assertUnsaid(words: readonly string[]): void {
  const said = complaint(words)
  assert.ok(!said?.includes(secret), `${JSON.stringify(words)}: ${said}`)
}

describe('A value on the command line', () => {
  for (const option of options.filter((name) => !named.includes(name))) {
    it(`of --${option} is not repeated in what is said about it`, () => {
      for (const shape of shapes) {
        for (const written of [[`--${option}`, shape], [`--${option}=${shape}`]]) {
          for (const rest of [[url, ...method], [url], ['ws://localhost/'], []]) {
            assertUnsaid(['watch', ...rest, ...written])
            assertUnsaid(['watch', ...rest, ...written, ...written])
            assertUnsaid(['watch', ...rest, '--curl', 'curl http://h/', ...written])
            assertUnsaid([...written, ...rest])
            assertUnsaid(['show', ...written])
          }
        }
        assertUnsaid(['watch', url, ...method, `--${option}${shape}`])
      }
    })
  }

  it('that stands alone, as in what was not quoted, is not repeated', () => {
    for (const shape of shapes) {
      for (const words of [
        [shape],
        [shape, url],
        ['-H', 'X-Token:', shape, 'watch', url],
        ['watch', shape],
        ['watch', shape, ...method],
        ['watch', '-H', 'X-Token:', shape, url, ...method],
        ['watch', url, shape, ...method],
        ['show', 'a', shape],
        ['watch', url, `-u${shape}`],
        ['watch', url, `-x=${shape}`],
      ]) {
        assertUnsaid(words)
      }
    }
  })

  it('of curl is not repeated', () => {
    const names = [
      '-H',
      '-u',
      '-x',
      '-d',
      '-b',
      '-E',
      '--cert-type',
      '--user',
      '--oauth2-bearer',
      '--json',
      '--form',
    ]
    for (const shape of shapes.map((one) => one.replaceAll(/[\n$]/g, ''))) {
      for (const name of names) {
        for (const text of [
          `curl http://h/ ${name} '${shape}'`,
          `curl http://h/ ${name} ${shape}`,
          `curl http://h/ ${name}${shape}`,
          `curl http://h/ ${name}=${shape}`,
          `curl '${shape}' ${name} a`,
          `curl http://h/ ${name} '${shape}`,
        ]) {
          assertUnsaid(['watch', '--curl', text])
          assertUnsaid(['watch', '--curl', text, ...method])
        }
      }
    }
  })
})
