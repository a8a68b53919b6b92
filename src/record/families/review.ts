// Review: somebody read every tracked file of a commit, and what they found. Silence closes no finding.

import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import { checkAbout } from '../checks/about.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { isNewer } from '../time/order.ts'
import { statusInPlace } from '../checks/place.ts'
import type { SameCheck } from '../checks/same-check.ts'
import { judgeProvenance } from '../release/provenance.ts'
import { isDecidedInRole } from '../signer/decisions.ts'
import { isByPerson } from '../signer/person.ts'
import { standsAs } from '../signer/standing.ts'
import { asReported } from '../signer/testimony.ts'
import { defineFamily } from '../family.ts'
import {
  COMMIT,
  DOCUMENT,
  listOf,
  NAME,
  rule,
  SHA256,
  TEXT,
  TIME,
} from '../statement/member-schema.ts'
import { commitRecordsOf, recordsOf } from '../release/records-of.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

/** How grave a finding is, the gravest first. */
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const

const FINDING = z
  .strictObject({
    /** The same in every review that speaks of it. */
    id: NAME,
    severity: z.enum(SEVERITIES),
    /** What trust in the release hangs on. */
    trustCritical: z.boolean(),
    title: TEXT,
    resolved: z.boolean(),
    /** What was done about it. */
    resolution: z.optional(TEXT),
  })
  .check(
    rule(
      ({ resolved, resolution }) => resolved === (resolution !== undefined),
      'a resolution of what is resolved, and of nothing else',
    ),
  )

const MEMBERS = z.strictObject({
  scope: z.strictObject({
    /** Id of the git tree of the commit. */
    tree: COMMIT,
    /** SHA-256 of the manifest of every tracked file, as `sha256sum` prints it for the files sorted by path. */
    manifest: SHA256,
    files: z.int().check(z.gte(1)),
  }),
  reviewedAt: TIME,
  /** What was written about it, by digest. */
  report: z.optional(DOCUMENT),
  findings: listOf(FINDING, ({ id }) => id),
})

/** What a review holds. */
export type Review = Readonly<z.infer<typeof MEMBERS>>

type Finding = Review['findings'][number]

/** For the same evidence: a review of another tree is made good by one of the right tree. Findings stay open until they are resolved. */
const SAME_CHECK: SameCheck<Review> = {
  isSame: (one, other) => one.evidence === other.evidence,
}

/** The family; its view tells whether the review covers the tree that the release was built from, and what is still open. */
export const REVIEW = defineFamily({
  name: 'review',
  members: MEMBERS,
  about: ['set', 'commit'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  view: viewReview,
})

function viewReview(record: FoldedRecord<Review>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const tree = checkTree(members, context.evidence)
  const standing = [...foldFindings(record, context.evidence).values()]
  const findings = checkFindings(standing)
  const counted = checkCounted(record)
  const check = groupChecks(
    'review',
    asReported('The review of what the release was built from', record),
    [
      checkAbout(record, context.evidence),
      ...evidenceOf(record, context).checks,
      ...counted,
      tree,
      findings,
    ],
  )
  return {
    status: statusInPlace(statusOf({ counted, tree, findings }), check, ['reviewed']),
    check,
    // Who is heard only for what they found is no reviewer, and no reason once that is resolved.
    ...(counted.length > 0 && findings.outcome === 'accepted' && { isAside: true }),
    facts: {
      reportedBy: signer.principal,
      tree: members.scope.tree,
      manifest: members.scope.manifest,
      files: members.scope.files,
      ...Object.fromEntries(
        SEVERITIES.map((severity) => [`${severity}Open`, countOpen(standing, severity)]),
      ),
    },
  }
}

/** Of whoever holds no role that is for reviews, where there is one, only what they found is heard. */
function checkCounted({ signer }: FoldedRecord<Review>): readonly Check[] {
  if (signer.roles.length > 0) return []
  const message = `${quote(signer.name)} holds no role that is for reviews`
  return [failed('signer-role', 'rejected', 'record/role-general', message)]
}

function countOpen(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => !finding.resolved && finding.severity === severity).length
}

