// Words of what somebody reports to have seen: what a test, a command, a server or a reviewer came to.

import { countOf } from '../../core/index.ts'
import { type Facts, some } from './facts.ts'
import { part, partOf } from './part.ts'

/** How what is deployed was observed. */
const METHODS: Readonly<Record<string, string>> = {
  files: 'its files',
  manifest: 'a list of its files',
  'platform-report': 'a report of the platform',
}

/** What one record of an incident did; its status is that of the incident. */
const TELLS: Readonly<Record<string, string>> = {
  opened: 'this record opened it',
  closed: 'this record closed it',
  'told-more': 'this record tells more of it',
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const

/** Of the families whose records are testimony: of what each says, who reports it is told in its first line. */
export const OBSERVATION_WORDS = {
  'test-result': (facts: Facts) => [
    `${facts.count('passed')} passed, ${facts.count('warned')} warned, ${facts.count('failed')} failed`,
    partOf('required', some(facts.texts('required'))),
    partOf('configuration', some(facts.digests('configuration'))),
  ],
  command: (facts: Facts) => {
    const reports = facts.digests('reports')
    return [
      partOf('ran', some(facts.texts('commands'))),
      partOf('required', some(facts.texts('required'))),
      partOf(countOf(reports.length, 'report'), some(reports)),
      part('ended', facts.word('endedAt')),
    ]
  },
  smoke: (facts: Facts) => {
    const failed = facts.texts('failed')
    const passed = facts.texts('passed')
    return [
      `${countOf(passed.length, 'check')} passed, ${failed.length} failed`,
      partOf('failed', failed),
      part('server', describeServer(facts)),
      part('named', facts.text('label')),
      ...describeSets(facts),
      partOf('unlocked', facts.texts('unlockSteps')),
      part('finished', facts.word('finishedAt')),
      part('plan', facts.digest('plan')),
    ]
  },
  canary: (facts: Facts) => [
    part('rule', facts.text('rule')),
    part('ring', facts.text('ring')),
    partOf('surfaces', facts.texts('surfaces')),
    part('from', facts.word('startedAt')),
    part('to', facts.word('endedAt')),
  ],
  deployment: (facts: Facts) => [
    ...describeSets(facts),
    part('seen in', METHODS[facts.word('method') ?? ''] ?? facts.word('method')),
    part('environment', facts.text('environment')),
    part('ring', facts.text('ring')),
    part('at', facts.word('observedAt')),
    partOf('roles', facts.texts('roles')),
  ],
  review: (facts: Facts) => {
    const open = SEVERITIES.map((severity) => `${facts.count(`${severity}Open`)} ${severity}`)
    return [
      countOf(facts.count('files'), 'file'),
      part('open findings', open.join(', ')),
      part('tree', facts.text('tree')),
      part('manifest', facts.digest('manifest')),
    ]
  },
  certification: (facts: Facts) => [
    part('of', facts.text('certified')),
    countOf(facts.count('results'), 'result'),
    part('until', facts.word('notAfter')),
  ],
  incident: (facts: Facts) => [
    part('incident', facts.text('incident')),
    TELLS[facts.word('tells') ?? ''],
    part('opened', facts.word('openedAt')),
    part('by', facts.text('openedBy')),
    part('trigger', facts.text('trigger')),
    part('failed first', facts.text('firstFailingControl')),
  ],
}

/** Only at the origin that the policy of the target declares was it the target (seed ruling 23). */
function describeServer(facts: Facts): string | undefined {
  const server = facts.text('publicOrigin')
  const declared = facts.text('declaredOrigin')
  const isThere = facts.word('isAtDeclaredOrigin')
  if (server === undefined || isThere !== 'false') return server
  return `${server}, not ${declared ?? 'one that a policy declares'}`
}

/** Which set was intended, and which one was seen. */
function describeSets(facts: Facts): readonly (string | undefined)[] {
  const intended = facts.digest('intendedSet')
  const observed = facts.digest('observedSet')
  return intended !== undefined && intended === observed
    ? [part('intended and observed', observed)]
    : [part('intended', intended), part('observed', observed)]
}
