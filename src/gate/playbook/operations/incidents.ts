// Incidents (section 5, seed ruling 42): what fires a trigger is an incident, and one that nobody opened is a blocker as much as one that is open.

import {
  acceptedCheck,
  type Check,
  type Instant,
  parseTimestamp,
  quote,
  refusedCheck,
} from '../../../core/index.ts'
import type { Evidence, PlaybookTrigger } from '../../../policy/index.ts'
import type { GateCode } from '../../problem.ts'
import { type ControlFinding, controlOf, type JudgedControl } from '../control.ts'
import type { ControlClearing } from '../control-clearing.ts'
import { memberOf } from './members.ts'
import {
  everythingIn,
  standingOfTrigger,
  type TriggerQuestion,
  type TriggerStanding,
} from './triggers.ts'

/** What to do first, and why. */
export interface FirstActions {
  /** Ids of the triggers that fired. */
  readonly fired: readonly string[]
  /** Names of the incidents that are open. */
  readonly open: readonly string[]
  /** The control that failed first, as far as a trigger tells it. */
  readonly firstFailing?: string
  /** In the order of the policy. */
  readonly actions: readonly string[]
}

/** What came of the section. */
export interface IncidentsFinding {
  readonly controls: readonly ControlFinding[]
  /** Where a trigger fired, or an incident is open. */
  readonly first?: FirstActions
}

/** Judges every trigger, and whether an incident is open. */
export function judgeIncidents(question: TriggerQuestion): IncidentsFinding {
  const { incidents, now } = question
  const records = everythingIn(question).filter(({ family }) => family === 'incident')
  const open = namesOf(records.filter((record) => !isClosed(record)))
  const judged = incidents.triggers.map((trigger) => {
    const standing = standingOfTrigger(trigger, question)
    return { trigger, standing, control: judgeTrigger(trigger, standing, { records, now }) }
  })
  const fired = judged.flatMap(({ trigger, standing, control: { check } }) =>
    standing.kind === 'fired' && check.outcome !== 'accepted'
      ? [{ trigger, control: standing.control }]
      : [],
  )
  const firstFailing = fired.map(({ control }) => control).find((control) => control !== undefined)
  const controls = [
    ...judged.map(({ trigger, control }) => controlOf(trigger, control)),
    controlOf(incidents.open, { check: checkOpen(open), clearing: { by: 'incident' } }),
  ]
  if (fired.length + open.length === 0) return { controls }
  return {
    controls,
    first: {
      fired: fired.map(({ trigger }) => trigger.id),
      open,
      ...(firstFailing !== undefined && { firstFailing }),
      actions: incidents.actions,
    },
  }
}

/** A record that is not accepted closes nothing. */
function isClosed({ computed }: Evidence): boolean {
  return computed.status === 'closed' && computed.outcome === 'accepted'
}

function namesOf(records: readonly Evidence[]): readonly string[] {
  const names = records.map(({ predicate, sha256 }) => {
    const name = memberOf(predicate, 'incident')
    return typeof name === 'string' ? name : sha256
  })
  return [...new Set(names)]
}

function checkOpen(open: readonly string[]): Check {
  if (open.length === 0) return acceptedCheck('incident', 'No incident is open')
  return refused('rejected', 'gate/incident-open', 'Incidents are open', open.map(quote).join(', '))
}

function judgeTrigger(
  { id }: PlaybookTrigger,
  standing: TriggerStanding,
  { records, now }: { readonly records: readonly Evidence[]; readonly now: Instant },
): JudgedControl {
  const { kind, found } = standing
  const opening: ControlClearing = { by: 'incident', trigger: id }
  if (kind === 'quiet') {
    const check = acceptedCheck('trigger', 'The trigger did not fire', { found })
    return { check, clearing: opening }
  }
  if (kind === 'unknown') {
    const { outcome, clearing } = standing
    const message = 'Whether the trigger fired can not be told'
    return { check: refused(outcome, 'gate/incident-trigger', message, found), clearing }
  }
  const { last, clearing: cause } = standing
  const more = cause === undefined ? {} : { cause }
  const own = records.filter(({ predicate }) => memberOf(predicate, 'trigger') === id)
  const open = own.filter((record) => !isClosed(record))
  if (open.length > 0) {
    const message = `The trigger fired, and the incident ${namesOf(open).map(quote).join(', ')} is open`
    const check = refused('rejected', 'gate/incident-open', message, found)
    return { check, clearing: { by: 'incident', ...more } }
  }
  if (last !== undefined && own.some((record) => isOpenedBetween(record, last, now))) {
    const message = 'The trigger fired, and the incident of it is closed'
    return { check: acceptedCheck('trigger', message, { found }), clearing: opening }
  }
  const message = 'The trigger fires, and no incident was opened for it'
  const check = refused('rejected', 'gate/incident-unopened', message, found)
  return { check, clearing: { ...opening, ...more } }
}

/** What failed after the incident was opened is another one. */
function isOpenedBetween({ predicate }: Evidence, last: Instant, now: Instant): boolean {
  const opened = memberOf(predicate, 'openedAt')
  const at = typeof opened === 'string' ? parseTimestamp(opened) : undefined
  return at?.ok === true && at.value >= last && at.value <= now
}

function refused(
  outcome: Exclude<Check['outcome'], 'accepted'>,
  code: GateCode,
  message: string,
  found: string,
): Check {
  return refusedCheck<GateCode>('trigger', outcome, code, message, { found })
}