/** Accepted provenance names the commit, and the builder its tree: that is what the review has to cover, all of it. */
function checkTree({ scope }: Review, evidence: ReleaseEvidence): Check {
  const trees = judgeProvenance(evidence).accepted.flatMap(
    ({ provenance }) => provenance?.sourceTree ?? [],
  )
  const facts = {
    expected: trees.map((tree) => quote(tree)).join(' and '),
    found: quote(scope.tree),
  }
  if (trees.length === 0) {
    const message = 'No accepted provenance names the tree of the commit'
    return failed('tree', 'missing', 'record/tree', message, { found: quote(scope.tree) })
  }
  if (trees.every((tree) => tree === scope.tree)) {
    return passed('tree', 'The review covers the tree that the release was built from', facts)
  }
  const message = 'The review covers another tree than the release was built from'
  return failed('tree', 'rejected', 'record/tree', message, facts)
}

/**
 * The last word on each finding, of all reviews of the set and of its commit: one that does not name a finding does not close it, nor
 * does one that is older than a word that it is open or by somebody who may not say so, and what trust hangs on for one of them is resolved, and not called something else.
 */
function foldFindings(
  record: FoldedRecord<Review>,
  evidence: ReleaseEvidence,
): ReadonlyMap<string, Finding> {
  const reviews = [...recordsOf(evidence, REVIEW), ...commitRecordsOf(evidence, REVIEW)]
  const own = reviews.some(({ sha256 }) => sha256 === record.sha256) ? [] : [record]
  const words = [...reviews, ...own]
    .toSorted((a, b) => a.index - b.index)
    .flatMap((review) => review.members.findings.map((finding) => ({ review, finding })))
  return new Map(
    [...Map.groupBy(words, ({ finding }) => finding.id)].flatMap(([id, told]) => {
      const trustCritical = told.some(({ finding }) => finding.trustCritical)
      return lastWordOf(told).map(({ finding }) => [id, { ...finding, trustCritical }] as const)
    }),
  )
}

interface Word {
  readonly review: FoldedRecord<Review>
  readonly finding: Finding
}

/** A finding is open as long as one word says so that no newer one resolves. */
function lastWordOf(words: readonly Word[]): readonly Word[] {
  let open: readonly Word[] = []
  for (const word of words) {
    open = word.finding.resolved
      ? open.filter(({ review }) => !resolves(word.review, review))
      : [...open, word]
  }
  return (open.length > 0 ? open : words).slice(-1)
}

/** Whoever found something is answered by somebody who stands where they do, or in a role that is for reviews; a person by a person. */
function resolves(review: FoldedRecord<Review>, found: FoldedRecord<Review>): boolean {
  if (!isNewer(review, found)) return false
  const isReviewer = isDecidedInRole(review) && (isByPerson(review) || !isByPerson(found))
  return isReviewer || standsAs(review, found)
}

function checkFindings(findings: readonly Finding[]): Check {
  const open = findings.filter(({ resolved, trustCritical }) => trustCritical && !resolved)
  if (open.length === 0) {
    return passed('findings', 'No finding that trust hangs on is open')
  }
  const message = 'Findings that trust hangs on are open'
  const found = open.map(({ id, severity }) => `${quote(id)} (${severity})`).join(', ')
  return failed('findings', 'rejected', 'record/finding-open', message, { found })
}

interface Findings {
  readonly counted: readonly Check[]
  readonly tree: Check
  readonly findings: Check
}

function statusOf({ counted, tree, findings }: Findings): string {
  if (findings.outcome !== 'accepted') return 'finding-open'
  if (counted.length > 0) return 'not-counted'
  if (tree.outcome === 'missing') return 'tree-unknown'
  return tree.outcome === 'accepted' ? 'reviewed' : 'other-tree'
}
