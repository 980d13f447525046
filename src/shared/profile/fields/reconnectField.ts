// The field `reconnect`: what happens when a connection is lost.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import type { Endpoint } from '../../endpoint/endpoint.ts'
import { methods } from '../../endpoint/methods.ts'
import { isRecord } from '../../unknown.ts'
import type { FieldOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import type { ProfileField } from '../shapes/profileField.ts'
import { objectSchema } from '../shapes/schemaShapes.ts'

/** With back-off 1, 2, 4 … 30 s this is some three minutes: longer than a restart or a deployment. */
const defaultReconnectAttempts = 10

export const reconnectField: ProfileField<'reconnectAs' | 'reconnectAttempts'> = {
  name: 'reconnect',
  meaning:
    '`false` ends at the first loss; `{ "attempts": 5 }` tries so often in a row, with growing waits; `true` tries 10 times; `"browser"`, for SSE, does what a browser’s `EventSource` does, without end. Default: `true`, unless the setting `lifeline.reconnect` is off.',
  schema: {
    anyOf: [
      { type: 'boolean' },
      { const: 'browser', description: 'SSE only: as a browser does, without end.' },
      objectSchema({
        attempts: { type: 'integer', minimum: 0, description: 'Attempts in a row, 0 or more.' },
      }),
    ],
    defaultSnippets: [
      { label: 'false', body: false },
      { label: 'Number of attempts', body: { attempts: '^${1:5}' } },
      { label: 'browser', body: 'browser' },
    ],
  },
  neutral: { reconnectAs: 'back-off', reconnectAttempts: defaultReconnectAttempts },
  read: (read, { defaults }) =>
    readReconnect(read, defaults.reconnectAttempts ?? defaultReconnectAttempts),
  format(endpoint, defaults) {
    if (endpoint.reconnectAs === 'browser') return 'browser'
    const { reconnectAttempts: attempts } = endpoint
    if (attempts === (defaults.reconnectAttempts ?? defaultReconnectAttempts)) return undefined
    return attempts === 0 ? false : { attempts }
  },
  check({ reconnectAs, method }, { report }) {
    if (reconnectAs === 'back-off' || methods[method].hasBrowserClient) return
    report('reconnect', 'Write true, false or { "attempts": 5 }: "browser" is for sse alone.')
  },
  options: [
    reconnectOption('reconnect', true, 'connect again when the connection is lost (the default)'),
    reconnectOption('no-reconnect', false, 'end when the connection is lost'),
    reconnectOption(
      'reconnect-as-browser',
      'browser',
      'SSE: connect again as a browser’s EventSource does',
    ),
  ],
  methodSchema: (method) =>
    methods[method].hasBrowserClient
      ? null
      : { not: { const: 'browser' }, errorMessage: '"browser" is for the method sse.' },
}

function readReconnect(
  read: FieldReader,
  defaultAttempts: number,
): Pick<Endpoint, 'reconnectAs' | 'reconnectAttempts'> {
  const backOff = (reconnectAttempts: number) => {
    return { reconnectAs: 'back-off', reconnectAttempts } as const
  }
  const value = read.value('reconnect')
  if (value === false) return backOff(0)
  if (value === undefined) return backOff(defaultAttempts)
  // The profile asks for it in words, so a setting that turns it off does not hold here.
  const asked = defaultAttempts || defaultReconnectAttempts
  if (value === true) return backOff(asked)
  if (value === 'browser') return { reconnectAs: 'browser', reconnectAttempts: asked }
  if (!isRecord(value)) {
    read.report('reconnect', 'Write "reconnect" as true, false, "browser" or { "attempts": 5 }.')
    return backOff(defaultAttempts)
  }
  const parts = read.object('reconnect', '')
  parts?.reportUnknown(['attempts'], '"reconnect"')
  const attempts = parts?.number('attempts', 0, Number.MAX_SAFE_INTEGER, true)
  return backOff(attempts ?? defaultAttempts)
}

function reconnectOption(name: string, value: unknown, meaning: string): FieldOption {
  return {
    name,
    value: null,
    meaning,
    problems: name === 'reconnect' ? ['reconnect'] : [],
    put(entry) {
      if (entry.reconnect !== undefined) {
        return 'Use one of --reconnect, --no-reconnect and --reconnect-as-browser.'
      }
      entry.reconnect = value
      return null
    },
  }
}
