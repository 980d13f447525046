// The text of `docs/doctor.md`: every rule with what it looks for, why it matters, and what to do.

import { ruleFamilies } from '../src/engine/analyses/doctor/rules.ts'
import type { Rule } from '../src/engine/analyses/doctor/shapes/rule.ts'

export function doctorDoc(): string {
  const parts = [
    `# Findings

Lifeline looks for what is wrong with a session, or soon will be, while it records and in opened captures. A finding says
what was measured, which frames prove it, and what to do. Each comes from one of the rules below.

| severity | meaning                                                               |
| -------- | --------------------------------------------------------------------- |
| fault    | something was lost, or breaks a standard on which clients count       |
| risk     | nothing may be lost yet, but with other clients or proxies it will be |
| hint     | it works, and could be cheaper, faster or easier to watch             |

In VS Code they stand [below the rows](timeline.md#findings). On the command line
\`lifeline doctor <capture or url> [--for 30s] [--format text|json]\` prints them, with the options of \`lifeline watch\` that say
what to watch; \`json\` is a list of objects with \`id\`, \`severity\`, \`title\`, \`sentence\`, \`measured\`, \`threshold\`, \`unit\`,
\`frames\` (the first of \`frameCount\`) and \`advice\`, the worst first. The exit status is 1 where a fault is among them.

No rule claims more than it saw. Times are those of arrival at this machine, and what stands between it and the server is
seldom known: then a finding says what it could be. A healthy session has no findings.

\`npm run generate\` writes this page from the rules in \`src/engine/analyses/doctor\`; the thresholds stand in its
\`shapes/thresholds.ts\`.`,
    ...Object.entries(ruleFamilies).flatMap(([family, rules]) => [
      `## ${family}`,
      ...rules.map(sectionOf),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

function sectionOf({ id, title, speaks, why, advice, source }: Rule): string {
  return `### ${id}

**${title}**

${speaks}

${why}

→ ${advice}

Source: ${source}`
}
