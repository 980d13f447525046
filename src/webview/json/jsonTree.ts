// A JSON payload as a tree: lines are drawn by hundreds, arrow keys move, expand and collapse.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { formatPath } from '../../shared/text/jsonPath.ts'
import { layOutJson } from '../../shared/text/layOutJson.ts'
import { visibleText } from '../../shared/text/visibleText.ts'
import { LightElement } from '../elements/lightElement.ts'
import { initiallyOpen, type JsonLine, jsonLines, nodeAt } from './jsonLines.ts'
import type { JsonNode } from './jsonNode.ts'

const lineStep = 500

// VS Code's menu: what package.json has for a JSON payload, without its Cut and Paste.
const menuContext = JSON.stringify({ webviewSection: 'json', preventDefaultContextMenuItems: true })

/** `<lifeline-json>`: draws `root`. */
export class JsonTree extends LightElement {
  static override properties = { root: { attribute: false } }
  declare root: JsonNode
  #open = new Set<string>()
  #limit = lineStep
  #active = '$'
  #lines: readonly JsonLine[] = []

  /** Where the active value is: `$.items[0].id`. */
  get activePath(): string {
    return formatPath(nodeAt(this.root, this.#active).path)
  }

  /** The active value to be copied: of a string what it says, of a branch its lines. */
  get activeValue(): string {
    const { kind, source } = nodeAt(this.root, this.#active).node
    if (kind === 'string') return String(JSON.parse(source))
    return kind === 'object' || kind === 'array' ? layOutJson(source) : source
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('root')) {
      this.#open = new Set(initiallyOpen(this.root))
      this.#limit = lineStep
      this.#active = '$'
    }
    // One line more than is drawn, which tells whether there are more.
    this.#lines = jsonLines(this.root, this.#open, this.#limit + 1)
  }

  override render(): TemplateResult {
    const drawn = this.#lines.slice(0, this.#limit)
    const active = drawn.findIndex((line) => line.path === this.#active)
    return html`<div class="json" role="tree" tabindex="0" aria-label="Payload as JSON"
        aria-activedescendant=${active < 0 ? nothing : `json-${active}`} data-vscode-context=${menuContext}
        @keydown=${this.#handleKey}>
        ${drawn.map((line, index) => this.#line(line, index))}
      </div>
      ${
        this.#lines.length > this.#limit
          ? html`<button type="button" class="link more" @click=${this.#showMore}>Show ${lineStep} more lines</button>`
          : nothing
      }`
  }

  #line(line: JsonLine, index: number): TemplateResult {
    const classes = line.path === this.#active ? 'json-line active' : 'json-line'
    return html`<div class=${classes} id="json-${index}" role=${line.kind === 'end' ? 'presentation' : 'treeitem'}
      aria-level=${line.depth + 1} aria-expanded=${line.expanded === null ? nothing : String(line.expanded)}
      .style=${`--hang: ${hangOf(line)}ch`} @click=${() => this.#handleClick(line)}
      @contextmenu=${() => this.#activate(line)}>${indent(line.depth)}<span class="twistie" aria-hidden="true">${
        line.expanded === null ? '' : line.expanded ? '▾' : '▸'
      }</span><span class="key">${visibleText(line.key)}</span><span class="value ${line.kind} ${
        line.expanded === false ? 'collapsed' : ''
      }">${visibleText(line.text)}</span>${line.comma}</div>`
  }

  #handleClick(line: JsonLine): void {
    // A click that ends a selection of text must not collapse what was selected.
    if (getSelection()?.isCollapsed === false) return
    this.#activate(line)
    if (line.expanded !== null) this.#setCollapsed(line.path, line.expanded)
  }

  /** The menu is about the line that it opens on. */
  #activate(line: JsonLine): void {
    this.#active = line.path.replace(/\/$/, '')
    this.requestUpdate()
  }

  #handleKey(event: KeyboardEvent): void {
    const items = this.#lines.slice(0, this.#limit).filter((line) => line.kind !== 'end')
    const at = items.findIndex((line) => line.path === this.#active)
    const line = items[at]
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.#go(items[at + 1]?.path),
      ArrowUp: () => this.#go(items[at - 1]?.path),
      Home: () => this.#go(items[0]?.path),
      End: () => this.#go(items.at(-1)?.path),
      ArrowRight: () =>
        line?.expanded === false
          ? this.#setCollapsed(line.path, false)
          : this.#go(items[at + 1]?.path),
      ArrowLeft: () =>
        line?.expanded === true
          ? this.#setCollapsed(line.path, true)
          : this.#go(this.#active.replace(/\.\d+$/, '')),
    }
    const move = moves[event.key]
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
    this.requestUpdate()
    void this.updateComplete.then(() =>
      this.querySelector('.active')?.scrollIntoView({ block: 'nearest' }),
    )
  }

  #go(path: string | undefined): void {
    if (path !== undefined) this.#active = path
  }

  #setCollapsed(path: string, collapsed: boolean): void {
    if (collapsed) this.#open.delete(path)
    else this.#open.add(path)
  }

  #showMore(): void {
    this.#limit += lineStep
    this.requestUpdate()
  }
}

/** Characters before the value: where a long one goes on in the next line, it goes on under itself. */
function hangOf({ depth, key }: JsonLine): number {
  return 2 * depth + 2 + Math.min(key.length, longestHangChars)
}

/** Under a longer name there would be little room. */
const longestHangChars = 24

function indent(depth: number): string {
  return '  '.repeat(depth)
}

customElements.define('lifeline-json', JsonTree)
