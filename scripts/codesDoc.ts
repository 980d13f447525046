// The text of `docs/codes.md`: every code with what it means, what to do, and what a timeline offers.

import { callActions } from '../src/shared/calls/callActions.ts'
import { type CallCode, callCodes } from '../src/shared/calls/callCodes.ts'
import { type ErrorAction, errorActionNames } from '../src/shared/frame/actionNames.ts'
import { type ActionFacts, errorActions } from '../src/shared/frame/errorActions.ts'
import { type CodeRow, errorCodes } from '../src/shared/frame/errorCodes.ts'
import type { InsteadField } from '../src/shared/frame/frame.ts'
import { noticeCodes } from '../src/shared/frame/noticeCodes.ts'

export function codesDoc(): string {
  const parts = [
    `# Codes

Every error and every notice of a timeline has a code that stays the same from version to version, so that a script can
wait for it: the column \`code\` of a [capture](capture-format.md), the field \`code\` of [NDJSON](ndjson.md). The sentence
beside it names the host, the file or the figure, and is for people; it may change.

\`npm run generate\` writes this page from the lists in \`src\` (\`shared/frame/errorCodes.ts\`, \`shared/frame/noticeCodes.ts\`,
\`shared/calls/callCodes.ts\`).`,
    `## Errors

The fault is the peer's, the network's or a setting's; \`internal\` is Lifeline's own. After a fault that may pass the
session connects again, after others it ends.`,
    `A timeline shows what to do under the rows of an error that has ended its session or keeps it from going on, and of
any other in its detail, with the actions behind ⚑ as far as the frame and the session allow them. So it does for a close
frame by which a server ends a WebSocket with another code than 1000:

${errorActionNames.map((name) => `- _${labelOf(name, 'http2-only')}_ ${errorActions[name].meaning}`).join('\n')}

An error that has passed stays under the rows for 10 s and says so; one that comes and goes, as when every other poll
fails, stays until it is over.

On the command line the same advice names the options that it is about.`,
    ...sections(errorCodes, frameLabels),
    `## Notices

Lifeline did or found something that is nobody's fault. The session goes on, unless the notice says otherwise.`,
    ...sections(noticeCodes, frameLabels),
    `## Calls that fail

What a click or a command asked for cannot be done. The sentence is shown where it was asked for, and nothing is
recorded.`,
    ...sections(callCodes, callLabels),
  ]
  return `${parts.join('\n\n')}\n`
}

function sections<Code extends string>(
  codes: Readonly<Record<Code, CodeRow>>,
  labelsOf: (code: Code, row: CodeRow) => readonly string[],
): readonly string[] {
  const rows = Object.entries<CodeRow>(codes) as [Code, CodeRow][]
  return rows.map(([code, row]) => {
    const labels = labelsOf(code, row).map((label) => `_${label}_`)
    const offered = labels.length === 0 ? '' : `\n\n⚑ ${labels.join(', ')}`
    return `### \`${code}\`\n\n${row.meaning}\n\n→ ${row.advice}${offered}`
  })
}

function frameLabels(code: string, { actions = [] }: CodeRow): readonly string[] {
  return actions.map((name) => labelOf(name, code))
}

function callLabels(code: CallCode): readonly string[] {
  return callActions(code, { ...usual, isSaved: code === 'read-only' }).map(({ label }) => label)
}

/** As a button has it, where it says the most. */
function labelOf(name: ErrorAction, code: string): string {
  return errorActions[name].label(usual, { fits: 'polling', instead: insteadOf(code) })
}

function insteadOf(code: string): InsteadField {
  if (code.startsWith('sse-')) return { field: 'stream', value: 'sse' }
  return { field: 'httpVersion', value: code === 'http2-only' ? '2' : '1.1' }
}

const usual: ActionFacts = {
  method: 'sse',
  url: 'http://…',
  hasProfile: true,
  isSaved: false,
  secretFields: [],
  hasCredentials: false,
}
