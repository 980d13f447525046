// The contrast of letters with what is painted under them, and of what is drawn on canvases with their ground.

/** Red, green and blue from 0 to 255, and how opaque from 0 to 1. */
type Colour = readonly [number, number, number, number]

/** Of text and lines on a canvas, which axe does not see: variable, ground over the editor's, least contrast. */
const drawn: readonly (readonly [selector: string, ink: string, ground: string, least: number])[] =
  [
    ['lifeline-chart', '--chart-text', 'transparent', 4.5],
    ['lifeline-overview', '--strip-words', 'var(--strip-lost)', 4.5],
    // WCAG's 1.4.11: bars and lines are no letters.
    ['lifeline-overview', '--strip-received', 'transparent', 3],
    ['lifeline-overview', '--strip-sent', 'transparent', 3],
    ['lifeline-overview', '--strip-error', 'transparent', 3],
    ['lifeline-chart', '--green', 'transparent', 3],
    ['lifeline-chart', '--blue', 'transparent', 3],
  ]

/** What is too faint on the canvases of the page. */
export function canvasFaults(): readonly string[] {
  return drawn.flatMap(([selector, ink, ground, least]) => {
    const host = document.querySelector(selector)
    if (host === null) return []
    const editor = colourIn(host, 'var(--vscode-editor-background)')
    const under = over(colourIn(host, ground), editor)
    const contrast = contrastOf(over(colourIn(host, `var(${ink})`), under), under)
    return contrast >= least ? [] : [`${ink} on the canvas of ${selector} has ${contrast}`]
  })
}

/** Null where no letters of its own are seen: it is disabled, or others are drawn in their place. */
export function seenContrast(element: Element): number | null {
  // What was drawn anew meanwhile is gone.
  if (!element.isConnected || element.closest('[aria-disabled=true], :disabled, [disabled]'))
    return null
  const isEmpty = element instanceof HTMLInputElement && element.value === ''
  const { color } = getComputedStyle(element, isEmpty ? '::placeholder' : null)
  const [red, green, blue, alpha] = parse(color)
  // The letters of the filter are those of the layer over it, which axe judges.
  if (alpha === 0) return null
  const ground = groundUnder(element)
  const ink: Colour = [red, green, blue, alpha * opacityOf(element)]
  return contrastOf(over(ink, ground), ground)
}

/** All backgrounds at its middle, whatever they belong to. */
function groundUnder(element: Element): Colour {
  const { left, top, width, height } = element.getBoundingClientRect()
  const root = element.getRootNode() as Document | ShadowRoot
  const stack = root.elementsFromPoint(left + width / 2, top + height / 2)
  const at = stack.indexOf(element)
  const below = at < 0 ? [] : stack.slice(at)
  const layers = [...below, ...ancestors(element)]
  const grounds: Colour[] = []
  for (const layer of layers) {
    const [red, green, blue, alpha] = parse(getComputedStyle(layer).backgroundColor)
    grounds.push([red, green, blue, alpha])
    if (alpha === 1) break
  }
  return grounds.reduceRight<Colour>((under, ground) => over(ground, under), [255, 255, 255, 1])
}

function ancestors(element: Element): readonly Element[] {
  const root = element.getRootNode()
  const parent = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
  return parent === null ? [element] : [element, ...ancestors(parent)]
}

function opacityOf(element: Element): number {
  return ancestors(element).reduce(
    (product, one) => product * Number(getComputedStyle(one).opacity),
    1,
  )
}

function colourIn(host: Element, css: string): Colour {
  const probe = document.createElement('i')
  probe.style.color = css
  host.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return parse(color)
}

const painter = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

/** Whatever form CSS gives it in. */
function parse(css: string): Colour {
  if (painter === null) throw new Error('no canvas')
  painter.clearRect(0, 0, 1, 1)
  painter.fillStyle = css
  painter.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 0] = painter.getImageData(0, 0, 1, 1).data
  return [red, green, blue, alpha / 255]
}

function over(top: Colour, under: Colour): Colour {
  const mix = (at: 0 | 1 | 2) => top[at] * top[3] + under[at] * (1 - top[3])
  return [mix(0), mix(1), mix(2), 1]
}

/** By WCAG: from 1 to 21. */
function contrastOf(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
