// Gemfile.lock (Bundler's LockfileParser; `bundle lock`): sections of indented lines. Digests are there only where the
// section CHECKSUMS is. Groups are in the Gemfile, which is a program: nobody but Ruby can say what is for development.

import { judge, quote, type Result, refuse } from '../../../core/index.ts'
import { isCommit, stripCredentials } from '../../address.ts'
import type { DependencySource, LockedDigest, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, entryProblem, indexByName, type LockedEntry } from '../assembly.ts'
import { parseNamedDigest } from '../digests.ts'
import { syntaxProblem } from '../document.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { parseLines, type TextLine } from '../text-lines.ts'

/** Where gems of one section come from: `remote: …`, `revision: …`. */
type Source = ReadonlyMap<string, readonly string[]>

/** One gem of `specs:`. */
interface LockedGem {
  /** `nokogiri 1.15.0-x86_64-linux`. */
  readonly id: string
  readonly name: string
  readonly version: string
  readonly platform: string | undefined
  readonly section: string
  readonly options: Source
  readonly line: number
  /** Names of the gems that it asks for. */
  readonly asksFor: string[]
}

interface Reading {
  readonly path: string
  readonly gems: LockedGem[]
  /** Names of the section DEPENDENCIES. */
  readonly direct: Set<string>
  /** By the id of the gem. */
  readonly checksums: Map<string, readonly LockedDigest[]>
  readonly problems: SnapshotProblem[]
}

/** Sections whose gems come from somewhere. */
const SOURCES: ReadonlySet<string> = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'])

const SECTIONS: ReadonlySet<string> = new Set([
  ...SOURCES,
  'BUNDLED WITH',
  'CHECKSUMS',
  'DEPENDENCIES',
  'PLATFORMS',
  'RUBY VERSION',
])

/** `name (1.2.3-platform)`, `name (>= 1)`, `name!`: the name has no blank, a version no "-". */
const GEM = /^(?<name>[^\s!()]+)(?: \((?<version>[^()]*)\))?(?<pinned>!)?(?: (?<digests>\S+))?$/

/** Reads a lockfile of Bundler. The format has no version; an unknown section is one of an unknown format. */
export function parseGemfileLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const lines = parseLines(input.path, input.bytes)
  if (!lines.ok) return lines
  const reading: Reading = {
    path: input.path,
    gems: [],
    direct: new Set(),
    checksums: new Map(),
    problems: [],
  }
  const known = readSections(reading, lines.value)
  if (!known.ok) return known
  return assembleGems(reading)
}

function readSections(
  reading: Reading,
  lines: readonly TextLine[],
): Result<undefined, SnapshotProblem> {
  let section = ''
  let options = new Map<string, string[]>()
  for (const { text, line } of lines) {
    const at = `${reading.path} line ${line}`
    if (text.trim() === '') continue
    if (!text.startsWith(' ')) {
      if (!SECTIONS.has(text)) return unknownSection(text, at)
      section = text
      options = new Map()
    } else if (SOURCES.has(section)) {
      readSourceLine(reading, { text, line, section, options })
    } else if (section === 'DEPENDENCIES' || section === 'CHECKSUMS') {
      readListLine(reading, section, { text, line })
    } else if (section === '') {
      return unknownSection(text, at)
    }
  }
  return judge(undefined, [])
}

/** A merge that was not finished shows here too. */
function unknownSection(text: string, at: string): Result<never, SnapshotProblem> {
  return refuse({
    code: 'snapshot/lockfile-version',
    message: `Cannot read the lockfile: expected a section that is known, found ${quote(text)}`,
    at,
    hint: 'Write the lockfile again with a Bundler that is known, or update assay',
  })
}

interface SourceLine extends TextLine {
  readonly section: string
  readonly options: Map<string, string[]>
}

