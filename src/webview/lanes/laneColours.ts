// The colours and the font of the lanes, as the theme has them now.

import type { RowInk } from '../rows/rowView.ts'

export interface LaneColours {
  readonly ink: Readonly<Record<RowInk, string>>
  readonly text: Readonly<Record<'normal' | 'muted' | 'warning' | 'error', string>>
  readonly ground: string
  readonly line: string
  readonly grid: string
  readonly selected: string
  readonly selectedText: string
  readonly focus: string
  readonly held: string
  readonly answer: string
  readonly pause: string
  readonly open: string
  readonly lost: string
  readonly ended: string
  readonly late: string
  /** Words of a mark on the axis, and its line. */
  readonly mark: string
  readonly markLine: string
  readonly bookmark: string
  /** What is pale by usual themes is not so in high contrast. */
  readonly isStrong: boolean
  readonly font: string
  readonly fontPx: number
}

export function laneColours(element: Element): LaneColours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--lane-${name}`).trim()
  const fontPx = Number.parseFloat(style.fontSize)
  return {
    ink: {
      out: colour('out'),
      in: colour('in'),
      binary: colour('binary'),
      muted: colour('muted'),
      warning: colour('warning'),
      error: colour('error'),
    },
    text: {
      normal: colour('words'),
      muted: colour('quiet'),
      warning: colour('warning-words'),
      error: colour('error-words'),
    },
    ground: colour('ground'),
    line: colour('line'),
    grid: colour('grid'),
    selected: colour('selected'),
    selectedText: colour('selected-words'),
    focus: colour('focus'),
    held: colour('held'),
    answer: colour('answer'),
    pause: colour('pause'),
    open: colour('open'),
    lost: colour('lost'),
    ended: colour('ended'),
    late: colour('late'),
    mark: colour('mark'),
    markLine: colour('mark-line'),
    bookmark: colour('bookmark'),
    isStrong: document.body.classList.contains('vscode-high-contrast'),
    font: `${style.fontSize} ${style.fontFamily}`,
    fontPx,
  }
}
