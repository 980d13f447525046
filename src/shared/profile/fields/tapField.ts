// The field `tap`: programs connect to Lifeline, which passes all to the URL's server.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets as editors have them

import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { Report } from '../../endpoint/problem.ts'
import {
  defaultTapSettings,
  mostPort,
  type TapChanges,
  type TapSettings,
} from '../../endpoint/tapSettings.ts'
import { readUnixUrl } from '../../url/unixUrl.ts'
import {
  type Entry,
  type EntryDraft,
  type FieldOption,
  flagOption,
  textOption,
} from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { flagShape } from '../shapes/fieldShapes.ts'
import { type FieldText, propertyField } from '../shapes/profileField.ts'
import { describedSchemas, objectSchema } from '../shapes/schemaShapes.ts'
import { changedFrom } from './changedFrom.ts'

const changeTexts: Readonly<Record<keyof TapChanges, string>> = {
  host: 'Host of requests names the server.',
  origin: 'Origin and Referer of requests that name the tap name the server.',
  location: 'Location and Content-Location of answers that name the server name the tap.',
  cookies: 'Set-Cookie loses a Domain that is the server’s, and Secure where TLS ends here.',
}

const changeNames = Object.keys(changeTexts) as readonly (keyof TapChanges)[]

const partTexts: readonly FieldText[] = [
  {
    name: 'port',
    meaning:
      'Where it listens on this machine, `1` to `65535`. Default: a free port, for the same server the same where that can be.',
    schema: { type: 'integer', minimum: 1, maximum: mostPort },
  },
  {
    name: 'keepCredentials',
    meaning:
      '`true` records what looks like a credential as it is: `Authorization`, cookies, tokens. They are then in the capture and in all that is made of it. Default: `false`, a reference stands in its place.',
    schema: { type: 'boolean' },
  },
  {
    name: 'change',
    meaning:
      'What is changed on the way, each `true` by default: `host` (`Host` of requests names the server), `origin` (`Origin` and `Referer` that name the tap name the server), `location` (`Location` and `Content-Location` of answers that name the server name the tap), `cookies` (`Set-Cookie` loses a `Domain` that is the server’s, and `Secure` where TLS ends here).',
    schema: objectSchema(
      describedSchemas(
        changeNames.map((name) => {
          return { name, meaning: changeTexts[name], schema: { type: 'boolean' } }
        }),
      ),
    ),
  },
]

export const tapField = propertyField('tap', {
  name: 'tap',
  methods: ['tap'],
  meaning:
    'Instead of `method`: Lifeline listens on this machine, and records what your program and the URL’s server say to each other. `{}` listens on a free port, `{ "port": 53124 }` on this one.',
  section: 'Tap',
  parts: partTexts,
  schema: objectSchema(describedSchemas(partTexts), {
    defaultSnippets: [
      { label: 'Any free port', body: {} },
      { label: 'A port', body: { port: '^${1:53124}' } },
    ],
  }),
  neutral: null,
  read: readTap,
  format: (tap) => tap && formatTap(tap),
  check({ url, tap }, { report }) {
    if (tap !== null) checkServer(url, report)
  },
  options: [portOption(), keepCredentialsOption(), leaveOption()],
  isMerged: true,
})

function portOption(): FieldOption {
  const option = textOption('port', 'n', 'listen here on this machine (default: a free port)', [
    'tap',
    'port',
  ])
  return {
    ...option,
    put: (entry, written) => {
      const port = /^\d{1,5}$/.test(written) ? Number(written) : written
      return putPart(entry, 'port', port)
    },
  }
}

function keepCredentialsOption(): FieldOption {
  return flagOption(
    'keep-credentials',
    'record what looks like a credential as it is',
    ['tap', 'keepCredentials'],
    true,
  )
}

/** May be repeated. */
function leaveOption(): FieldOption {
  const names = changeNames.join(', ')
  return {
    name: 'leave',
    value: 'what',
    meaning: `${names}: not changed on the way; may be repeated`,
    problems: ['tap.change'],
    put(entry, written) {
      if (!changeNames.some((name) => name === written)) return `Change --leave to one of ${names}.`
      const { change = {} } = (entry.tap ?? {}) as { readonly change?: object }
      return putPart(entry, 'change', { ...change, [written]: false })
    },
  }
}

function putPart(entry: EntryDraft, part: keyof TapSettings, value: unknown): null {
  entry.tap = { ...(entry.tap as Entry | undefined), [part]: value }
  return null
}

function readTap(read: FieldReader): TapSettings | null {
  const tap = read.object('tap', '{ "port": 53124 }')
  if (!tap) return null
  tap.reportUnknown(Object.keys(defaultTapSettings), '"tap"')
  return {
    port: tap.number('port', 1, mostPort, true),
    keepCredentials: flagShape('keepCredentials', false).read(tap),
    change: readChanges(tap),
  }
}

function readChanges(tap: FieldReader): TapChanges {
  const all = defaultTapSettings.change
  const change = tap.object('change', '{ "origin": false }')
  if (!change) return all
  change.reportUnknown(changeNames, '"change"')
  const written = changeNames.map((name) => [name, change.flag(name, all[name])])
  return Object.fromEntries(written) as Record<keyof TapChanges, boolean>
}

/** An empty object where all stands at its default: that there is one makes it a tap. */
function formatTap({ change, ...rest }: TapSettings): object {
  const changed = changedFrom(defaultTapSettings.change, change)
  const { change: _, ...others } = defaultTapSettings
  return { ...changedFrom(others, rest), ...(changed && { change: changed }) }
}

/** What a server's URL has that a tap has no use for. */
function checkServer(url: Endpoint['url'], report: Report): void {
  if (readUnixUrl(url)) {
    report(
      'url',
      'Name the server by http://, https://, ws:// or wss://: a tap reaches no Unix socket.',
    )
  } else if (/^[a-z]+:\/\/[^/?#]*@/i.test(url)) {
    report('url', 'Remove the user name and the password from the URL: your program sends its own.')
  }
}
