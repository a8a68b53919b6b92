// What counts as an incident (section 5, seed ruling 42): whether a trigger fires, computed from what counts.

import { encodeTimestamp, type Instant, parseTimestamp, quote } from '../../../core/index.ts'
import {
  type Evidence,
  millisecondsOf,
  type PlaybookIncidents,
  type PlaybookTrigger,
} from '../../../policy/index.ts'
import { checkReport } from '../../reports/check-report.ts'
import { type Report, reportAt } from '../../reports/report.ts'
import type { JobClearing, ReportsClearing } from '../control-clearing.ts'
import { jobClearing, type JobQuestion, standingWords } from '../control-job.ts'
import { listIn, listOf, memberOf, valueIn } from './members.ts'

/** What triggers are judged from; the evidence is about the release, and about its commit. */
export interface TriggerQuestion extends JobQuestion {
  readonly incidents: PlaybookIncidents
  /** Incidents and failures of other releases of the target, and of commits that became none. */
  readonly history: readonly Evidence[]
  readonly now: Instant
}

type Cause = JobClearing | ReportsClearing

/** It can not be told whether it fired. */
interface UnknownStanding {
  readonly kind: 'unknown'
  readonly outcome: 'missing' | 'unverified' | 'rejected'
  readonly found: string
  /** What would tell. */
  readonly clearing: Cause
}

/** What came of a trigger. What can not be told whether it fired is as good as neither. */
export type TriggerStanding =
  | { readonly kind: 'quiet'; readonly found: string }
  | UnknownStanding
  | {
      readonly kind: 'fired'
      readonly found: string
      /** What ends it; absent where what it counts is dealt with as soon as its incident is closed. */
      readonly clearing?: Cause
      /** What failed first, as far as the trigger tells. */
      readonly control?: string
      /** Of the last thing that it counts: an incident that was opened after it is about it. */
      readonly last?: Instant
    }

/** Whether it fires. */
export function standingOfTrigger(
  trigger: PlaybookTrigger,
  question: TriggerQuestion,
): TriggerStanding {
  if ('job' in trigger) return standingOfJob(trigger.job, question)
  if ('summary' in trigger) return standingOfSummary(trigger.summary, question)
  return standingOfBreaches(trigger.breaches, question)
}

function standingOfJob(job: string, question: TriggerQuestion): TriggerStanding {
  const words = standingWords(job, question)
  const failed = words.filter(({ result }) => result === 'failed')
  const clearing = jobClearing(job, question)
  if (failed.length > 0) {
    const found = `${quote(job)} failed in ${failed.map(({ by }) => by.sha256).join(', ')}`
    return { kind: 'fired', found, control: job, clearing }
  }
  return words.every(({ isOfRole }) => !isOfRole)
    ? { kind: 'unknown', outcome: 'missing', found: `no result of ${quote(job)}`, clearing }
    : { kind: 'quiet', found: `${quote(job)} did not fail` }
}

type Summary = Extract<PlaybookTrigger, { readonly summary: unknown }>['summary']

/** Seed ruling 38: a word that is none of the three is failed. */
const HARMLESS: ReadonlySet<unknown> = new Set(['passed', 'unverified'])

function standingOfSummary(
  { paths, at, equals }: Summary,
  { reports }: TriggerQuestion,
): TriggerStanding {
  const found = paths.map((path) => reportAt(reports, path))
  const bound = found.filter((report) => checkReport(report).outcome === 'accepted')
  const failed = bound.filter((report) => {
    const word = valueIn(report, at)
    return word === equals || !HARMLESS.has(word)
  })
  const shown = failed.map(({ path }) => quote(path)).join(', ')
  const open = found.filter((report) => !bound.includes(report))
  if (failed.length > 0) {
    const clearing = { ...writing([...failed, ...open]), mend: 'summary' } as const
    return { kind: 'fired', found: `${quote(equals)} in ${shown}`, clearing }
  }
  if (open.length === 0) return { kind: 'quiet', found: `${quote(equals)} in none of them` }
  return unknownReport(open)
}

type Breaches = Extract<PlaybookTrigger, { readonly breaches: unknown }>['breaches']

interface Breach {
  readonly job: string
  /** Without one it may be of any time. */
  readonly at?: Instant
  /** The commit or release of the result that shows it, or that result itself where it is of any time; a report tells none. */
  readonly about?: string | undefined
}