/** Two blanks: an option of the source; four: a gem; six: what that gem asks for. */
function readSourceLine(reading: Reading, { text, line, section, options }: SourceLine): void {
  const indent = text.length - text.trimStart().length
  const option =
    indent === 2 ? /^(?<key>[a-z_]+):(?: (?<value>.*))?$/.exec(text.trim())?.groups : undefined
  const gem = indent > 2 ? GEM.exec(text.trim())?.groups : undefined
  const last = reading.gems.at(-1)
  if (option?.['key'] !== undefined) {
    const { key, value = '' } = option
    options.set(key, options.get(key) ?? [])
    options.get(key)?.push(value)
  } else if (indent === 4 && gem?.['name'] !== undefined && gem['version'] !== undefined) {
    const { name, version: built } = gem
    const [version, platform] = cutPlatform(built)
    const id = `${name} ${built}`
    reading.gems.push({ id, name, version, platform, section, options, line, asksFor: [] })
  } else if (indent === 6 && gem?.['name'] !== undefined && last !== undefined) {
    last.asksFor.push(gem['name'])
  } else {
    const message = `Expected a source, a gem or its request, found ${quote(stripCredentials(text))}`
    reading.problems.push(syntaxProblem(message, `${reading.path} line ${line}`))
  }
}

/** The version of a gem has no "-"; what follows one is the platform that the gem was built for. */
function cutPlatform(text: string): readonly [version: string, platform: string | undefined] {
  const dash = text.indexOf('-')
  return dash < 0 ? [text, undefined] : [text.slice(0, dash), text.slice(dash + 1)]
}

function readListLine(reading: Reading, section: string, { text, line }: TextLine): void {
  const at = `${reading.path} line ${line}`
  const { name, version, digests } = GEM.exec(text.trim())?.groups ?? {}
  if (name === undefined || (section === 'CHECKSUMS' && version === undefined)) {
    reading.problems.push(syntaxProblem(`Expected a gem, found ${quote(text)}`, at))
  } else if (section === 'DEPENDENCIES') {
    reading.direct.add(name)
  } else {
    const parsed = (digests ?? '').split(',').flatMap((digest) => {
      // Bundler leaves the place empty for a gem that it has no digest of.
      const result = digest === '' ? undefined : parseNamedDigest(digest, at, '=')
      if (result?.ok === false) reading.problems.push(...result.problems)
      return result?.ok === true ? result.value : []
    })
    reading.checksums.set(`${name} ${version}`, parsed)
  }
}

function assembleGems(reading: Reading): Result<Lockfile, SnapshotProblem> {
  const { path, gems, direct, checksums, problems } = reading
  const entries = gems.map((gem): LockedEntry => {
    const registry = gem.section === 'GEM' ? gem.options.get('remote')?.at(0) : undefined
    return {
      id: gem.id,
      name: gem.name,
      version: gem.version,
      digests: checksums.get(gem.id) ?? [],
      ...(registry !== undefined && { registry: stripCredentials(registry) }),
      source: sourceOf(gem),
      line: gem.line,
      ...(gem.platform !== undefined && { qualifiers: { platform: gem.platform } }),
      scope: { optional: gem.platform !== undefined },
    }
  })
  const index = indexByName(path, gems, ({ name }) => name)
  if (!index.ok) return index
  const byName = index.value
  const ask = (from: string, name: string): readonly Edge[] =>
    (byName.get(name) ?? []).map(({ id }) => ({ from, to: id, kind: 'prod' }))
  for (const name of direct) {
    // "bundler" is Ruby's own tool, which no lockfile locks as a gem.
    if (!byName.has(name) && name !== 'bundler') {
      problems.push(entryProblem(`Expected ${quote(name)} among the locked gems`, path))
    }
  }
  const lockfile = assembleLockfile({
    path,
    kind: 'bundler',
    ecosystem: 'gem',
    entries,
    edges: [
      ...[...direct].flatMap((name) => ask(PROJECT, name)),
      ...gems.flatMap(({ id, asksFor }) => asksFor.flatMap((name) => ask(id, name))),
    ],
  })
  return lockfile.ok ? judge(lockfile.value, problems) : refuse(...lockfile.problems, ...problems)
}

function sourceOf({ section, options }: LockedGem): DependencySource {
  const remote = stripCredentials(options.get('remote')?.at(0) ?? '')
  if (section === 'PATH') return { kind: 'link', path: remote }
  if (section !== 'GIT') return { kind: 'registry' }
  const revision = options.get('revision')?.at(0)
  return { kind: 'git', url: remote, ...(isCommit(revision) && { commit: revision }) }
}
