// The command that says which method fits: the advice for the session in front, or questions where there is none.

import { commands, env } from 'vscode'
import { adviceText } from '../../shared/advice/adviceText.ts'
import { adviceLines } from '../../shared/advice/comparisonAdvice.ts'
import { type Needs, usualNeeds } from '../../shared/advice/needs.ts'
import { whichMethod as whichIs } from '../../shared/advice/whichMethod.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import type { TimelinePanel } from '../timeline/timelinePanel.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pick } from '../window/dialogs.ts'
import { idOf } from './chooseSession.ts'

/** `choose`: the session of an item, or one that the user chooses; undefined after Escape. */
export interface WhichMethodParts {
  readonly timelines: Timelines
  readonly choose: (item: unknown) => Promise<HostSession | undefined>
  /** Whether there is a session to choose. */
  readonly any: () => boolean
}

export async function whichMethod(item: unknown, parts: WhichMethodParts): Promise<void> {
  const { timelines, choose, any } = parts
  // A menu of the page hands over what was clicked there.
  const isOfItem = idOf(item) !== null
  const front = isOfItem ? undefined : timelines.current
  if (!(isOfItem || front || any())) return ask()
  const panel = front ?? (await shown(choose(item), timelines))
  panel?.reveal()
  panel?.perform('which-method')
}

async function shown(
  chosen: Promise<HostSession | undefined>,
  timelines: Timelines,
): Promise<TimelinePanel | undefined> {
  const session = await chosen
  return session && timelines.show(session)
}

interface Question {
  readonly question: string
  readonly answers: readonly { readonly label: string; readonly needs: Partial<Needs> }[]
}

const questions: readonly Question[] = [
  {
    question: 'How often does the server have something new?',
    answers: [
      { label: 'Ten times a second', needs: { changesPerMinute: 600 } },
      { label: 'Once a second', needs: { changesPerMinute: 60 } },
      { label: 'A few times a minute', needs: { changesPerMinute: 4 } },
      { label: 'A few times an hour', needs: { changesPerMinute: 0.05 } },
    ],
  },
  {
    question: 'How old may data be when it is seen?',
    answers: [
      { label: 'As new as can be', needs: { maxAgeMs: 100 } },
      { label: 'A second', needs: { maxAgeMs: 1000 } },
      { label: 'Ten seconds', needs: { maxAgeMs: 10_000 } },
      { label: 'Minutes', needs: { maxAgeMs: 300_000 } },
    ],
  },
  {
    question: 'Does the client speak, beside asking?',
    answers: [
      { label: 'No, or seldom', needs: { sentPerMinute: 0 } },
      { label: 'Several times a minute', needs: { sentPerMinute: 10 } },
      { label: 'All the time', needs: { sentPerMinute: 600 } },
    ],
  },
  {
    question: 'Is what is said text?',
    answers: [
      { label: 'Text, such as JSON', needs: { binary: false } },
      { label: 'Binary', needs: { binary: true } },
    ],
  },
  {
    question: 'Who are the clients, and what do proxies on the way do?',
    answers: [
      { label: 'Any programs; every proxy lets streams and upgrades through', needs: {} },
      { label: 'Browsers only; proxies let everything through', needs: { browsersOnly: true } },
      { label: 'A proxy knows no upgrade to WebSocket', needs: { proxies: 'no-upgrade' } },
      { label: 'A proxy holds answers back until they are whole', needs: { proxies: 'buffering' } },
    ],
  },
]

/** Asks all questions, and shows the answer until a method is chosen to connect with; nothing after Escape. */
async function ask(): Promise<void> {
  let needs = usualNeeds
  for (const [index, { question, answers }] of questions.entries()) {
    const title = `Which Method? (${index + 1} of ${questions.length})`
    const answer = await pick(answers, question, { title })
    if (answer === undefined) return
    needs = { ...needs, ...answer.needs }
  }
  const { headline } = adviceText(needs)
  const chosen = await pick(results(needs), 'Choose one to connect with it', { title: headline })
  await chosen?.act()
}

/** The best first, each with what speaks for it. */
function results(needs: Needs) {
  const { ranking } = whichIs(needs)
  const { reasons, others } = adviceText(needs)
  const methodItems = ranking.map((method, index) => {
    const { label, icon, command } = methods[method]
    const other = others.find(({ name }) => name === label)
    const detail = index === 0 ? reasons.join(' ') : other && `When ${other.when}`
    return {
      label: `$(${icon}) ${label}`,
      ...(index === 0 && { description: 'for this feed' }),
      ...(detail !== undefined && { detail }),
      act: async () => commands.executeCommand(`lifeline.${command}`),
    }
  })
  const copy = async () => env.clipboard.writeText(`${adviceLines(needs).join('\n')}\n`)
  return [...methodItems, { label: '$(copy) Copy What Each Would Cost', act: copy }]
}
