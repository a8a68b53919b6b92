import { describe, expect, it } from 'vitest'
import type { Dependency } from '../../../../src/snapshot/index.ts'
import { linesByVersion, readFixture, readingOf } from './fixture.ts'

/** To this one Yarn adds a dependency of its own (its list of package extensions); no lockfile has it. */
const EXTENDED_BY_YARN = /^terser@npm:/

describe('a real lockfile, beside the reading of its own tool', () => {
  it.each([
    'semantic-release-npm',
    'netlify-cli',
    'ws',
    'fastify-static',
    'sigstore-members',
    'edge',
  ])('npm sbom: %s', (name) => {
    const heads = linesByVersion(readFixture(`npm/${name}`)).map((line) => line.split(' ', 1)[0])
    expect(heads).toEqual(readingOf(`npm/${name}`))
  })

  it.each(['rollup-plugin-visualizer', 'apollo-client', 'vue-members', 'edge'])(
    'pnpm sbom, with digests and edges: %s',
    (name) => {
      // pnpm locks no digest, name or version of a folder; its own reading takes those from the
      // folder.
      const lines = linesByVersion(readFixture(`pnpm/${name}`))
      expect(lines.filter((line) => / sha\d+:/.test(line))).toEqual(readingOf(`pnpm/${name}`))
    },
  )

  it.each(['redux-saga', 'jupyterlab', 'sigstore-members', 'ws', 'edge'])(
    'yarn info, with edges: %s',
    (name) => {
      const lines = readFixture(`berry/${name}`).dependencies.map(({ id, dependsOn }) => {
        // Yarn does not count what lies under a patch; here the patched package depends on it.
        const asked = dependsOn.filter((to) => id !== patchOf(id, to))
        return [id, '->', ...asked.toSorted()].join(' ')
      })
      const own = (line: string) => !EXTENDED_BY_YARN.test(line)
      expect(lines.filter(own).toSorted()).toEqual(readingOf(`berry/${name}`).filter(own))
      expect(lines).toHaveLength(readingOf(`berry/${name}`).length)
    },
  )

  it.each(['express', 'chokidar', 'jupyterlab', 'edge'])('@yarnpkg/lockfile: %s', (name) => {
    const { dependencies } = readFixture(`yarn/${name}`)
    const readings = readingOf(`yarn/${name}`).map((line) => {
      const [, pattern = '', version, integrity = '', url] =
        /^(.+) (\S+) (\S+(?: sha\d+-\S+)*) (\S+)$/.exec(line) ?? []
      return { pattern, version, integrity, url }
    })
    const byPattern = new Map(readings.map((reading) => [reading.pattern, reading]))
    for (const { id, version, digests, source } of dependencies) {
      const reading = byPattern.get(id)
      expect(reading?.version).toBe(version)
      if (source.kind === 'registry') expect(reading?.url).toBe(source.url)
      const sri = (reading?.integrity ?? '').split(' ').filter((text) => text !== '-')
      const hex = sri.map((text) =>
        Buffer.from(text.replace(/^[^-]*-/, ''), 'base64').toString('hex'),
      )
      expect(digests.map(({ value }) => value)).toEqual(expect.arrayContaining(hex))
    }
    const found = dependencies.map(({ id, version }) => `${nameOf(id)}@${version}`)
    const expected = readings.map(({ pattern, version }) => `${nameOf(pattern)}@${version}`)
    expect(new Set(found)).toEqual(new Set(expected))
  })

  it.each(['elysia-1.3.0', 'ws', 'chokidar', 'fastify', 'sigstore-members', 'edge'])(
    'bun pm ls: %s',
    (name) => {
      const { dependencies } = readFixture(`bun/${name}`)
      const byId = new Map(dependencies.map((entry) => [entry.id, entry]))
      const lines = dependencies.map((entry) => placeOf(entry, byId))
      expect(lines.toSorted()).toEqual(readingOf(`bun/${name}`))
    },
  )
})

/** `a@1.0.0 > b@2.0.0`: the entry under the entries above it, as `bun pm ls` draws it. */
function placeOf({ id }: Dependency, byId: ReadonlyMap<string, Dependency>): string {
  const parts = id.match(/(?:@[^/]+\/)?[^/]+/g) ?? []
  return parts
    .map((part, index) => {
      const { version, source } = byId.get(parts.slice(0, index + 1).join('/')) ?? {}
      if (source?.kind === 'workspace') return `${part}@workspace:${source.path}`
      return source?.kind === 'file' ? `${part}@${source.path}` : `${part}@${version}`
    })
    .join(' > ')
}

function patchOf(id: string, to: string): string | undefined {
  const under = to.replace('@npm:', '@npm%3A')
  return id.includes(`@patch:${under}#`) ? id : undefined
}

function nameOf(pattern: string): string {
  return pattern.slice(0, pattern.indexOf('@', 1))
}
