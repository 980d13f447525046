// Fields of polling: `interval`, `allowFasterThan100ms`, `jitter`, `change`.

import { methods } from '../../endpoint/methods.ts'
import { defaultLimits } from '../../limits.ts'
import { formatDuration } from '../../text/duration.ts'
import { checkOnePlace, onePlacePattern } from '../../text/jsonPath.ts'
import { flagOption, textOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { flagShape, textShape } from '../shapes/fieldShapes.ts'
import { type EntryContext, propertyField } from '../shapes/profileField.ts'
import { durationSchema, ifSchema, openText, tooFastSchema } from '../shapes/schemaShapes.ts'

/** What a page that shows fresh figures does; a setting changes it. */
const defaultIntervalMs = 5000

const { minIntervalMs } = defaultLimits

const tooFast = `Poll every ${minIntervalMs}ms or less often: faster polling would almost DoS your server. If that is what you want, add "allowFasterThan100ms": true.`

export const intervalField = propertyField('intervalMs', {
  name: 'interval',
  methods: ['polling'],
  meaning:
    'From the start of one request to the start of the next. Default: the setting `lifeline.polling.interval` (`5s`).',
  schema: durationSchema('2s', '500ms', '1m'),
  neutral: defaultIntervalMs,
  read: readInterval,
  format(ms, _endpoint, defaults) {
    return ms === (defaults.intervalMs ?? defaultIntervalMs) ? undefined : formatDuration(ms)
  },
  options: [
    textOption('interval', 'duration', 'from the start of one request to the start of the next', [
      'interval',
    ]),
  ],
  entrySchemas: [
    ifSchema(
      { properties: { interval: tooFastSchema }, required: ['interval'] },
      {
        properties: { allowFasterThan100ms: { const: true } },
        required: ['allowFasterThan100ms'],
        errorMessage: tooFast,
      },
    ),
  ],
})

function readInterval(read: FieldReader, { method, defaults }: EntryContext): number {
  const ms = read.duration('interval') ?? defaults.intervalMs ?? defaultIntervalMs
  const isAllowed = read.value('allowFasterThan100ms') === true
  if (method !== null && methods[method].hasInterval && ms < minIntervalMs && !isAllowed)
    read.report('interval', tooFast)
  return ms
}

export const allowFasterThan100msField = propertyField('allowFasterThan100ms', {
  name: 'allowFasterThan100ms',
  methods: ['polling'],
  meaning:
    '`true` allows an `interval` below `100ms`. That is load that can bring a server down: for servers of your own.',
  ...flagShape('allowFasterThan100ms', false),
  options: [
    flagOption(
      'allow-faster-than-100ms',
      'lift the limit on --interval',
      ['allowFasterThan100ms'],
      true,
    ),
  ],
})

export const jitterField = propertyField('jitter', {
  name: 'jitter',
  methods: ['polling'],
  meaning:
    '`0` to `1`: each interval is longer or shorter by up to this share of it, as clients do that should not all ask at once. Default: `0`.',
  schema: { type: 'number', minimum: 0, maximum: 1 },
  neutral: 0,
  read: (read) => read.number('jitter', 0, 1, false) ?? 0,
  options: [
    {
      ...textOption('jitter', 'share', 'vary the interval by up to 0.1 or 10% of it', ['jitter']),
      put(entry, written) {
        const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(written) ?? []
        if (digits === undefined) return 'Write --jitter as a share, such as 0.1 or 10%.'
        entry.jitter = Number(digits) / (percent === '' ? 1 : 100)
        return null
      },
    },
  ],
})

export const changeField = propertyField('change', {
  name: 'change',
  methods: ['polling'],
  meaning:
    'A JSON path such as `updatedAt` or `items[0].id`: an answer has changed when the value there has. Default: the whole body.',
  ...textShape('change', {
    pattern: `^(?:${openText}|${onePlacePattern})$`,
    patternErrorMessage: 'Write a path into the JSON answer, such as items[0].id.',
    examples: ['updatedAt', 'items[0].id'],
  }),
  check({ change }, { open, report }) {
    const wrong = change === null || open(change) ? null : checkOnePlace(change)
    if (wrong !== null) report('change', wrong)
  },
  options: [
    textOption('change', 'path', 'an answer has changed when the value at this JSON path has', [
      'change',
    ]),
  ],
})
