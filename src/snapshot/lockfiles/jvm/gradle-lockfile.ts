// gradle.lockfile (Gradle user guide, Locking dependency versions): one line for each module, with the configurations
// that it is locked for. There are no digests in it, no edges, and nothing about who asks.

import { judge, quote, type Result, refuse } from '../../../core/index.ts'
import type { FloatingRequirement, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, type LockedEntry } from '../assembly.ts'
import { syntaxProblem } from '../document.ts'
import { parseLines } from '../text-lines.ts'

/** `group:artifact:version=configuration,configuration`. */
const MODULE =
  /^(?<name>[^\s:=]+:[^\s:=]+):(?<version>[^\s:=]+)=(?<configurations>[^\s=,]+(?:,[^\s=,]+)*)$/

/** The configurations that lock nothing; empty where there are none. */
const EMPTY = /^empty=[^\s=]*$/

/** Reads the one lockfile of a project (Gradle 6.8 and later); the older file for each configuration is refused. */
export function parseGradleLockfile(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const lines = parseLines(input.path, input.bytes)
  if (!lines.ok) return lines
  const problems: SnapshotProblem[] = []
  const entries: LockedEntry[] = []
  const floating: FloatingRequirement[] = []
  for (const { text, line } of lines.value) {
    if (text.trim() === '' || text.startsWith('#') || EMPTY.test(text)) continue
    const { name, version, configurations } = MODULE.exec(text)?.groups ?? {}
    if (name === undefined || version === undefined || configurations === undefined) {
      const message = `Expected "group:artifact:version=configurations", found ${quote(text)}`
      problems.push(syntaxProblem(message, `${input.path} line ${line}`))
      continue
    }
    entries.push({
      id: `${name}:${version}`,
      name,
      version,
      digests: [],
      source: { kind: 'registry' },
      line,
      scope: { relationship: 'unknown', dev: configurations.split(',').every(isTestConfiguration) },
    })
    // A snapshot is a name for whatever was published last.
    if (version.endsWith('-SNAPSHOT')) floating.push({ name, requirement: version, line })
  }
  const lockfile = assembleLockfile({
    path: input.path,
    kind: 'gradle',
    ecosystem: 'maven',
    entries,
    edges: [],
    floating,
  })
  return lockfile.ok ? judge(lockfile.value, problems) : refuse(...lockfile.problems, ...problems)
}

/** Of the source set "test", or of one whose name ends in "Test" (Gradle user guide, The Java Plugin, Configurations). */
function isTestConfiguration(name: string): boolean {
  return /^(?:test|[A-Za-z0-9]+Test)(?=AnnotationProcessor|Compile|Implementation|Runtime)/.test(
    name,
  )
}
