// Commands to copy that watch the demo's feed, and that compare its methods.

import { methods } from '../shared/endpoint/methods.ts'
import { shellWord } from '../shared/endpoint/shellWord.ts'
import { type SameFeedWay, sameFeed, sameFeedWays } from '../shared/profile/sameFeed.ts'
import { formatDuration } from '../shared/text/duration.ts'
import { socketOrigin } from './demoOffers.ts'

export interface FeedWay extends SameFeedWay {
  readonly url: string
  /** The command that watches it. */
  readonly watch: string
}

/** The four ways on the server at `origin`. */
export function feedWays(origin: string): readonly FeedWay[] {
  return sameFeedWays.map((way) => {
    const isSocket = methods[way.method].scheme === 'ws'
    const url = (isSocket ? socketOrigin(origin) : origin) + way.path
    const method = isSocket ? [] : ['--method', way.method]
    return { ...way, url, watch: commandOf(['watch', url, ...method, ...way.options]) }
  })
}

/** `npx lifeline compare …` of all four. */
export function compareCommand(origin: string): string {
  const ways = feedWays(origin)
  const urls = ways.map(({ method, url }) =>
    methods[method].scheme === 'ws' ? url : `${method}:${url}`,
  )
  const options = ways.flatMap((way) => way.options)
  return commandOf(['compare', ...urls, ...options, '--for', formatDuration(sameFeed.forMs)])
}

/** `curl …` that puts a chat message into the feed. */
export function publishCommand(origin: string): string {
  const [, socket] = /^unix:(.*):$/.exec(origin) ?? []
  const where =
    socket === undefined
      ? [`${origin}/publish`]
      : ['--unix-socket', socket, 'http://localhost/publish']
  return ['curl', '-d', '{"from":"Ada","text":"Hello"}', ...where].map(shellWord).join(' ')
}

function commandOf(words: readonly string[]): string {
  return ['npx', 'lifeline', ...words.map(shellWord)].join(' ')
}
