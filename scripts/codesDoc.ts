// The text of `docs/codes.md`: every code with what it means and what to do.

import { callCodes } from '../src/shared/calls/callCodes.ts'
import { type CodeRow, errorCodes } from '../src/shared/frame/errorCodes.ts'
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
    ...sections(errorCodes),
    `## Notices

Lifeline did or found something that is nobody's fault. The session goes on, unless the notice says otherwise.`,
    ...sections(noticeCodes),
    `## Calls that fail

What a click or a command asked for cannot be done. The sentence is shown where it was asked for, and nothing is
recorded.`,
    ...sections(callCodes),
  ]
  return `${parts.join('\n\n')}\n`
}

function sections(codes: Readonly<Record<string, CodeRow>>): readonly string[] {
  return Object.entries(codes).map(
    ([code, { meaning, advice }]) => `### \`${code}\`\n\n${meaning}\n\n→ ${advice}`,
  )
}
