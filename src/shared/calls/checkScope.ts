// Checks of the frames that an analysis goes over, and of what is asked of them.

import type { ItemPlaces } from '../comparison/itemPlaces.ts'
import type { AnalysisScope } from '../session/analysisResults.ts'
import type { ConnectionsAsked } from '../session/connections.ts'
import { readValuePlace, type ValuePlace } from '../session/values.ts'
import { parsePath } from '../text/jsonPath.ts'
import {
  checkObject,
  checkShown,
  checkText,
  checkWhole,
  maxNameChars,
  refuse,
} from './callArguments.ts'
import { checkMoment } from './checkSlice.ts'

/** Throws `bad-argument` with the name of the argument, as every check here does. */
export function checkScope(value: unknown): AnalysisScope {
  const {
    afterSeq,
    untilSeq,
    filter,
    value: place,
    items,
    sinceAt,
    answer,
    now,
    streamsBeside,
    schemaOf,
    connections,
  } = checkObject(value, 'scope')
  return {
    afterSeq: checkWhole(afterSeq, 'afterSeq'),
    ...(untilSeq !== undefined && { untilSeq: checkWhole(untilSeq, 'untilSeq') }),
    ...(filter !== undefined && { filter: checkShown(filter) }),
    ...(place !== undefined && { value: checkPlace(place) }),
    ...(items !== undefined && { items: checkItems(items) }),
    ...(sinceAt !== undefined && { sinceAt: checkMoment(sinceAt) }),
    ...(answer !== undefined && { answer: checkAnswer(answer) }),
    ...(now !== undefined && { now: checkMoment(now) }),
    ...(streamsBeside !== undefined && {
      streamsBeside: checkWhole(streamsBeside, 'streamsBeside'),
    }),
    ...(schemaOf !== undefined && { schemaOf: checkText(schemaOf, 'schemaOf', maxNameChars) }),
    ...(connections !== undefined && { connections: checkConnections(connections) }),
  }
}

function checkItems(value: unknown): NonNullable<AnalysisScope['items']> {
  const { places, from } = checkObject(value, 'items')
  return {
    places: places === null ? null : checkItemPlaces(places),
    from: checkWhole(from, 'from'),
  }
}

function checkAnswer(value: unknown): NonNullable<AnalysisScope['answer']> {
  const { id, from } = checkObject(value, 'answer')
  return { id: checkWhole(id, 'id'), from: checkWhole(from, 'from') }
}

function checkConnections(value: unknown): ConnectionsAsked {
  const { by, from, count, over } = checkObject(value, 'connections')
  if (by !== 'path' && by !== 'number') throw refuse('by')
  return {
    by,
    from: checkWhole(from, 'from'),
    count: checkWhole(count, 'count'),
    over: over === true,
  }
}

function checkItemPlaces(value: unknown): ItemPlaces {
  const { item, time } = checkObject(value, 'places')
  return { item: checkPath(item), time: time === null ? null : checkPath(time) }
}

function checkPath(value: unknown): string {
  const path = checkText(value, 'path', maxNameChars)
  if (parsePath(path) === null) throw refuse('path')
  return path
}

export function checkPlace(value: unknown): ValuePlace {
  const place = readValuePlace(value)
  if (place === null) throw refuse('value')
  return place
}
