// The keys of commands, for tooltips: as people of each system write them.

/** By the command's name behind `lifeline.`, as the manifest has it for Windows and Linux, and for a Mac. */
export const commandKeys = {
  'timeline.find': ['ctrl+f', 'cmd+f'],
  'timeline.filter': ['ctrl+alt+f', 'cmd+alt+f'],
  'timeline.goTo': ['ctrl+g', 'ctrl+g'],
  'timeline.pause': ['ctrl+shift+space', 'cmd+shift+space'],
  'timeline.follow': ['alt+end', 'alt+end'],
  'timeline.wire': ['alt+w', 'cmd+alt+w'],
  'timeline.foldNext': ['alt+l', 'cmd+alt+l'],
  'timeline.clear': ['ctrl+l', 'cmd+l'],
  'timeline.statistics': ['alt+n', 'cmd+alt+n'],
  'timeline.findings': ['alt+u', 'cmd+alt+u'],
  'timeline.answer': ['alt+a', 'cmd+alt+a'],
  'timeline.strip': ['alt+o', 'cmd+alt+o'],
  'timeline.layout': ['alt+y', 'cmd+alt+y'],
  'timeline.fields': ['alt+j', 'cmd+alt+j'],
  'timeline.timesNext': ['alt+k', 'cmd+alt+k'],
  'timeline.moveDetail': ['alt+p', 'cmd+alt+p'],
  'timeline.openPayload': ['ctrl+shift+o', 'cmd+shift+o'],
  'timeline.bookmark': ['ctrl+alt+k', 'ctrl+alt+k'],
  'timeline.nextBookmark': ['ctrl+alt+l', 'ctrl+alt+l'],
  'timeline.previousBookmark': ['ctrl+alt+j', 'ctrl+alt+j'],
  saveTimeline: ['ctrl+s', 'cmd+s'],
  disconnect: ['shift+f5', 'shift+f5'],
  reconnect: ['ctrl+shift+f5', 'cmd+shift+f5'],
} as const satisfies Readonly<Record<string, readonly [key: string, mac: string]>>

export type CommandWithKey = keyof typeof commandKeys

/** `Find (Ctrl+F)`, on a Mac `Find (⌘F)`. */
export function withKey(title: string, command: CommandWithKey): string {
  return `${title} (${keyHere(command)})`
}

/** As people of this system write it. */
export function keyHere(command: CommandWithKey): string {
  return keyWords(command, navigator.platform.startsWith('Mac'))
}

/** `Ctrl+Shift+Space`; for a Mac `⇧⌘Space`. */
export function keyWords(command: CommandWithKey, isMac: boolean): string {
  const parts = commandKeys[command][isMac ? 1 : 0].split('+')
  if (!isMac) return parts.map(capital).join('+')
  const held = macSigns.filter(([name]) => parts.includes(name)).map(([, sign]) => sign)
  return held.join('') + capital(parts.at(-1) ?? '')
}

/** In the order in which a Mac's menus have them. */
const macSigns = [
  ['ctrl', '⌃'],
  ['alt', '⌥'],
  ['shift', '⇧'],
  ['cmd', '⌘'],
] as const

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
