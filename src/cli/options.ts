// The options of the command line that are no fields of a profile, as the parser and the help have them.

import {
  defaultRunLength,
  defaultWidth,
  maxWidth,
  minWidth,
  shortRunLength,
} from '../engine/exports/exporter.ts'
import {
  allExportFormats,
  defaultExportFormat,
  type ExportFormat,
  exportFormats,
  formatsWith,
} from '../shared/session/exportFormats.ts'

export interface CommandOption {
  readonly name: string
  readonly short?: string
  /** What the help writes for its value; null where it takes none. */
  readonly value: string | null
  /** What the help says of it; may have lines of its own. */
  readonly meaning: string
}

/** Where `lifeline watch` takes the endpoint from, beside the URL and the fields. */
export const sourceOptions: readonly CommandOption[] = [
  {
    name: 'profile',
    value: 'name',
    meaning: 'a saved profile; other options go before what it says',
  },
  {
    name: 'workspace',
    value: 'folder',
    meaning: 'the folder whose .vscode/lifeline.json has the profile (default: the current one)',
  },
  {
    name: 'curl',
    value: "'curl …'",
    meaning: 'the request of a curl command or of fetch(…), as browsers copy it, instead of a URL',
  },
]

/** When `lifeline watch` ends. */
export const endOptions: readonly CommandOption[] = [
  {
    name: 'for',
    value: 'duration',
    meaning: 'after this time; without it compare: 60s, doctor: 30s',
  },
  { name: 'frames', value: 'n', meaning: 'when this many frames have been printed' },
]

/** How both commands print. */
export const printOptions: readonly CommandOption[] = [
  {
    name: 'format',
    value: 'format',
    meaning: `${allExportFormats.map(formatLine).join('\n')}\ncompare: table (the default), markdown or json\ndoctor: text (the default) or json`,
  },
  { name: 'short', value: null, meaning: 'as --format short' },
  {
    name: 'width',
    value: 'columns',
    meaning: `${formatsFor('width')}: ${minWidth} to ${maxWidth} (default: the terminal’s width up to 120, or ${defaultWidth})`,
  },
  {
    name: 'times',
    value: null,
    meaning: `${formatsFor('times')}: the time since the start at each row`,
  },
  {
    name: 'run-length',
    value: 'n',
    meaning: `${formatsFor('runLength')}: like frames in a row that are drawn before the rest is counted (default: ${shortRunLength} in short, else 50 for watch and ${defaultRunLength} for show)`,
  },
  {
    name: 'wire',
    value: null,
    meaning: `${formatsFor('wire')}: the wire layer too, which ${formatsWith('wire', false).join(', ')} always has: fragments of WebSocket messages, frames of HTTP/2 about a connection, and lines of event streams that clients ignore`,
  },
]

/** What both commands leave out. */
export const filterOptions: readonly CommandOption[] = [
  {
    name: 'filter',
    value: 'filter',
    meaning:
      'only the frames that it finds, as the timeline does: words, dir:in, status:5xx, size>1kB, $.price > 70000 and more (docs/filter.md)',
  },
]

/** What `lifeline watch` keeps. */
export const captureOptions: readonly CommandOption[] = [
  {
    name: 'capture',
    value: 'file',
    meaning: 'keep the capture in a new file, which Lifeline in VS Code opens',
  },
]

/** What `lifeline compare` compares by. */
export const comparisonOptions: readonly CommandOption[] = [
  {
    name: 'item',
    value: 'json:path',
    meaning:
      'what tells the items apart, such as json:id (default: a field that is another in each item and the same in all sessions)',
  },
  {
    name: 'time',
    value: 'json:path',
    meaning: 'the time of its origin, beside it, such as json:at',
  },
  {
    name: 'max-age',
    value: 'duration',
    meaning: 'how old the data may be, for the method that is recommended (default: 1s)',
  },
  {
    name: 'viewers',
    value: 'n',
    meaning: 'clients at the same time, for what it would cost (default: 1)',
  },
]

/** Where `lifeline replay` sends to. */
export const replayOptions: readonly [CommandOption] = [
  {
    name: 'to',
    value: 'url',
    meaning: 'another server than the recorded one, such as https://staging.example.com',
  },
]

/** How `lifeline serve` replays. */
export const serveOptions: readonly CommandOption[] = [
  {
    name: 'speed',
    value: 'n',
    meaning: '2: twice as fast as it was recorded, 0: at once (default: 1)',
  },
  {
    name: 'loop',
    value: null,
    meaning:
      'from the start again after the last answer and event; without it the last answer stays, and streams stay open or end as they did',
  },
  {
    name: 'from',
    value: 'point',
    meaning: 'from this time since the start, such as 90s, or from the frame of this number',
  },
  { name: 'until', value: 'point', meaning: 'up to this one' },
  {
    name: 'cors',
    value: 'origin',
    meaning: 'pages of this origin may read it, beside those of this machine',
  },
]

export const generalOptions: readonly CommandOption[] = [
  { name: 'help', short: 'h', value: null, meaning: 'this text' },
  { name: 'version', value: null, meaning: 'the version' },
]

function formatLine(format: ExportFormat): string {
  const { line } = exportFormats[format]
  return `${format}: ${line}${format === defaultExportFormat ? ' (the default)' : ''}`
}

function formatsFor(option: Parameters<typeof formatsWith>[0]): string {
  return formatsWith(option).join(', ')
}
