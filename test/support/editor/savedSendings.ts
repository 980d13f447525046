// The messages, requests and filters that the profile of a timeline in tests keeps.

import type { Offered } from '../../../src/shared/calls/messages.ts'
import type {
  SavedFilter,
  SavedMessage,
  SavedRequest,
} from '../../../src/shared/endpoint/endpoint.ts'

export const savedMessages: readonly SavedMessage[] = [
  { name: 'Subscribe', kind: 'text', value: '{"op":"subscribe","symbol":"BTC-EUR"}' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as a profile has it
  { name: 'Log in', kind: 'text', value: '{"token":"${secret:token}"}' },
  { name: 'Magic', kind: 'hex', value: 'ca fe 01' },
  { name: 'Picture', kind: 'file', value: '/tmp/picture.png' },
]

export const savedRequests: readonly SavedRequest[] = [
  {
    name: 'Publish a trade',
    request: 'POST',
    url: '/publish?room=1',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a profile has it
    headers: [['Authorization', 'Bearer ${secret:token}']],
    body: '{"price":70111.5}',
  },
  { name: 'Health', request: 'GET', url: '/health', headers: [], body: null },
]

export const savedFilters: readonly SavedFilter[] = [
  { name: 'Large trades', filter: 'type:trade $.price > 70000' },
  { name: 'What went wrong', filter: 'is:error or gap>5s' },
]

/** With one more, which was saved of this frame. */
export function offeredWith(of: number): Offered {
  const kept = { name: `Kept ${of}`, kind: 'text', value: '{"op":"kept"}', of } as const
  return { messages: [...savedMessages, kept], requests: savedRequests }
}
