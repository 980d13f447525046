// A JSON payload as a tree: lines are drawn by hundreds, keys move, open and fold.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { JsonPath } from '../../shared/text/jsonPath.ts'
import { LightElement } from '../elements/lightElement.ts'
import { menuContext } from '../elements/menuContext.ts'
import { type JsonLine, jsonLines } from './jsonLines.ts'
import { jsonLineView, placeActions } from './jsonLineView.ts'
import type { JsonNode } from './jsonNode.ts'
import { nodeAt, pathOfOffset } from './jsonPlaces.ts'
import { createOpenBranches } from './openBranches.ts'
import type { TreeAction, TreePlace } from './treeAction.ts'
import { createTreeKeys } from './treeKeys.ts'

const lineStep = 500

/** Trees so far. */
let made = 0

/** `<lifeline-json>`: draws `root`. */
export class JsonTree extends LightElement {
  static override properties = {
    root: { attribute: false },
    at: { attribute: false },
    label: { attribute: false },
    actions: { attribute: false },
    changes: { attribute: false },
    sought: { attribute: false },
  }
  declare root: JsonNode
  /** Where `root` stands in the whole payload. */
  declare at: JsonPath
  /** What it is called for whoever does not see it. */
  declare label: string
  /** What can be done with a value, in its line. */
  declare actions: readonly TreeAction[]
  /** Values that are marked as changed, by the paths of their lines, with a word about each or none. */
  declare changes: ReadonlyMap<string, string>
  /** A text that is marked wherever it stands; empty where nothing is. */
  declare sought: string
  /** Tells its lines from those of another tree on the page. */
  readonly #name = `json-${++made}`
  #limit = lineStep
  #active = '$'
  #hovered: string | null = null
  #lines: readonly JsonLine[] = []
  readonly #keys = createTreeKeys()
  readonly #open = createOpenBranches()

  constructor() {
    super()
    this.at = []
    this.label = 'Payload as JSON'
    this.actions = []
    this.changes = new Map()
    this.sought = ''
  }

  /** Opens what the character at `offset` is in, and brings it into sight. */
  reveal(offset: number): void {
    const path = pathOfOffset(this.root, offset)
    this.#open.reveal(this.root, path)
    this.#active = path
    this.#limit = linesTo(this.root, this.#open.paths, path, this.#limit)
    this.requestUpdate()
    this.#showActive()
  }

  /** The active value. */
  get place(): TreePlace {
    return placeOf(this, this.#active)
  }

  /** Does it with the active value, where it fits. */
  perform(action: TreeAction): void {
    if (action.fits(this.place)) action.run(this.place)
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('root')) this.#begin()
    // One line more than is drawn, which tells whether there are more.
    this.#lines = jsonLines(this.root, this.#open.paths, this.#limit + 1)
  }

