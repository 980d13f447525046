// The calm sentence that stands where rows would be; empty when there are rows.

import { countFrames } from '../../shared/text/units.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

type Facts = Pick<
  TimelineModel,
  'session' | 'status' | 'problem' | 'total' | 'liveTotal' | 'filter' | 'partial'
>

/** Why there are no rows, and what will bring some. */
export function emptySentence(model: Facts): string {
  if (model.total > 0) return ''
  const { session, status } = model
  if (!session || !status) return model.problem === null ? 'Loading the session.' : ''
  if (model.partial) return 'Searching.'
  if (model.liveTotal > 0) return 'Loading rows.'
  if (model.filter.text !== '') {
    return `No frame contains “${model.filter.text}”. Empty the filter to see all.`
  }
  if (model.filter.afterSeq > 0) {
    const { afterSeq } = model.filter
    const cleared = `${countFrames(afterSeq)} ${afterSeq === 1 ? 'is' : 'are'} cleared away.`
    return status.state === 'ended' ? cleared : `${cleared} New ones will show here.`
  }
  if (session.readOnly) return 'This capture holds no frames.'
  if (status.state === 'ended') return 'The session ended before anything crossed the wire.'
  return 'Nothing has crossed the wire yet.'
}
