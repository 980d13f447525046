// Chooses which of its turns a route takes next: in their order, of those that were asked for in the same words.

import type { Route, Turn } from './script/script.ts'

export interface Question {
  readonly query: string
  readonly body: string | null
}

/** `number`: of the turns of its route, from 1. */
export interface Chosen {
  readonly turn: Turn
  readonly number: number
}

export interface TurnChoice {
  next(question: Question): Chosen
  /** Turn `number` has been taken out of order: what is asked without more goes on behind it. */
  moveTo(number: number): void
}

interface Group {
  readonly indices: number[]
  /** Which of `indices` was taken last; -1 before the first. */
  last: number
}

export function createTurnChoice({ turns }: Route, isLooping: boolean): TurnChoice {
  const all = newGroup()
  const byQuery = new Map<string, Group>()
  const byBody = new Map<string, Group>()
  turns.forEach(({ query, body }, index) => {
    all.indices.push(index)
    groupOf(byQuery, query).indices.push(index)
    groupOf(byBody, `${body} ${query}`).indices.push(index)
  })

  /** Those with the same query and body, or else with the same query, or else all. */
  function groupFor({ query, body }: Question): Group {
    const recorded = byQuery.has(query)
      ? query
      : [...byQuery.keys()].find((one) => isSameQuery(one, query))
    if (recorded === undefined) return all
    return byBody.get(`${body} ${recorded}`) ?? (byQuery.get(recorded) as Group)
  }

  return {
    next(question) {
      const group = groupFor(question)
      const { indices, last } = group
      group.last = last + 1 < indices.length ? last + 1 : isLooping ? 0 : last
      const index = indices[group.last] ?? 0
      if (group !== all) all.last = index
      return { turn: turns[index] as Turn, number: index + 1 }
    },
    moveTo(number) {
      all.last = number - 1
      for (const group of [...byQuery.values(), ...byBody.values()]) {
        const at = group.indices.indexOf(number - 1)
        if (at >= 0) group.last = at
      }
    },
  }
}

function newGroup(): Group {
  return { indices: [], last: -1 }
}

function groupOf(groups: Map<string, Group>, key: string): Group {
  const group = groups.get(key) ?? newGroup()
  groups.set(key, group)
  return group
}

const reference = /^([^=]*=)\$(?:\{|%7B)/i

/** A value that the capture has hidden may be any. */
function isSameQuery(recorded: string, asked: string): boolean {
  if (!/\$(?:\{|%7B)/i.test(recorded)) return false
  const others = asked.split('&')
  const parts = recorded.split('&')
  return (
    parts.length === others.length &&
    parts.every((part, index) => {
      const name = reference.exec(part)?.[1]
      return name === undefined ? part === others[index] : others[index]?.startsWith(name)
    })
  )
}