  #begin(): void {
    this.#open.begin(this.root)
    this.#limit = lineStep
    this.#active = '$'
    this.#hovered = null
  }

  protected override updated(): void {
    placeActions(this)
  }

  override render(): TemplateResult {
    const drawn = this.#lines.slice(0, this.#limit)
    const active = drawn.findIndex((line) => line.path === this.#active)
    return html`<div class="json" role="tree" tabindex="0" aria-label=${this.label}
        aria-activedescendant=${active < 0 ? nothing : `${this.#name}-${active}`} data-vscode-context=${menuContext('json')}
        @keydown=${this.#handleKey} @click=${this.#handleClick} @contextmenu=${this.#handleMenu}
        @mousemove=${this.#handleHover} @mouseleave=${() => this.#hover(null)} @focus=${() => this.requestUpdate()}
        @blur=${() => this.requestUpdate()}>
        ${drawn.map((line, index) => this.#line(line, index))}
      </div>
      ${
        this.#lines.length > this.#limit
          ? html`<button type="button" class="link more" @click=${this.#showMore}>Show ${lineStep} more lines</button>`
          : nothing
      }`
  }

  #line(line: JsonLine, index: number): TemplateResult {
    const active = line.path === this.#active
    return jsonLineView(line, {
      id: `${this.#name}-${index}`,
      active,
      sought: this.sought,
      actions: this.#acting === line.path ? this.#actionsOf(line) : [],
      change: line.kind === 'end' ? null : (this.changes.get(line.path) ?? null),
      run: (action) => {
        action.run(placeOf(this, line.path))
        // Another one may fit from now on.
        this.requestUpdate()
      },
    })
  }

  /** The line that the pointer is on, or else the one that has the focus. */
  get #acting(): string | null {
    if (this.#hovered !== null) return this.#hovered
    return this.querySelector('.json')?.matches(':focus-visible') ? this.#active : null
  }

  #actionsOf({ kind, path }: JsonLine): readonly TreeAction[] {
    if (kind === 'end' || kind === 'piece' || this.actions.length === 0) return []
    const place = placeOf(this, path)
    return this.actions.filter((action) => action.fits(place))
  }

  #lineAt({ target }: Event): JsonLine | undefined {
    const path = target instanceof Element ? pathUnder(target) : null
    return path === null ? undefined : this.#lines.find((line) => line.path === path)
  }

  #handleClick(event: Event): void {
    const line = this.#lineAt(event)
    // A click that ends a selection of text must not fold what was selected.
    if (!line || getSelection()?.isCollapsed === false) return
    this.#activate(line)
    if (line.expanded !== null) this.#open.fold(this.root, line.path, !line.expanded)
  }

  /** The menu is about the line that it opens on; from the keyboard about the active one. */
  #handleMenu(event: Event): void {
    const line = this.#lineAt(event)
    if (line) this.#activate(line)
  }

  #handleHover(event: MouseEvent): void {
    // Lines that move under a pointer that rests are not pointed at.
    if (event.movementX === 0 && event.movementY === 0) return
    this.#hover(event.target instanceof Element ? pathUnder(event.target) : null)
  }

  #hover(path: string | null): void {
    if (path === this.#hovered) return
    this.#hovered = path
    this.requestUpdate()
  }

  #activate(line: JsonLine): void {
    this.#active = line.path.replace(/\/$/, '')
    this.requestUpdate()
  }

  #handleKey(event: KeyboardEvent): void {
    const move = this.#keys.move(event, this.#lines.slice(0, this.#limit), this.#active)
    if (move === undefined) return
    event.preventDefault()
    this.#hovered = null
    if (move !== null && 'to' in move) this.#active = move.to
    else if (move !== null) this.#open.fold(this.root, move.path, move.open)
    this.requestUpdate()
    this.#showActive()
  }

  #showActive(): void {
    void this.updateComplete.then(() =>
      this.querySelector('.active')?.scrollIntoView({ block: 'nearest' }),
    )
  }

  #showMore(): void {
    this.#limit += lineStep
    this.requestUpdate()
  }
}

/** The one in `host` that has the focus, or else the first. */
export function treeIn(host: Element): JsonTree | null {
  const focused = document.activeElement?.closest<JsonTree>('lifeline-json') ?? null
  return host.contains(focused) ? focused : host.querySelector<JsonTree>('lifeline-json')
}

/** The value that a line stands for, with its place in the whole payload. */
function placeOf({ root, at }: Pick<JsonTree, 'root' | 'at'>, line: string): TreePlace {
  const { node, path } = nodeAt(root, line)
  return { node, path: [...at, ...path] }
}

function pathUnder(element: Element): string | null {
  return element.closest<HTMLElement>('.json-line')?.dataset.path ?? null
}

/** So many lines that the one of `path` is among them. */
function linesTo(root: JsonNode, open: ReadonlySet<string>, path: string, before: number): number {
  for (let limit = before; limit < maxLines; limit += lineStep) {
    const lines = jsonLines(root, open, limit)
    if (lines.length < limit || lines.some((line) => line.path === path)) return limit
  }
  return before
}

/** More are not drawn at once for the sake of a match. */
const maxLines = 5000

customElements.define('lifeline-json', JsonTree)
