// What is attached to a release (section 4, seed ruling 41): by digest, and what we can compute ourselves only as we compute it.

import { acceptedCheck, type Check, groupChecks, quote, refusedCheck } from '../../../core/index.ts'
import { type Evidence, type PlaybookAttachment, promotionPathOf } from '../../../policy/index.ts'
import { buildPromotionReport, promotedTo, saysTheSame } from '../../lineage/build-lineage.ts'
import type { PromotionReport, ReleaseLineage } from '../../lineage/release-lineage.ts'
import type { GateCode } from '../../problem.ts'
import type { JudgedControl } from '../control.ts'
import { judgeFiles } from '../control-report.ts'
import type { ComputedReport } from '../control-clearing.ts'
import { checkReport } from '../../reports/check-report.ts'
import { type Report, reportAt } from '../../reports/report.ts'
import { listIn } from './members.ts'

/** What attachments are judged from. */
export interface AttachmentQuestion {
  readonly lineage: ReleaseLineage | undefined
  readonly evidence: readonly Evidence[]
  readonly reports: ReadonlyMap<string, Report>
}

/** Judges one attachment. */
export function judgeAttachment(
  attachment: PlaybookAttachment,
  question: AttachmentQuestion,
): JudgedControl {
  const { lineage, reports } = question
  if ('run' in attachment) return { check: checkRun(lineage), clearing: { by: 'run' } }
  if ('files' in attachment) {
    const { checks, clearing } = judgeFiles(attachment.files, reports)
    return { check: groupChecks('attached', 'The files are attached, by digest', checks), clearing }
  }
  if ('ruleset' in attachment) {
    const { ruleset } = attachment
    return { check: checkRuleset(ruleset, question), clearing: { by: 'ruleset', ...ruleset } }
  }
  return 'lineage' in attachment
    ? judgeLineage(attachment.lineage, question)
    : judgePromotions(attachment.promotion, question)
}

function judgeLineage(path: string, { lineage, reports }: AttachmentQuestion): JudgedControl {
  if (lineage === undefined) return nothingKnown([{ path }])
  const check = checkComputed(reportAt(reports, path), lineage)
  return { check, clearing: computed([{ path }], [lineage]) }
}

function judgePromotions(
  template: string,
  { lineage, reports }: AttachmentQuestion,
): JudgedControl {
  // Nobody knows where it goes.
  if (lineage === undefined) return nothingKnown([])
  const judged = promotedTo(lineage).map((environment) => {
    const path = promotionPathOf(template, environment)
    const expected = buildPromotionReport(lineage, environment)
    const check = checkComputed(reportAt(reports, path), expected)
    return { path, environment, expected, check }
  })
  const checks = judged.map(({ check }) => check)
  const open = judged.filter(({ check }) => check.outcome !== 'accepted')
  const clearing = computed(
    open.map(({ path, environment }) => ({ path, environment })),
    open.map(({ expected }) => expected),
  )
  const none = 'No record promotes the release, so there is nothing to attach'
  const check =
    checks.length === 0
      ? acceptedCheck('attached', none)
      : groupChecks('attached', 'The reports of the promotions are attached', checks)
  return { check, clearing }
}

function nothingKnown(reports: readonly ComputedReport[]): JudgedControl {
  const check = missing('attached', 'The ledger holds nothing of the release')
  return { check, clearing: computed(reports, []) }
}

function computed(
  reports: readonly ComputedReport[],
  expected: readonly Computed[],
): JudgedControl['clearing'] {
  const isSettledFirst = expected.some(({ outcome }) => outcome !== 'accepted')
  return { by: 'computed', reports, isSettledFirst }
}

/** Every path that an attachment may be under. */
export function pathsOfAttachment(
  attachment: PlaybookAttachment,
  lineage: ReleaseLineage | undefined,
): readonly string[] {
  if ('run' in attachment) return []
  if ('files' in attachment) return attachment.files
  if ('ruleset' in attachment) return attachment.ruleset.anyOf
  if ('lineage' in attachment) return [attachment.lineage]
  if (lineage === undefined) return []
  return promotedTo(lineage).map((one) => promotionPathOf(attachment.promotion, one))
}

/** Nobody writes it down: the certificate of the build has it, or the builder. */
function checkRun(lineage: ReleaseLineage | undefined): Check {
  const run = lineage?.builds.find((build) => build.run !== undefined)?.run
  if (run === undefined) {
    return missing('run', 'No accepted provenance names the address of its run')
  }
  return acceptedCheck('run', 'Accepted provenance names the run', { found: run })
}

/** What we can build ourselves. */
type Computed = ReleaseLineage | PromotionReport

function checkComputed(report: Report, expected: Computed): Check {
  const bound = checkReport(report)
  if (bound.outcome !== 'accepted') return bound
  return groupChecks('attached', `What ${quote(report.path)} says`, [
    bound,
    saysTheSame(report.content, expected)
      ? acceptedCheck('computed', 'It says exactly what the ledger shows')
      : refused('computed', 'rejected', 'gate/attachment-differs', {
          message: 'It says something else than the ledger shows',
          hint: 'Write it again with assay lineage, and have its digest recorded',
        }),
    checkOutcome(expected),
  ])
}

function checkOutcome({ outcome, reasons }: Computed): Check {
  if (outcome === 'accepted') return acceptedCheck('outcome', 'All that it rests on is accepted')
  return refused('outcome', outcome, 'gate/attachment-refused', {
    message: 'Not all that it rests on is accepted',
    ...(reasons[0] !== undefined && { found: reasons[0].message }),
  })
}

type Ruleset = Extract<PlaybookAttachment, { readonly ruleset: unknown }>['ruleset']

/** One of the files; or the word of an administrator that there is nothing to show. */
function checkRuleset(
  { anyOf, role, none }: Ruleset,
  { evidence, reports }: AttachmentQuestion,
): Check {
  const checks = anyOf.map((path) => checkReport(reportAt(reports, path)))
  const attached = checks.find(({ outcome }) => outcome === 'accepted')
  if (attached !== undefined) return attached
  // What is there and is wrong is not made up for by anybody's word.
  const isWrong = checks.some(({ outcome }) => outcome === 'rejected')
  const witness = evidence.find(
    ({ family, computed, overtakenBy, predicate, signer }) =>
      family === 'test-result' &&
      computed.outcome === 'accepted' &&
      overtakenBy === undefined &&
      signer.kind === 'person' &&
      signer.roles.includes(role) &&
      listIn(predicate, 'passedTests').includes(none),
  )
  if (witness !== undefined && !isWrong) {
    const message = `No ruleset is for the branch, reported by ${quote(witness.signer.principal)}`
    return acceptedCheck('attached', message)
  }
  const message = 'Neither is a ruleset attached, nor does an administrator say that there is none'
  const outcome = isWrong ? 'rejected' : 'missing'
  return { ...refused('attached', outcome, 'gate/attachment-missing', { message }), checks }
}

function missing(name: string, message: string): Check {
  return refused(name, 'missing', 'gate/attachment-missing', { message })
}

function refused(
  name: string,
  outcome: Exclude<Check['outcome'], 'accepted'>,
  code: GateCode,
  { message, ...facts }: { message: string; hint?: string; found?: string },
): Check {
  return refusedCheck<GateCode>(name, outcome, code, message, facts)
}
