// The width of a letter in an element's font, all of whose letters are as wide.

const measure = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D

export function letterPx(element: HTMLElement): number {
  measure.font = getComputedStyle(element).font
  return measure.measureText('0').width
}
