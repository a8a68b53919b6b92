// Real lockfiles beside the reading of their own tools; `fixtures/lockfiles/<kind>/README.md` says how each was made.

import { describe, expect, it } from 'vitest'
import type { Dependency } from '../../../src/snapshot/index.ts'
import { digestsOf, linesOf, readFixture, readingOf, unique } from './locked.ts'

const scope = ({ dev }: Dependency) => (dev ? ['dev'] : [])
const scopeAndAsker = ({ relationship, dev }: Dependency) => [relationship, ...(dev ? ['dev'] : [])]

describe('a real lockfile, beside the reading of its own tool', () => {
  it.each(['cli', 'workspace', 'hexyl', 'fd-find', 'ripgrep', 'version-1', 'version-2'])(
    'cargo metadata: %s',
    (name) => {
      const lockfile = readFixture(`cargo/${name}`, 'Cargo.lock')
      expect(linesOf(lockfile, scope)).toEqual(unique(readingOf(`cargo/${name}`)))
    },
  )

  it.each(['app', 'replace', 'before-1.17', 'cobra', 'client-golang', 'go-tuf'])(
    'go list and go mod download: %s',
    (name) => {
      const { dependencies } = readFixture(`go/${name}`, 'go.sum')
      const readings = new Map(
        readingOf(`go/${name}`).map((line) => [
          line.split(' ', 1)[0] ?? '',
          line.split(' ').slice(1),
        ]),
      )
      for (const { id, digests, relationship, version, source } of dependencies) {
        if (id.startsWith('toolchain@')) continue
        const reading = readings.get(id)
        expect(reading).toContain(relationship === 'direct' ? 'direct' : 'indirect')
        const sums = digests.map(({ of, value }) => `${of ?? 'tree'}:${value.slice(0, 16)}`)
        expect(reading).toEqual(expect.arrayContaining(sums))
        // `=> path@version` of a replacement.
        const target = reading?.[reading.indexOf('=>') + 1]
        if (reading?.[0] === '=>' && source.kind !== 'link') expect(target).toMatch(`@${version}`)
      }
      const built = [...readings].filter(([, facts]) => facts.includes('built')).map(([id]) => id)
      expect(built.length).toBeGreaterThan(3)
      expect(dependencies.map(({ id }) => id)).toEqual(expect.arrayContaining(built))
    },
  )

  it.each(['app', 'workspace', 'forks', 'dirty-equals', 'inline-snapshot', 'mcp'])(
    'uv export --format cyclonedx1.5: %s',
    (name) => {
      const lockfile = readFixture(`uv/${name}`, 'uv.lock')
      // uv lists no file for folders, and no digest of a group's packages apart.
      const facts = (entry: Dependency) => [...digestsOf(entry), ...scope(entry)]
      expect(linesOf(lockfile, facts)).toEqual(unique(readingOf(`uv/${name}`)))
    },
  )

  it.each([
    'app',
    'git',
    'lock-2.0',
    'lock-1.1',
    'docker',
    'lockedbuild-extras',
    'lockedbuild-group',
  ])("poetry's own locker: %s", (name) => {
    const facts = (entry: Dependency) => [
      ...digestsOf(entry),
      ...(entry.optional ? ['optional'] : []),
    ]
    const lockfile = readFixture(`poetry/${name}`, 'poetry.lock')
    expect(linesOf(lockfile, facts)).toEqual(unique(readingOf(`poetry/${name}`)))
  })

  it.each(['pip-compile', 'uv', 'tuf', 'in-toto', 'pipfile-requirements', 'freeze', 'mixed'])(
    "pip's own parser: %s",
    (name) => {
      const { dependencies, floating } = readFixture(`requirements/${name}`, 'requirements.txt')
      const lines = dependencies.flatMap((entry) =>
        entry.source.kind === 'registry'
          ? [`${entry.name}@${entry.version}`, ...digestsOf(entry)].join(' ')
          : [],
      )
      const pinned = readingOf(`requirements/${name}`).flatMap((line) =>
        /^[^\s=]+={2,3}[^\s*]+(?: |$)/.test(line) ? line.replace(/={2,3}/, '@') : [],
      )
      const constrained = name === 'mixed' ? ['idna@3.11 sha256:2222222222222222'] : []
      expect(unique(lines)).toEqual(unique([...pinned, ...constrained]))
      const open = readingOf(`requirements/${name}`).length - pinned.length
      if (name === 'freeze') expect(floating).toHaveLength(pinned.length)
      else expect(floating.length).toBeLessThanOrEqual(open)
    },
  )

  it.each(['app', 'git', 'extras', 'plette', 'plette-extras-list', 'pipfile-requirements'])(
    'pipenv requirements --hash: %s',
    (name) => {
      const { dependencies } = readFixture(`pipfile/${name}`, 'Pipfile.lock')
      const tables = new Map([
        ['default', 'packages'],
        ['develop', 'dev-packages'],
      ])
      const lines = dependencies.map((entry) => {
        const category = entry.id.slice(0, entry.id.indexOf('/'))
        return [tables.get(category) ?? category, requirementOf(entry), ...digestsOf(entry)].join(
          ' ',
        )
      })
      expect(unique(lines)).toEqual(unique(readingOf(`pipfile/${name}`)))
    },
  )

  it.each(['sinatra', 'jekyll', 'git', 'checksums', 'typeprof', 'warbler', 'rubocop'])(
    'Bundler::LockfileParser: %s',
    (name) => {
      const lockfile = readFixture(`gemfile/${name}`, 'Gemfile.lock')
      const sources = new Map([
        ['registry', 'Rubygems'],
        ['link', 'Path'],
        ['git', 'Git'],
      ])
      const facts = ({ id, version, source, relationship }: Dependency) => {
        const platform = id.slice(id.indexOf(' ') + 1).slice(`${version}-`.length)
        return [platform === '' ? 'ruby' : platform, sources.get(source.kind) ?? '', relationship]
      }
      expect(linesOf(lockfile, facts)).toEqual(unique(readingOf(`gemfile/${name}`)))
    },
  )

  it.each(['artifact', 'vcs', 'replaced', 'composer', 'phpdox', 'plugins'])(
    'composer show --locked: %s',
    (name) => {
      const lockfile = readFixture(`composer/${name}`, 'composer.lock')
      const lines = linesOf(lockfile, scopeAndAsker)
      const heads = (text: string) => text.replace(/ ->.*/, '')
      expect(lines.map(heads)).toEqual(readingOf(`composer/${name}`).map(heads).toSorted())
      // Composer names what is required; here the edge goes to the package that answers to the name.
      const edges = lines.flatMap((line) => line.replace(/^.*->/, '').match(/\S+(?=@)/g) ?? [])
      const named = readingOf(`composer/${name}`).flatMap(
        (line) => line.replace(/^.*->/, '').match(/\S+/g) ?? [],
      )
      expect(edges).toEqual(expect.arrayContaining(named))
    },
  )
})

