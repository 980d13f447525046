// The colours and the font of a chart, read from the theme: a canvas knows no variables of CSS.

export interface ChartColours {
  readonly in: string
  readonly out: string
  readonly value: string
  readonly 'lane-1': string
  readonly 'lane-2': string
  readonly 'lane-3': string
  readonly 'lane-4': string
  readonly text: string
  readonly grid: string
  readonly font: string
}

export function readChartColours(element: HTMLElement): ChartColours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return {
    in: colour('--green'),
    out: colour('--blue'),
    value: colour('--blue'),
    'lane-1': colour('--blue'),
    'lane-2': colour('--amber'),
    'lane-3': colour('--purple'),
    'lane-4': colour('--green'),
    text: colour('--chart-text'),
    grid: colour('--chart-grid'),
    font: `${style.fontSize} ${style.fontFamily}`,
  }
}
