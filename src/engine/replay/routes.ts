// Finds what a request is answered with, and has it served when its time has come.

import type { IncomingMessage } from 'node:http'
import { pathOfTarget } from '../../shared/url/requestTarget.ts'
import { ownTarget } from '../relay/ownNames.ts'
import { afterHold, type PlayedRoute, type Replay } from './replay.ts'
import { createResumption, type Resumed } from './resumption.ts'
import { sayInWords } from './sayInWords.ts'
import type { Script, Turn } from './script/script.ts'
import { bodyDigest, webSocket } from './script/turnHead.ts'
import { serveAnswer, type Visit, writeHead } from './serveAnswer.ts'
import { turnWords } from './servedWords.ts'
import { serveStream } from './serveStream.ts'
import { createTurnChoice, type Question } from './turnChoice.ts'

export interface Routes {
  find(method: string, path: string): PlayedRoute | null
  /** The methods that were recorded for a path. */
  methodsOf(path: string): readonly string[]
  answer(visit: Visit): void
}

interface Choice {
  readonly turn: Turn
  readonly number: number
  readonly resumed: Resumed | null
}

export function createRoutes({ routes }: Script, replay: Replay): Routes {
  const { options, timers } = replay
  const played = new Map<string, PlayedRoute>(
    routes.map((route) => [
      `${route.method} ${route.path}`,
      {
        route,
        choice: createTurnChoice(route, options.loop),
        resume: createResumption(route, options.loop),
      },
    ]),
  )
  const methodsOf = (path: string) =>
    routes.filter((route) => route.path === path).map(({ method }) => method)

  function find(method: string, path: string): PlayedRoute | null {
    return played.get(`${method} ${path}`) ?? null
  }

  /** HEAD is answered as GET, without the body. */
  function findFor({ method = '' }: IncomingMessage, path: string): PlayedRoute | null {
    return find(method, path) ?? (method === 'HEAD' ? find('GET', path) : null)
  }

  function choose({ choice, resume }: PlayedRoute, question: Question, lastEventId: string) {
    const resumed = lastEventId === '' ? null : resume(lastEventId)
    if (resumed === null) return { ...choice.next(question), resumed }
    choice.moveTo(resumed.number)
    return { turn: resumed.turn, number: resumed.number, resumed }
  }

  function serve(visit: Visit, { route }: PlayedRoute, { turn, number, resumed }: Choice): void {
    const { request, response } = visit
    const { method = '', url: target = '' } = request
    const lastEventId = resumed === null ? '' : lastEventIdOf(request)
    const tell = (status: number, words: string) =>
      replay.tell({ at: timers.now(), method, target, status, words })
    const words = turnWords(turn, { number, of: route.turns.length, behind: lastEventId })
    if (turn.kind === 'answer') tell(serveAnswer(replay, visit, turn), words)
    else if (turn.kind === 'stream') {
      tell(turn.status, words)
      writeHead(visit, turn)
      if (method === 'HEAD') response.end()
      else {
        const { from = 0, isLast: staysOpen = false } = resumed ?? {}
        serveStream(replay, response, { turn, from, lastEventId, staysOpen })
      }
    }
  }

  function refuse(visit: Visit, path: string): void {
    const { method = '', url: target = '' } = visit.request
    const others = methodsOf(path)
    const status = others.includes(webSocket) ? 426 : others.length > 0 ? 405 : 404
    const words =
      others.length === 0
        ? `it has nothing of ${path}`
        : `of ${path} it has ${others.join(', ')}, and no ${method}`
    if (status === 426) visit.response.setHeader('Upgrade', 'websocket')
    if (status === 405) visit.response.setHeader('Allow', others.join(', '))
    sayInWords(visit, status, words)
    replay.tell({ at: timers.now(), method, target, status, words })
  }

  async function answer(visit: Visit): Promise<void> {
    const { request, response } = visit
    const target = ownTarget(request.url ?? '', new Set()) ?? '/'
    const path = pathOfTarget(target)
    const one = findFor(request, path)
    if (one === null) return refuse(visit, path)
    const body = await bodyDigest(request)
    if (response.destroyed) return
    const question = { query: target.slice(path.length + 1), body }
    const chosen = choose(one, question, lastEventIdOf(request))
    afterHold(replay, chosen.turn.holdMs, response, () => serve(visit, one, chosen))
  }

  return {
    find,
    methodsOf,
    answer(visit) {
      // A client that breaks off its body is gone.
      answer(visit).catch(() => visit.response.destroy())
    },
  }
}

function lastEventIdOf({ headers }: IncomingMessage): string {
  const id = headers['last-event-id']
  // It is sent as UTF-8. [spec] HTML 9.2.3
  return typeof id === 'string' ? Buffer.from(id, 'latin1').toString() : ''
}
