// The text that `lifeline --help` prints.

import { audienceOf } from '../shared/profile/audience.ts'
import { profileFields } from '../shared/profile/profileFields.ts'
import {
  type CommandOption,
  captureOptions,
  comparisonOptions,
  endOptions,
  filterOptions,
  generalOptions,
  printOptions,
  replayOptions,
  serveOptions,
  sourceOptions,
} from './options.ts'
import { wrapText } from './wrapText.ts'

const widest = 94

/** Where the sentences begin. */
const margin = 28

export const help = `Usage
  lifeline watch <url> [options]        watch an endpoint and print what crosses the wire
  lifeline watch --profile <name>       watch a profile of .vscode/lifeline.json
  lifeline tap <server> [options]       listen here for a program of yours, pass all on to the
                                        server, and print what the two say to each other
  lifeline tap --profile <name>         the same by a profile that is a tap
  lifeline show <capture> [options]     print a saved capture
  lifeline compare <one> <other> …      measure the same data by two to four ways: captures,
                                        profiles, or URLs with their method before them
                                        (sse:https://example.com/events)
  lifeline doctor <capture or url>      say what is wrong with a capture, or with an endpoint
                                        that is watched for 30s
  lifeline serve <capture> [options]    answer on this machine as the capture's server did
  lifeline replay <capture> [options]   send again what the capture sent, at its times, and
                                        say which answers differ

What to watch
${lines([...sourceOptions, ...fieldLines()])}

When to end
${lines(endOptions)}
  Ctrl+C                    now; a second time without waiting for the closing handshake,
                            or for a reader of the output who does not read

What to print
${lines([...printOptions, ...filterOptions, ...captureOptions])}

What to compare
${lines(comparisonOptions)}

What to serve
${lines(serveOptions)}
  The port is --port, as for a tap; without it 7412.

What to replay
${lines(replayOptions)}
  Speed and part are told as for serve; at speed 0 each goes out as soon as the one before is
  answered. A header that is given takes the place of a recorded one of its name.

  Files start at the current folder; those of a profile at its own.

General
${lines(generalOptions)}

Durations are written 1500ms, 2s, 1m or 1h.

In profiles and options, \${env:NAME} is an environment variable, \${workspaceFolder} the
folder, \${userHome} the home folder, \${secret:name} the environment variable
LIFELINE_SECRET_NAME and \${input:id} LIFELINE_INPUT_ID. Secrets are not recorded.

Exit status: 0 ended as asked, 1 ended by an error, or a fault or a difference was found,
2 the command line needs a change, 130 ended by a second Ctrl+C.
`

/** The options of fields; one that is for a single method says so. */
function fieldLines(): readonly CommandOption[] {
  return profileFields.flatMap(({ methods, options = [] }) => {
    const audience = methods?.length === 1 ? `${audienceOf(methods)}: ` : ''
    return options.map((option) => ({ ...option, meaning: audience + option.meaning }))
  })
}

function lines(options: readonly CommandOption[]): string {
  return options.flatMap(optionLines).join('\n')
}

/** The form of an option, then its meaning from the margin on; a long form has a line of its own. */
function optionLines({ name, short, value, meaning }: CommandOption): readonly string[] {
  const letter = short === undefined ? '' : `-${short}, `
  const written = `  ${letter}--${name}${value === null ? '' : ` <${value}>`}`
  const said = meaning
    .replaceAll('’', "'")
    .split('\n')
    .flatMap((line) => wrapText(line, widest - margin))
  const indented = said.map((line) => ' '.repeat(margin) + line)
  if (written.length >= margin) return [written, ...indented]
  const [first = '', ...others] = indented
  return [written.padEnd(margin) + first.slice(margin), ...others]
}
