// A small menu under a button: arrow keys, Escape and a click elsewhere work as anywhere in VS Code.

import { html, nothing, type TemplateResult } from 'lit'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { toolLabel } from './toolLabel.ts'

export interface MenuItem {
  readonly label: string
  /** Of a choice among several: whether it is the one. */
  readonly checked?: boolean
  readonly disabled?: boolean
  /** A line stands above it. */
  readonly begins?: boolean
  readonly run: () => void
}

/** Opens `items` under `button`; the focus returns to it when the menu closes. */
export function openMenu(button: HTMLElement, items: readonly MenuItem[]): void {
  const menu = document.createElement('div')
  menu.className = 'menu'
  menu.setAttribute('role', 'menu')
  menu.popover = 'auto'
  for (const item of items) menu.append(createItem(item, menu))
  button.parentElement?.append(menu)
  menu.addEventListener('keydown', (event) => handleKey(event, menu))
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') menu.remove()
  })
  openUnder(menu, button)
  const chosen = menu.querySelector<HTMLElement>('[aria-checked=true]:enabled')
  const first = chosen ?? menu.querySelector<HTMLElement>(':enabled')
  first?.focus()
}

function createItem(item: MenuItem, menu: HTMLElement): HTMLElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.setAttribute('role', item.checked === undefined ? 'menuitem' : 'menuitemradio')
  if (item.checked !== undefined) made.ariaChecked = String(item.checked)
  made.disabled = item.disabled === true
  made.classList.toggle('begins', item.begins === true)
  made.tabIndex = -1
  made.textContent = visibleLine(item.label)
  made.addEventListener('click', () => {
    menu.hidePopover()
    item.run()
  })
  return made
}

/** It stays there while the window changes its size, until it is closed. */
export function openUnder(popover: HTMLElement, button: HTMLElement): void {
  const place = () => putUnder(popover, button.getBoundingClientRect())
  popover.showPopover()
  place()
  window.addEventListener('resize', place)
  popover.addEventListener('toggle', ({ newState }) => {
    if (newState === 'closed') window.removeEventListener('resize', place)
  })
}

function putUnder(menu: HTMLElement, anchor: DOMRect): void {
  const left = Math.min(anchor.left, window.innerWidth - menu.offsetWidth - 4)
  menu.style.left = `${Math.max(4, left)}px`
  const below = anchor.bottom + 2
  const fits = below + menu.offsetHeight <= window.innerHeight
  menu.style.top = `${fits ? below : Math.max(4, anchor.top - menu.offsetHeight - 2)}px`
}

function handleKey(event: KeyboardEvent, menu: HTMLElement): void {
  const items = [...menu.children].filter((item) => !item.matches(':disabled'))
  const at = items.findIndex((item) => item.matches(':focus'))
  const target: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: items.length - 1,
  }
  const next = target[event.key]
  if (event.key === 'Tab') menu.hidePopover()
  // The browser closes the menu; what is around it stays.
  if (event.key === 'Escape') event.stopPropagation()
  if (next === undefined) return
  event.preventDefault()
  const item = items[(next + items.length) % items.length]
  if (item instanceof HTMLElement) item.focus()
}

export interface MenuButton {
  readonly name: string
  /** Stands for the name where there is little room. */
  readonly icon?: string
  readonly title: string
  readonly disabled?: boolean
  /** See `menuContext`: of the menu that a right click opens. */
  readonly context?: string
  /** Gets the button, which is where the menu belongs. */
  readonly open: (button: HTMLElement) => void
}

export function menuButton({
  name,
  icon,
  title,
  disabled = false,
  context,
  open,
}: MenuButton): TemplateResult {
  return html`<button type="button" class="tool" aria-haspopup="menu" aria-label=${name} title=${title} ?disabled=${disabled} data-vscode-context=${context ?? nothing}
    @click=${(event: Event) => open(event.currentTarget as HTMLElement)}>${icon === undefined ? name : toolLabel(icon, name)}<i class="codicon codicon-chevron-down" aria-hidden="true"></i></button>`
}
