// The box in which the user says which fields rows show: as a list of paths, or by ticking those that there are.

import { formatPathList, parsePathList } from '../../shared/text/pathList.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { makeElement } from '../elements/makeElement.ts'
import { openUnder } from '../elements/menu.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { type FieldSample, findFieldSamples } from './fieldSamples.ts'

/** Opens it under `button`; the focus returns to it when the box closes. */
export function openFieldsBox(button: HTMLElement, model: TimelineModel): void {
  const box = new FieldsBox(model)
  button.parentElement?.append(box.root)
  openUnder(box.root, button)
  void box.fill()
}

class FieldsBox {
  readonly root = makeElement('div', 'menu fields-box')
  readonly #input = makeElement('input', 'paths')
  readonly #mistake = makeElement('p', 'mistake')
  readonly #list = makeElement('div', 'choices')
  readonly #model: TimelineModel
  /** Null while no message is there. */
  #samples: readonly FieldSample[] | null = null
  #reading = false
  #stopWaiting: (() => void) | null = null
  #escaped = false

  constructor(model: TimelineModel) {
    this.#model = model
    const { root } = this
    root.popover = 'auto'
    root.setAttribute('role', 'dialog')
    root.ariaLabel = 'Fields that rows show'
    const input = this.#input
    input.type = 'text'
    input.spellcheck = false
    input.placeholder = 'symbol price maker.venue'
    input.ariaLabel = 'Paths into JSON, with spaces between them'
    input.value = formatPathList(model.fields.paths)
    input.addEventListener('input', () => {
      this.#mistake.textContent = ''
      this.#draw()
    })
    this.#mistake.setAttribute('role', 'status')
    this.#list.setAttribute('role', 'group')
    this.#list.ariaLabel = 'Fields of the messages in view'
    const foot = makeElement('div', 'foot')
    foot.append(textButton('Show none', () => this.#choose([])))
    if (model.session?.facts.hasProfile) {
      foot.append(textButton('Keep in profile', () => this.#keep()))
    }
    root.append(input, this.#mistake, this.#list, foot)
    root.addEventListener('keydown', (event) => this.#handleKey(event))
    root.addEventListener('toggle', (event) => {
      if (event.newState === 'closed') this.#close()
    })
  }

  /** Once it is open. */
  async fill(): Promise<void> {
    this.#input.focus()
    this.#input.select()
    this.#stopWaiting = this.#model.onChange(() => void this.#read())
    await this.#read()
  }

  /** Once, as soon as there is a message. */
  async #read(): Promise<void> {
    if (this.#reading || this.#samples !== null) return
    this.#reading = true
    try {
      this.#samples = await findFieldSamples(this.#model)
      this.#draw()
    } catch (problem) {
      this.#samples = []
      this.#model.report(problem)
    }
    this.#reading = false
  }

  #choose(paths: readonly string[]): void {
    this.#input.value = formatPathList(paths)
    this.#apply()
  }

  /** False where there is a mistake, which is told. */
  #apply(): boolean {
    const { paths, mistakes } = parsePathList(this.#input.value)
    this.#mistake.textContent = mistakes[0]?.message ?? ''
    this.#input.ariaInvalid = String(mistakes.length > 0)
    if (mistakes.length > 0) return false
    this.#model.fields.choose(paths)
    this.#draw()
    return true
  }

  #keep(): void {
    if (!this.#apply()) return
    const { actions, api, fields } = this.#model
    actions.run(api.keepShow(fields.paths))
    this.root.hidePopover()
  }

  /** Escape leaves alone what rows show. */
  #close(): void {
    const isNew = this.#input.value !== formatPathList(this.#model.fields.paths)
    if (isNew && !this.#escaped) this.#apply()
    this.#stopWaiting?.()
    this.root.remove()
  }

  /** What is being typed, and the paths before it. */
  #typed(): { readonly before: readonly string[]; readonly word: string } {
    const { value } = this.#input
    const word = /[^\s,]*$/.exec(value)?.[0] ?? ''
    const isKnown = word === '' || this.#samples?.some(({ path }) => path === word)
    if (isKnown) return { before: parsePathList(value).paths, word: '' }
    return { before: parsePathList(value.slice(0, -word.length)).paths, word }
  }

  #draw(): void {
    const { before, word } = this.#typed()
    const sought = word.toLowerCase()
    const fitting = (this.#samples ?? []).filter(({ path }) => path.toLowerCase().includes(sought))
    const focused = this.#list.querySelector<HTMLInputElement>('input:focus')?.value
    this.#list.replaceChildren(
      ...fitting.map((sample) =>
        choiceRow(sample, before.includes(sample.path), (isShown) => {
          const others = this.#typed().before.filter((path) => path !== sample.path)
          this.#choose(isShown ? [...others, sample.path] : others)
        }),
      ),
    )
    for (const tick of this.#list.querySelectorAll('input')) {
      if (tick.value === focused) tick.focus()
    }
    this.#list.hidden = fitting.length === 0
  }

  /** The arrows go from one to the next, Enter takes what is written. */
  #handleKey(event: KeyboardEvent): void {
    this.#escaped = event.key === 'Escape'
    const inputs = [...this.root.querySelectorAll('input')]
    const at = inputs.findIndex((one) => one.matches(':focus'))
    if (event.key === 'Enter' && at >= 0) {
      event.preventDefault()
      if (this.#apply()) this.root.hidePopover()
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || at < 0) return
    event.preventDefault()
    inputs[Math.max(0, at + step)]?.focus()
  }
}

function textButton(name: string, run: () => void): HTMLElement {
  const made = makeElement('button', 'tool')
  made.type = 'button'
  made.textContent = name
  made.addEventListener('click', run)
  return made
}

function choiceRow(
  { path, sample }: FieldSample,
  isShown: boolean,
  toggle: (isShown: boolean) => void,
): HTMLElement {
  const row = makeElement('label', 'choice')
  const tick = makeElement('input', '')
  tick.type = 'checkbox'
  tick.value = path
  tick.checked = isShown
  tick.addEventListener('change', () => toggle(tick.checked))
  const name = makeElement('span', 'path')
  name.textContent = visibleLine(path)
  const value = makeElement('span', 'sample')
  value.textContent = sample
  row.append(tick, name, value)
  return row
}
