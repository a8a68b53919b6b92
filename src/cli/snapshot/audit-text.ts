// An audit of advisories in words, for a person: what blocks, with what would clear it, then what is excepted and until when.

import { countOf, escapeText, parseTimestamp } from '../../core/index.ts'
import {
  type AdvisoryAudit,
  type AdvisoryException,
  isInForce,
  renderPackage,
  type ReportForm,
  type Standing,
} from '../../snapshot/index.ts'

type Finding = AdvisoryAudit['findings'][number]

const FORMS: Readonly<Record<ReportForm, string>> = {
  'npm-audit': 'npm audit',
  'npm-audit-legacy': 'npm audit, in its older form',
  osv: 'list of OSV vulnerabilities',
  'osv-scanner': 'osv-scanner',
}

/** The whole audit; every text of the report and of the registry is escaped. */
export function renderAudit(audit: AdvisoryAudit): string {
  const { report, exceptions, snapshot, findings, unused, counts } = audit
  const of = report.packages === undefined ? '' : ` over ${countOf(report.packages, 'package')}`
  const blocked = findings.filter((finding) => isBlocked(finding, report.form))
  const others = findings.filter((finding) => !isBlocked(finding, report.form))
  const standings = Object.entries(counts).filter(
    ([name, count]) => name !== 'advisories' && count > 0,
  )
  const parts = standings.map(([name, count]) => `${count} ${name}`).join(', ')
  return [
    `Report      ${FORMS[report.form]}${of}`,
    `            sha256:${report.sha256}`,
    `Exceptions  ${exceptions.entries.length}, held against ${audit.at}`,
    `            sha256:${exceptions.sha256}`,
    ...(snapshot === undefined ? [] : renderSnapshot(snapshot)),
    '',
    ...blocked.flatMap((finding) => renderFinding(finding, 'BLOCKED', report.form)),
    ...others.flatMap((finding) => renderFinding(finding, '       ', report.form)),
    ...renderUnused(unused, audit),
    ...(report.withdrawn.length === 0
      ? []
      : [`Withdrawn by those who published them: ${report.withdrawn.join(', ')}`, '']),
    ...(audit.outcome === 'missing'
      ? ['The report looked at no package, and the lockfile has some: it is not about it', '']
      : []),
    `${advisories(counts.advisories)}${parts === '' ? '' : `: ${parts}`}`,
    '',
  ].join('\n')
}

function advisories(count: number): string {
  return count === 1 ? '1 advisory' : `${count === 0 ? 'No' : count} advisories`
}

function isBlocked({ standing }: Finding, form: ReportForm): boolean {
  return standing !== 'excepted' && (standing !== 'elsewhere' || form !== 'osv')
}

function renderSnapshot({ sha256, lockfiles, packages }: NonNullable<AdvisoryAudit['snapshot']>) {
  return [
    `Snapshot    ${lockfiles.map(({ path }) => escapeText(path)).join(', ')}, ${countOf(packages, 'package')}`,
    `            sha256:${sha256}`,
  ]
}

function renderFinding(finding: Finding, mark: string, form: ReportForm): readonly string[] {
  const {
    advisory,
    aliases,
    package: found,
    versions,
    severity,
    unscored = [],
    affected,
    title,
  } = finding
  const facts = [
    severity ?? (unscored.length === 0 ? 'no severity' : `rated ${unscored.join(', ')}`),
    ...(versions.length === 0 ? [] : [`found ${versions.join(', ')}`]),
    ...(affected === undefined ? [] : [`affected ${affected}`]),
  ]
  return [
    `${mark} ${finding.standing}  ${advisory} in ${renderPackage(found)}`,
    `        ${facts.join('; ')}`,
    ...(aliases.length === 0 ? [] : [`        also ${aliases.join(', ')}`]),
    ...(title === undefined ? [] : [`        ${title}`]),
    ...reasons(finding, form).map((reason) => `        ${reason}`),
    '',
  ].map(escapeText)
}

/** Why it stands so, and what would clear it. */
const CLEARS: Readonly<Record<Standing, string | undefined>> = {
  critical: 'no exception helps: take a version that it is not about',
  unknown: 'no exception is for it: take a version that it is not about, or write one',
  unrated: 'nobody says how grave it is: let the owner of the exception say its severity',
  expired: 'the exception for it is over',
  elsewhere: 'the lockfile of the snapshot has no such package: make the report again',
  excepted: undefined,
}

function reasons(finding: Finding, form: ReportForm): readonly string[] {
  const { standing, exceptions, near } = finding
  const why = whyOf(finding, form)
  return [
    ...(why === undefined ? [] : [why]),
    ...exceptions.map(renderException),
    ...(standing === 'excepted'
      ? []
      : near.map(({ exception, differs }) => {
          const value = differs === 'affected' ? exception.affected : exception.package
          return `an exception for it is for another ${WORDS[differs]}: ${value}`
        })),
  ]
}

function whyOf({ standing, unscored }: Finding, form: ReportForm): string | undefined {
  if (standing === 'elsewhere' && form === 'osv')
    return 'the lockfile of the snapshot has no such package'
  // Its owner may rate it only where nobody else does.
  if (standing === 'unrated' && unscored !== undefined) return UNSCORED
  return CLEARS[standing]
}

const UNSCORED =
  'it is rated in a way that is not understood here: take a version that it is not about, or a report that rates it in a word or by CVSS 3'

const WORDS = { package: 'package', version: 'version', affected: 'range' } as const

function renderException({ owner, reason, expires }: AdvisoryException): string {
  return `exception of ${owner} until ${expires}: ${reason}`
}

function renderUnused(
  unused: readonly AdvisoryException[],
  { at }: AdvisoryAudit,
): readonly string[] {
  if (unused.length === 0) return []
  return [
    'Exceptions that nothing needs',
    ...unused.map((exception) => {
      const { advisory, package: name, owner, expires } = exception
      const end = isOver(exception, at) ? 'over since' : 'until'
      return escapeText(`  ${advisory} in ${name}, of ${owner}, ${end} ${expires}`)
    }),
    '',
  ]
}

function isOver(exception: AdvisoryException, at: string): boolean {
  const now = parseTimestamp(at)
  return now.ok && !isInForce(exception, now.value)
}