/** Results that failed are counted as history, whatever passed after them. */
function standingOfBreaches(
  { least, within, report: listed }: Breaches,
  question: TriggerQuestion,
): TriggerStanding {
  const { incidents, reports, now } = question
  const critical = new Set(incidents.criticalJobs)
  const told =
    listed === undefined ? { breaches: [] } : breachesIn(reportAt(reports, listed.path), listed)
  const shown = everythingIn(question).flatMap((by) => breachesOf(by, critical))
  const breaches = onlyOnce(shown, told.breaches)
    .filter(({ job }) => critical.has(job))
    .filter(({ at }) => at === undefined || at > now - millisecondsOf(within))
  const found = `${breaches.length} of at most ${least - 1} within ${within}`
  if (breaches.length >= least) {
    const last = breaches.reduce((newest, { at = now }) => Math.max(newest, at), -Infinity)
    return { kind: 'fired', found: `${found}, the last at ${encodeTimestamp(last)}`, last }
  }
  return told.unknown ?? { kind: 'quiet', found }
}

/**
 * A job of one commit or release at one instant is one breach, whoever says it; so is what a report lists at an instant, which is of the
 * results of that instant where there are any.
 */
function onlyOnce(shown: readonly Breach[], told: readonly Breach[]): readonly Breach[] {
  const results = shown.map((one) => [JSON.stringify([one.job, one.at, one.about]), one] as const)
  const instants = new Set(shown.map(instantOfBreach))
  const listed = told.map((one) => [instantOfBreach(one), one] as const)
  return [
    ...new Map(results).values(),
    ...new Map(listed.filter(([instant]) => !instants.has(instant))).values(),
  ]
}

function instantOfBreach({ job, at }: Breach): string {
  return JSON.stringify([job, at])
}

/** Of the target, each piece once: as it counts for the release itself, where it does. */
export function everythingIn({
  evidence,
  history,
}: Pick<TriggerQuestion, 'evidence' | 'history'>): readonly Evidence[] {
  return [...new Map([...history, ...evidence].map((piece) => [piece.sha256, piece])).values()]
}

/** By the time that somebody vouches for, else as its signer has it. */
function breachesOf(by: Evidence, critical: ReadonlySet<string>): readonly Breach[] {
  if (by.family !== 'test-result') return []
  const at = by.signedAt ?? instantOf(memberOf(by.predicate, 'assay_reportedAt'))
  const failed = listIn(by.predicate, 'failedTests')
  return [...critical]
    .filter((job) => failed.some((test) => isOfJob(test, job)))
    .map((job) =>
      at === undefined
        ? { job, about: by.sha256 }
        : { job, at, about: by.commit ?? by.release?.id },
    )
}

function isOfJob(test: unknown, job: string): boolean {
  return typeof test === 'string' && (test === job || test.startsWith(`${job} > `))
}

/** What a report lists, or why nothing is known of that. */
interface ListedBreaches {
  readonly breaches: readonly Breach[]
  readonly unknown?: UnknownStanding
}

/** Where there is no list, or something in it that is no breach, it can not be told how many there are. */
function breachesIn(
  report: Report,
  { list, job, at }: NonNullable<Breaches['report']>,
): ListedBreaches {
  if (checkReport(report).outcome !== 'accepted') {
    return { breaches: [], unknown: unknownReport([report]) }
  }
  const items = listOf(valueIn(report, list))
  const breaches = items?.map((item): Breach | undefined => {
    const name = memberOf(item, job)
    const time = instantOf(memberOf(item, at))
    return typeof name === 'string' && time !== undefined ? { job: name, at: time } : undefined
  })
  if (breaches === undefined || breaches.includes(undefined)) {
    const clearing = writing([report])
    const found = 'no list of breaches'
    return { breaches: [], unknown: { kind: 'unknown', outcome: 'rejected', found, clearing } }
  }
  return { breaches: breaches.filter((one) => one !== undefined) }
}

function instantOf(value: unknown): Instant | undefined {
  if (typeof value !== 'string') return undefined
  const time = parseTimestamp(value)
  return time.ok ? time.value : undefined
}

function unknownReport(reports: readonly Report[]): UnknownStanding {
  const outcomes = reports.map((report) => checkReport(report).outcome)
  const outcome = outcomes.includes('rejected')
    ? 'rejected'
    : outcomes.includes('missing')
      ? 'missing'
      : 'unverified'
  const found = `nothing that counts of ${reports.map(({ path }) => quote(path)).join(', ')}`
  return { kind: 'unknown', outcome, found, clearing: writing(reports) }
}

function writing(reports: readonly Report[]): ReportsClearing {
  return { by: 'reports', paths: reports.map(({ path }) => path) }
}
