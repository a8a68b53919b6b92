// Binding: a file counts only if accepted evidence names it, by path and digest (A-68: a word that nobody signed is no evidence).

import { isJsonObject, type JsonValue, parseJson } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Evidence } from '../../policy/index.ts'
import { lastWords } from './later-word.ts'
import type { Report, ReportStanding } from './report.ts'

/** A file as it was found: its bytes, or why it has none. */
export type FoundFile =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string }

/** A path that evidence names, and the bytes that it means. */
interface Naming {
  readonly path: string
  readonly sha256: string
  readonly by: Evidence
}

/**
 * Every file with what answers for it.
 *
 * @param files by path from the top of the project
 * @param evidence about the set in question, and about its commit; whatever is not accepted binds nothing
 */
export function bindReports(
  files: ReadonlyMap<string, FoundFile>,
  evidence: readonly Evidence[],
): ReadonlyMap<string, Report> {
  const accepted = evidence.filter(({ computed }) => computed.outcome === 'accepted')
  const namings = Map.groupBy(accepted.flatMap(namingsOf), ({ path }) => path)
  return new Map(
    [...files].map(([path, file]) => [path, bind(path, file, standing(namings.get(path) ?? []))]),
  )
}

/** Ruling 10: of what one signer says of one check, the last word stands. What two say stays two. */
function standing(namings: readonly Naming[]): readonly Naming[] {
  return lastWords(namings, ({ by }) => ({
    by,
    check: JSON.stringify([by.family, by.evidence, by.signer.principal]),
  }))
}

function bind(path: string, file: FoundFile, namings: readonly Naming[]): Report {
  const boundBy = namings.map(({ by }) => by)
  if (file.kind === 'absent') return { path, standing: 'absent', boundBy }
  if (file.kind === 'unreadable') {
    return { path, standing: 'unreadable', boundBy, reason: file.reason }
  }
  const sha256 = digestBytes('sha256', file.bytes)
  const digests = new Set(namings.map((naming) => naming.sha256))
  const report = { path, sha256, boundBy, standing: standingOf(sha256, digests) }
  if (!path.endsWith('.json')) return report
  const content = parseJson(file.bytes)
  if (content.ok) return { ...report, content: content.value }
  // Other bytes than the ones that are named are that first.
  const isSound = report.standing === 'bound' || report.standing === 'loose'
  const standing = isSound ? 'unreadable' : report.standing
  return { ...report, standing, reason: content.problems[0].message }
}

function standingOf(sha256: string, digests: ReadonlySet<string>): ReportStanding {
  if (digests.size === 0) return 'loose'
  if (digests.size > 1) return 'contradicted'
  return digests.has(sha256) ? 'bound' : 'changed'
}

/** What a piece of evidence names: the reports of commands, the configuration of tests, what a build made beside its subjects. */
function namingsOf(by: Evidence): readonly Naming[] {
  const { family, predicate } = by
  const resources = (at: readonly string[]) => listAt(predicate, at)
  if (family === 'command') {
    return resources(['commands'])
      .flatMap((command) => listAt(command, ['reports']))
      .flatMap((named) => namingOf(named, memberOf(named, 'sha256'), by))
  }
  const at = family === 'test-result' ? ['configuration'] : ['runDetails', 'byproducts']
  if (family !== 'test-result' && family !== 'provenance') return []
  return resources(at).flatMap((named) =>
    namingOf(named, memberOf(memberOf(named, 'digest'), 'sha256'), by),
  )
}

function namingOf(named: JsonValue, sha256: JsonValue | undefined, by: Evidence) {
  const path = memberOf(named, 'name')
  return typeof path === 'string' && typeof sha256 === 'string' ? [{ path, sha256, by }] : []
}

function listAt(value: JsonValue, path: readonly string[]): readonly JsonValue[] {
  const found = path.reduce<JsonValue | undefined>(memberOf, value)
  const items: readonly JsonValue[] = Array.isArray(found) ? found : []
  return items
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
