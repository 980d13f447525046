// The questions that no measurement answers, as a form: each is answered already, by what was measured or is usual.

import { html, type TemplateResult } from 'lit'
import type { MeasuredNeeds } from '../../../shared/advice/measured.ts'
import {
  type ProxyKind,
  proxyKinds,
  type SaidNeeds,
  usualNeeds,
} from '../../../shared/advice/needs.ts'
import { readAge, readViewers } from '../../../shared/advice/readNeeds.ts'
import { ageWords, timesWords } from '../../../shared/advice/words.ts'

type Question = keyof SaidNeeds

/** An answer as it stands in a list; `said` absent: as it was measured, or as is usual. */
interface Answer {
  readonly label: string
  readonly said?: SaidNeeds
}

const rhythms = [0, 1, 10, 60, 600] as const

const proxyLabels: Readonly<Record<ProxyKind, string>> = {
  open: 'pass everything',
  'no-upgrade': 'know no upgrades',
  buffering: 'hold answers back',
}

export interface NeedsForm {
  readonly said: SaidNeeds
  readonly measured: MeasuredNeeds
  /** What was typed and cannot be read, by question. */
  readonly unread: ReadonlySet<Question>
  say(said: SaidNeeds): void
  /** What was typed can be read, or cannot. */
  mark(question: Question, readable: boolean): void
}

export function needsForm(form: NeedsForm): TemplateResult {
  const { measured } = form
  const speaks = measured.sentPerMinute
  return html`<div class="needs" role="group" aria-label="What is needed">
    ${typed(form, 'maxAgeMs', 'Data may be as old as', ageWords(measured.maxAgeMs ?? usualNeeds.maxAgeMs), readAge, ageWords)}
    ${typed(form, 'viewers', 'Viewers', '1', readViewers, String)}
    ${chosen(form, 'sentPerMinute', 'The client speaks', [
      { label: speaks === undefined ? 'never' : `as measured: ${timesWords(speaks)}` },
      ...rhythms.map((perMinute) => ({
        label: timesWords(perMinute),
        said: { sentPerMinute: perMinute },
      })),
    ])}
    ${chosen(form, 'binary', 'What is said is', [
      { label: `as measured: ${measured.binary ? 'binary' : 'text'}` },
      { label: 'text', said: { binary: false } },
      { label: 'binary', said: { binary: true } },
    ])}
    ${chosen(form, 'browsersOnly', 'Clients are', [
      { label: 'any programs' },
      { label: 'browsers only', said: { browsersOnly: true } },
    ])}
    ${chosen(form, 'proxies', 'Proxies', [
      { label: proxyLabels.open },
      ...proxyKinds
        .filter((kind) => kind !== 'open')
        .map((proxies) => ({ label: proxyLabels[proxies], said: { proxies } })),
    ])}
  </div>`
}

function typed(
  form: NeedsForm,
  question: 'maxAgeMs' | 'viewers',
  label: string,
  usual: string,
  read: (text: string) => number | null,
  tell: (value: number) => string,
): TemplateResult {
  const { said, unread } = form
  const value = said[question]
  const isUnread = unread.has(question)
  const change = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return
    const text = target.value.trim()
    const answer = read(text)
    form.mark(question, answer !== null || text === '')
    if (text === '') form.say(without(said, question))
    else if (answer !== null) form.say({ ...said, [question]: answer })
  }
  return html`<label>${label} <input type="text" spellcheck="false" autocomplete="off" placeholder=${usual}
    title=${question === 'maxAgeMs' ? 'Such as 500ms, 5s, 1min' : 'At the same time'} aria-invalid=${String(isUnread)}
    .value=${value === undefined ? '' : tell(value)} @change=${change}></label>`
}

function chosen(
  form: NeedsForm,
  question: Exclude<Question, 'maxAgeMs' | 'viewers'>,
  label: string,
  answers: readonly Answer[],
): TemplateResult {
  const { said } = form
  const at = answers.findIndex((answer) => answer.said?.[question] === said[question])
  const change = ({ target }: Event) => {
    if (!(target instanceof HTMLSelectElement)) return
    form.say({ ...without(said, question), ...answers[target.selectedIndex]?.said })
  }
  return html`<label>${label} <select @change=${change}>${answers.map(
    (answer, index) =>
      html`<option .selected=${index === Math.max(0, at)}>${answer.label}</option>`,
  )}</select></label>`
}

function without(said: SaidNeeds, question: Question): SaidNeeds {
  return Object.fromEntries(Object.entries(said).filter(([name]) => name !== question))
}
