// The parts of the page that F6 leads to, in their order; what is not there is left out.

import type { Composer } from '../composer/composer.ts'
import type { FrameDetail } from '../detail/frameDetail.ts'
import type { ConnectionsPane } from '../panes/connections/connectionsPane.ts'
import type { FindingsPane } from '../panes/findings/findingsPane.ts'
import type { PageActions } from './pageActions.ts'
import type { Region } from './pageKeys.ts'
import type { PageLayout } from './pageLayout.ts'
import { type Pane, paneSelector } from './pane.ts'

export function pageRegions(
  page: HTMLElement,
  actions: PageActions,
  layout: PageLayout,
): readonly Region[] {
  const strip = page.querySelector<HTMLElement>('lifeline-overview')
  const track = strip?.querySelector<HTMLElement>('[role=slider]')
  const connections = page.querySelector<ConnectionsPane>('lifeline-connections')
  const detail = page.querySelector<FrameDetail>('lifeline-detail')
  const pane = page.querySelector<Pane>(paneSelector)
  const findings = page.querySelector<FindingsPane>('lifeline-findings')
  const composer = page.querySelector<Composer>('lifeline-composer')
  return [
    { element: page.querySelector('lifeline-header'), focus: () => actions.filter() },
    { element: track?.checkVisibility() ? strip : null, focus: () => track?.focus() },
    { element: connections, focus: () => connections?.focusPane() },
    { element: layout.element, focus: () => layout.focus() },
    { element: detail, focus: () => detail?.focusTabs() },
    { element: pane, focus: () => pane?.focusPane() },
    { element: findings, focus: () => findings?.focusPane() },
    { element: composer, focus: () => composer?.focusRegion() },
  ]
}
