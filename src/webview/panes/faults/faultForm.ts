// The form of one fault: its numbers, where it acts, and for how long.

import { html, nothing, type TemplateResult } from 'lit'
import { type FaultKind, tapFaults } from '../../../shared/session/tapFaults.ts'
import { formBox, wayChoice } from '../holds/tapForm.ts'
import { type FaultDraft, type FaultNumber, faultNumbersOf } from './faultDraft.ts'

export interface FaultForm {
  readonly kind: FaultKind
  readonly draft: FaultDraft
  /** What cannot be read. */
  readonly wrong: ReadonlySet<string>
  /** It is in force. */
  readonly isOn: boolean
  change(part: Partial<FaultDraft>): void
  turnOn(): void
  turnOff(): void
}

const hints = { time: 'Such as 200ms, 5s, 1m', size: 'Such as 500, 32kB, 1MB' } as const

export function faultForm(form: FaultForm): TemplateResult {
  const { kind, draft, isOn } = form
  const usual = tapFaults[kind].usual
  const submit = (event: Event) => {
    event.preventDefault()
    form.turnOn()
  }
  return html`<form class="tap-form" @submit=${submit}>
    <p class="about">${tapFaults[kind].sentence}</p>
    ${faultNumbersOf[kind].map((number) => numberBox(form, number))}
    ${'way' in usual ? wayChoice(draft.way, (way) => form.change({ way })) : nothing}
    ${kind === 'refuse' ? nothing : placeBox(form, draft.place)}
    ${formBox(form.wrong, { name: 'time', label: 'For', hint: hints.time, empty: 'until turned off' }, draft.time, (time) => form.change({ time }))}
    <div class="acts"><button type="submit" >${isOn ? 'Change' : 'Turn on'}</button>
      ${isOn ? html`<button type="button" @click=${form.turnOff}>Turn off</button>` : nothing}</div>
  </form>`
}

function numberBox(
  form: FaultForm,
  { name, label, takes, mayBeEmpty }: FaultNumber,
): TemplateResult {
  const { numbers } = form.draft
  const about = { name, label, hint: hints[takes], empty: mayBeEmpty ? 'none' : '' }
  return formBox(form.wrong, about, numbers[name] ?? '', (text) =>
    form.change({ numbers: { ...numbers, [name]: text } }),
  )
}

export function placeBox(form: Pick<FaultForm, 'wrong' | 'change'>, place: string): TemplateResult {
  const about = {
    name: 'place',
    label: 'Where',
    hint: 'A path such as /api/*, or a connection such as #7',
    empty: 'everywhere',
  }
  return formBox(form.wrong, about, place, (text) => form.change({ place: text }))
}
