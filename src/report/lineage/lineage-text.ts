// A lineage, and the report of a promotion, as a person reads them: a tree of parts, each with who says it. Nothing is computed here.

import { countOf, quote } from '../../core/index.ts'
import type { PromotionReport, ReleaseLineage, SaidBy } from '../../gate/index.ts'
import { showText } from '../shown-text.ts'

interface Part {
  readonly label: string
  readonly text: string
  readonly saidBy?: SaidBy | undefined
}

/** `rollback target`, the longest label, and two blanks. */
const WIDTH = 'rollback target'.length + 2

/**
 * The whole way of a release:
 *
 *     accepted  lineage of production__web__v1.2.0__4711-1
 *       source           commit c27d33… of https://git.example/team/app
 *                        by "builder" in 9f86d0… at entry 7: accepted
 *       missing          sbom
 *
 * @returns lines, each with its newline
 */
export function renderLineage(lineage: ReleaseLineage): string {
  const { outcome, release, use, superseded, missing, reasons } = lineage
  const parts = [
    ...originParts(lineage),
    ...courseParts(lineage),
    { label: 'use', text: useWords(use), saidBy: use.saidBy },
    ...superseded.map(({ sha256, entry, family }) => ({
      label: 'superseded',
      text: `${family} ${sha256} at entry ${entry}`,
    })),
    ...(missing.length === 0 ? [] : [{ label: 'missing', text: missing.join(', ') }]),
  ]
  return renderTree(`${outcome}  lineage of ${release.id}`, parts, reasons)
}

/** What brought a release into an environment, in the same form. */
export function renderPromotion(report: PromotionReport): string {
  const { outcome, release, environment, set, evidence, reasons } = report
  const parts = [
    ...(set === undefined ? [] : [{ label: 'set', text: `sha256:${set}` }]),
    ...courseParts({ ...report, rollbackTargets: [] }),
    { label: 'evidence', text: countOf(evidence.length, 'statement') },
  ]
  return renderTree(
    `${outcome}  promotion of ${release.id} to ${quote(environment)}`,
    parts,
    reasons,
  )
}

function renderTree(
  headline: string,
  parts: readonly Part[],
  reasons: ReleaseLineage['reasons'],
): string {
  const lines = [
    headline,
    ...parts.flatMap(({ label, text, saidBy }) => [
      `  ${label.padEnd(WIDTH)}${text}`,
      ...(saidBy === undefined ? [] : [`  ${' '.repeat(WIDTH)}${sayingWords(saidBy)}`]),
    ]),
    ...reasons.map(({ code, message }) => {
      return `  not accepted: ${message}${code === undefined ? '' : ` [${code}]`}`
    }),
  ]
  return lines.map((line) => `${showText(line)}\n`).join('')
}

function sayingWords({ sha256, entry, signer, outcome }: SaidBy): string {
  return `by ${quote(signer)} in ${sha256} at entry ${entry}: ${outcome}`
}

function originParts(lineage: ReleaseLineage): readonly Part[] {
  const { set, sources, builds, snapshot, sboms } = lineage
  return [
    ...sources.map(({ commit, repository, ref, saidBy }) => ({
      label: 'source',
      text: [
        `commit ${commit}`,
        ...(repository === undefined ? [] : [`of ${repository}`]),
        ...(ref === undefined ? [] : [`at ${ref}`]),
      ].join(' '),
      saidBy,
    })),
    ...builds.map(({ builder, run, invocation, trigger, saidBy }) => ({
      label: 'build',
      text: [
        builder ?? 'a builder whose name is not for the public',
        ...((run ?? invocation) === undefined ? [] : [`run ${run ?? invocation}`]),
        ...(trigger === undefined ? [] : [`begun by ${trigger}`]),
      ].join(', '),
      saidBy,
    })),
    ...(set === undefined ? [] : [{ label: 'set', text: setWords(set), saidBy: set.saidBy }]),
    ...(snapshot === undefined
      ? []
      : [{ label: 'snapshot', text: `sha256:${snapshot.sha256}`, saidBy: snapshot.saidBy }]),
    ...sboms.map(({ saidBy }) => ({ label: 'SBOM', text: `bundle ${saidBy.sha256}`, saidBy })),
  ]
}

function setWords({ sha256, artifacts }: NonNullable<ReleaseLineage['set']>): string {
  return [
    `sha256:${sha256}`,
    ...(artifacts === undefined ? [] : [countOf(artifacts, 'artifact')]),
  ].join(', ')
}

function courseParts({
  approvals,
  promotions,
  deployments,
  rollbackTargets,
}: Pick<
  ReleaseLineage,
  'approvals' | 'promotions' | 'deployments' | 'rollbackTargets'
>): readonly Part[] {
  return [
    ...approvals.map(({ scope, decision, status, saidBy }) => ({
      label: 'approval',
      text: `${decision} ${scope}: ${status}`,
      saidBy,
    })),
    ...promotions.map(({ stage, from, to, status, saidBy }) => ({
      label: 'promotion',
      text: `${stage}, from ${from} to ${to}: ${status}`,
      saidBy,
    })),
    ...deployments.map(({ environment, observedSet, observedAt, status, saidBy }) => ({
      label: 'deployment',
      text: `${environment}, at ${observedAt}, sha256:${observedSet}: ${status}`,
      saidBy,
    })),
    ...rollbackTargets.map(({ release, trust, verification, saidBy }) => ({
      label: 'rollback target',
      text: `${release}: ${trust}, ${verification}`,
      saidBy,
    })),
  ]
}

function useWords({ status, replacement }: ReleaseLineage['use']): string {
  return replacement === undefined ? status : `${status}; use ${replacement} instead`
}