describe('a lockfile written by hand, beside the reading of another tool and a person', () => {
  it.each(['console', 'frameworks', 'central'])('packages.lock.json: %s', (name) => {
    const { dependencies } = readFixture(`nuget/${name}`, 'packages.lock.json')
    const lines = dependencies.map((entry) => {
      const prefix = entry.id.slice(0, entry.id.lastIndexOf('/') + 1)
      const head = `${entry.id}@${entry.version ?? ''}`
      const asked = entry.dependsOn.map((id) => id.slice(prefix.length))
      return [head, entry.relationship, ...digestsOf(entry), '->', ...asked.toSorted()].join(' ')
    })
    expect(lines.toSorted()).toEqual(readingOf(`nuget/${name}`).toSorted())
  })

  it.each([
    ['java', 'gradle.lockfile'],
    ['android', 'gradle.lockfile'],
    ['buildscript', 'buildscript-gradle.lockfile'],
  ])('gradle.lockfile: %s', (name, file) => {
    const { dependencies } = readFixture(`gradle/${name}`, file)
    const lines = dependencies.map(({ purl, dev }) => `${purl}${dev ? ' dev' : ''}`)
    expect(lines.toSorted()).toEqual(readingOf(`gradle/${name}`).toSorted())
  })
})

/** As pip writes a requirement. */
function requirementOf({ name, version, source }: Dependency): string {
  if (source.kind === 'git') return `-e git+${source.url}@${source.commit}#egg=${name}`
  if (source.kind === 'link') return `-e ${source.path}`
  return `${name}==${version}`
}
