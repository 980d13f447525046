// The commands that act on the timeline in front, by their names behind `lifeline.timeline.`: what its page does.

import type { TimelineAction } from '../../shared/calls/messages.ts'

export const timelineCommands: Readonly<Record<string, TimelineAction>> = {
  pause: 'pause',
  follow: 'follow',
  wire: 'wire',
  clear: 'clear',
  filter: 'filter',
  find: 'find',
  findNext: 'find-next',
  findPrevious: 'find-previous',
  openPayload: 'open-payload',
  copy: 'copy',
  copyValue: 'copy-value',
  copyPath: 'copy-path',
  copyAccess: 'copy-access',
  plotValue: 'plot-value',
  moveDetail: 'move-detail',
  timesBefore: 'times-before',
  timesStart: 'times-start',
  timesSent: 'times-sent',
  timesClock: 'times-clock',
  strip: 'strip',
  fields: 'fields',
  showField: 'show-field',
  statistics: 'statistics',
}
