// The name and the icon of a timeline of several sessions.

import { ThemeColor, ThemeIcon } from 'vscode'

const liveIcon = new ThemeIcon('split-horizontal', new ThemeColor('charts.green'))
const overIcon = new ThemeIcon('split-horizontal')

export function togetherIcon(isLive: boolean): ThemeIcon {
  return isLive ? liveIcon : overIcon
}

/** Where nobody has named it. */
export function togetherName(count: number): string {
  return `${count} sessions`
}
