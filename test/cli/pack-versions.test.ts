// A pack that another version of Assay made: its page and its schemas are other ones.

import { beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../../src/cli/version.ts'
import { type Files, openPackWorld, packOf, type PackWorld } from './pack-world.ts'

let world: PackWorld
beforeAll(async () => {
  world = await openPackWorld()
}, 60_000)

describe('a pack of another Assay', () => {
  const JSON_SCHEMA = 'https://json-schema.org/draft/2020-12/schema'
  const UNDER_KEYS = '--trust trust.json --log-key log.vkey'
  const older = { isListed: true, assayVersion: '0.0.9' }
  const page = (copy: Files) => copy.set('CHECK.md', Buffer.from('What an older one says'))

  it('is not accepted with those of another Assay, unless it is said aloud that nobody believes them', async () => {
    const told =
      'What stands in "CHECK.md", by its own word of Assay "0.0.9": not to be believed, nor run'
    const silent = await world.audit(packOf(world.files, page, older))
    expect([silent.exitCode, silent.codes]).toEqual([1, ['cli/audit-pack-version']])
    const aloud = await world.audit(
      packOf(world.files, page, older),
      `${UNDER_KEYS} --ignore-pages`,
    )
    expect([aloud.exitCode, aloud.codes]).toEqual([0, []])
    for (const { text } of [silent, aloud]) {
      expect(JSON.parse(text)).toMatchObject({ notJudged: expect.arrayContaining([told]) })
    }
    const same = await world.audit(packOf(world.files, () => {}, older))
    expect([same.exitCode, same.text.includes('0.0.9')]).toEqual([0, false])
    const strangers = await world.audit(packOf(world.files, page, older), '--log-key log.vkey')
    expect([strangers.exitCode, strangers.codes]).toEqual([
      1,
      ['cli/audit-trust', 'cli/audit-pack-version'],
    ])
    const build = { isListed: true, assayVersion: `${VERSION}+x` }
    const built = await world.audit(packOf(world.files, page, build))
    expect([built.exitCode, built.codes]).toEqual([1, ['cli/audit-pack-version']])
  })

  it('may have other schemas where another Assay made it, and nothing else among them', async () => {
    const paths = [...world.files.keys()].filter((path) => path.startsWith('schemas/'))
    const [path = '', other = ''] = paths
    const schema = world.files.get(path) ?? Buffer.of()
    const more = (copy: Files) => copy.set('schemas/record-of-next-year.json', schema)
    const renamed = (copy: Files) => more(copy) && copy.delete(other)
    for (const change of [more, renamed]) {
      const pack = packOf(world.files, change, { isListed: true, assayVersion: '9.1.0' })
      const silent = await world.audit(pack)
      expect([silent.exitCode, silent.codes]).toEqual([1, ['cli/audit-pack-version']])
      const aloud = await world.audit(pack, `${UNDER_KEYS} --ignore-pages`)
      expect([aloud.exitCode, aloud.codes]).toEqual([0, []])
      const own = await world.audit(packOf(world.files, change, { isListed: true }))
      expect([own.exitCode, own.codes]).toEqual([1, ['cli/audit-pack']])
    }
  })

  it('is of no Assay without a page or with more than schemas, whatever is said aloud', async () => {
    const changes: readonly ((copy: Files) => void)[] = [
      (copy) => copy.delete('CHECK.md'),
      (copy) => copy.set('schemas/evil.sh', Buffer.from('exit 0')),
      (copy) => copy.set('schemas/evil.json', Buffer.from('exit 0')),
      (copy) => copy.set('schemas/evil.json', Buffer.from('[]')),
      (copy) => copy.set('schemas/evil.json', Buffer.from('{"$schema":"https://other.example"}')),
      (copy) => copy.set('schemas/Evil.sh.json', Buffer.from(`{"$schema":"${JSON_SCHEMA}"}`)),
    ]
    for (const change of changes) {
      const pack = packOf(world.files, change, older)
      const { exitCode, codes } = await world.audit(pack, `${UNDER_KEYS} --ignore-pages`)
      expect([exitCode, codes]).toEqual([1, ['cli/audit-pack']])
    }
    const own = packOf(world.files, page, { isListed: true })
    const { exitCode, codes } = await world.audit(own, `${UNDER_KEYS} --ignore-pages`)
    expect([exitCode, codes]).toEqual([1, ['cli/audit-pack']])
    const { stderr } = await world.run('audit ledger --trust trust.json --ignore-pages')
    expect(stderr).toContain('Expected --ignore-pages with a pack')
  })
})
