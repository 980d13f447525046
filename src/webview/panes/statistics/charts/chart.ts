// A chart drawn by uPlot in the colours of the theme, with the values under the pointer in words.

import uPlot from 'uplot'
import { onThemeChange } from '../../../elements/onThemeChange.ts'
import { readChartColours } from './chartColours.ts'
import type { ChartData } from './chartData.ts'
import { chartOptions } from './chartOptions.ts'

/** The frame of the point that was clicked, as `detail` of the event `go-to-frame`. */
const goToFrame = 'go-to-frame'

/** `<lifeline-chart>`: draws `data`; fires `go-to-frame`. What it shows is in a table beside it, too. */
export class Chart extends HTMLElement {
  #data: ChartData | null = null
  #plot: uPlot | null = null
  /** What the plot was made for: it takes other values, but no other series. */
  #madeFor = ''
  readonly #values = document.createElement('p')
  readonly #resized = new ResizeObserver(() => this.#resize())
  #leaveTheme = (): void => {}

  connectedCallback(): void {
    this.setAttribute('aria-hidden', 'true')
    this.#values.className = 'chart-values'
    this.append(this.#values)
    this.#resized.observe(this)
    this.#leaveTheme = onThemeChange(() => this.#recolour())
    this.#draw()
  }

  disconnectedCallback(): void {
    this.#resized.disconnect()
    this.#leaveTheme()
    this.#plot?.destroy()
    this.#plot = null
  }

  set data(data: ChartData) {
    this.#data = data
    this.#draw()
  }

  #draw(): void {
    const data = this.#data
    if (!data || !this.isConnected || this.clientWidth === 0) return
    const kind = JSON.stringify([data.form, data.series.map(({ look }) => look)])
    if (kind !== this.#madeFor || this.#plot === null) this.#make(kind)
    this.#plot?.setData(alignedData(data))
    this.#tell()
  }

  #make(kind: string): void {
    this.#plot?.destroy()
    this.#madeFor = kind
    const options = chartOptions({
      data: () => this.#data,
      colours: readChartColours(this),
      widthPx: this.clientWidth,
      onCursor: () => this.#tell(),
    })
    this.#plot = new uPlot(options, [[]], this)
    this.#plot.over.addEventListener('click', () => this.#go())
  }

  #resize(): void {
    const width = this.clientWidth
    if (this.#plot === null) this.#draw()
    else if (width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: this.#plot.height })
    }
  }

  #recolour(): void {
    this.#madeFor = ''
    this.#draw()
  }

  get #index(): number | null {
    const index = this.#plot?.cursor.idx ?? null
    return index !== null && index < (this.#data?.x.length ?? 0) ? index : null
  }

  #tell(): void {
    const data = this.#data
    const index = this.#index
    this.#values.textContent = data === null || index === null ? '' : pointText(data, index)
    this.classList.toggle('leads', index !== null && (data?.seqAt ?? data?.press) !== undefined)
  }

  #go(): void {
    const index = this.#index
    const top = this.#plot?.cursor.top ?? 0
    const value = this.#plot?.posToVal(top, 'y') ?? 0
    if (index !== null) this.#data?.press?.(index, value)
    const seq = index === null ? 0 : (this.#data?.seqAt?.(index, value) ?? 0)
    if (seq > 0) this.dispatchEvent(new CustomEvent(goToFrame, { bubbles: true, detail: seq }))
  }
}

/** `0:12 · Received 842/s · Sent 3/s`; where all are the same, or there is one alone, `0:12 · 70,111.5`. */
function pointText({ series, xText, yText }: ChartData, index: number): string {
  const values = series.flatMap(({ name, values }) => {
    const value = values[index] ?? null
    return value === null ? [] : [{ name, text: yText(value) }]
  })
  const [first, ...rest] = values
  const isOne = series.length !== 2 && rest.every(({ text }) => text === first?.text)
  const told = isOne ? [first?.text ?? ''] : values.map(({ name, text }) => `${name} ${text}`)
  return [xText(index), ...told].join(' · ')
}

/** Steps need an end of the last one. */
function alignedData({ form, x, series }: ChartData): uPlot.AlignedData {
  const [beforeLast = 0, last = 0] = x.slice(-2)
  const isStepped = form === 'steps' && x.length > 1
  return [
    isStepped ? [...x, 2 * last - beforeLast] : [...x],
    ...series.map(({ values }) => (isStepped ? [...values, values.at(-1) ?? null] : [...values])),
  ]
}

customElements.define('lifeline-chart', Chart)
