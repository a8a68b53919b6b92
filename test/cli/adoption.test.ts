// What a run generated is adopted as a whole after a review, or the ledger of the project stays as it was.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  applying,
  COMMON,
  copyOf,
  createAdoptionWorld,
  PARTS,
  PRE,
  proposing,
  record,
  reviewing,
  REVISION,
  RUN,
  SET_ID,
  sizeOf,
  write,
} from './adoption-world.ts'
import type { LedgerWorld } from './ledger-world.ts'

let world: LedgerWorld
const at = (...path: readonly string[]) => join(world.folder, ...path)
/** Refused with these codes, and nothing was appended. */
async function expectRefused(line: string, ledger: string, codes: readonly string[]) {
  const before = [await sizeOf(world, ledger), readFileSync(at(ledger, 'head'), 'utf8')]
  const judged = await world.judge(line)
  expect(judged.exitCode, judged.text).not.toBe(0)
  expect(judged.codes).toEqual(codes)
  expect([await sizeOf(world, ledger), readFileSync(at(ledger, 'head'), 'utf8')]).toEqual(before)
}

beforeAll(async () => {
  world = await createAdoptionWorld()
}, 120_000)

describe('record adoption', () => {
  it('appends records, reviews and the adoption at once, and what lies beside them', async () => {
    const ledger = copyOf(world, 'ledger')
    const { exitCode, text } = await world.judge(applying(ledger))
    expect(exitCode).toBe(0)
    const document = JSON.parse(text) as { readonly records: readonly { predicateType: string }[] }
    const types = document.records.map(({ predicateType }) => predicateType.split(':').at(-2))
    expect(document).toMatchObject({ artifactSetId: SET_ID, adopter: 'ada', size: 9 })
    expect(types).toEqual([
      'https',
      'tracking',
      'attestation',
      'authority',
      'promotion',
      'rollback',
      'linkage',
      'adoption-review',
      'adoption',
    ])
    expect(await sizeOf(world, ledger)).toBe(9)
  })

  it('shows a reviewer what is new, what is replaced and what moved, and signs nothing unasked', async () => {
    const ledger = copyOf(world, 'ledger')
    const show = `record adoption review candidate.json --from run ${COMMON} ${RUN} --ledger ${ledger}`
    expect(await world.run(show)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/new {6}tracking: bundle-generated, accepted, by ci/),
      stderr: expect.stringContaining('Nothing was signed'),
    })
    await world.done(applying(ledger))
    const known = await world.judge(show)
    expect(known.text).toContain('"change": "known"')
    const run = copyOf(world, 'run')
    await record(world, 'authority', '--approval-reference https://ci.example/runs/4712', run)
    const moved = `record adoption propose ${run} ${COMMON} ${RUN} --phase ${PRE} --ledger ${ledger}`
    expect((await world.run(moved)).stdout).toMatch(
      /replaces authority: .*\n.*\n.*\n +in the place of\s/,
    )
    const policies = policiesWith('bundle-identity', 'title: ', 'title: Now ')
    const later = show.replace('--policies policies', `--policies ${policies}`)
    expect((await world.run(later)).stdout).toMatch(/policy moved: release_tracking_policy/)
    expect((await world.judge(later)).exitCode).toBe(0)
  })

  it('keeps the decision and the contract together', async () => {
    const line = `record adoption review candidate.json --from run ${COMMON} ${RUN} --decision adopt`
    expect(await world.judge(line)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
  })

  it('needs policies, and the phase of a run', async () => {
    const bare = proposing('run', 'x.json').replace('--policies policies', '')
    expect(await world.judge(bare)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
    const open = proposing('run', 'x.json').replace(`--phase ${PRE}`, '')
    expect(await world.judge(open)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
  })
})

/** The shipped policies, with a word of those of a file name replaced. */
function policiesWith(name: string, from: string, to: string): string {
  const folder = copyOf(world, 'policies')
  const path = at(folder, `tracking/render-staging-rollout.yaml`)
  expect(name).toBe('bundle-identity')
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
  return folder
}

describe('an adoption that does not hold changes nothing', () => {
  it('where the source is another one than was proposed (A-86)', async () => {
    const [ledger, run] = [copyOf(world, 'ledger'), copyOf(world, 'run')]
    await record(world, 'authority', '--approval-reference https://ci.example/runs/4712', run)
    await expectRefused(applying(ledger, { from: run }), ledger, ['record/adoption-source'])
    await world.done(applying(ledger))
  })

  it('where policies moved since', async () => {
    const ledger = copyOf(world, 'ledger')
    const policies = policiesWith('bundle-identity', 'title: ', 'title: Now ')
    const line = applying(ledger, { common: `--trust trust.json --policies ${policies}` })
    await expectRefused(line, ledger, ['record/policies-moved', 'record/contradiction'])
    expect((await world.judge(line)).text).toContain(
      'release_tracking_policy.render_staging_rollout.bundle_identity',
    )
  })

  it('where a record of the source is by a signer whom the project does not trust', async () => {
    const ledger = copyOf(world, 'ledger')
    write(world, 'less.json', withoutKey('ci'))
    const line = applying(ledger, { common: '--trust less.json --policies policies' })
    const judged = await world.judge(line)
    expect([judged.exitCode, await sizeOf(world, ledger)]).toEqual([1, 0])
    expect(judged.codes).toContain('verify/key-unknown')
    const asked = proposing('run', 'x.json').replace('trust.json', 'less.json')
    expect((await world.judge(asked)).codes).toContain('verify/key-unknown')
  })

  it('where families are missing that the policy adopts (A-76)', async () => {
    const ledger = copyOf(world, 'ledger')
    await world.done('ledger init --ledger short')
    for (const family of ['tracking', 'attestation', 'authority', 'promotion', 'rollback']) {
      const more = family === 'tracking' ? `--set dist --source-revision ${REVISION}` : ''
      await record(world, family, `${MORE[family]} ${more}`.trim(), 'short')
    }
    await world.done(proposing('short', 'short.json'))
    const line = `record adoption review short.json --from short ${COMMON} ${RUN} --ledger ${ledger}`
    expect((await world.run(line)).stdout).toContain('that are not there: linkage')
    await world.done(`${line} --decision adopt --key rita.key.pem --out short-review.json`)
    const changes = { candidate: 'short.json', from: 'short', reviews: ['short-review.json'] }
    await expectRefused(applying(ledger, changes), ledger, ['record/missing'])
  })

  it('where the ledger knows the release as another one, or its version as another set (A-85)', async () => {
    const [ledger, other] = [copyOf(world, 'ledger'), copyOf(world, 'ledger')]
    write(world, 'dist-2.txt', 'another set')
    const waive = `record waiver --phase ${PRE} --trust trust.json --policies policies --check c --owner o --reason r --expires 7d --key ci.key.pem --set dist-2.txt`
    await world.keep(
      `${waive} --release-id ${SET_ID} --source-revision ${REVISION} --ledger ${ledger}`,
    )
    await expectRefused(applying(ledger), ledger, ['record/contradiction'])
    const second = SET_ID.replace('4711-1', '4712-1')
    await world.keep(
      `${waive} --release-id ${second} --source-revision ${REVISION} --ledger ${other}`,
    )
    await expectRefused(applying(other), other, ['ledger/release-conflict'])
  })
})

/** Members of each family, as the world made them. */
const MORE: Readonly<Record<string, string>> = {
  tracking: `--from tracking.yaml ${PARTS}`,
  attestation:
    '--digest-of innerManifest=inner.json --digest-of provenance=built.json --from none.yaml',
  authority: '--approval-reference https://ci.example/runs/4711',
  promotion:
    '--enters candidate-tested --from-stage devnet --digest-of compatibilityMatrix=snapshot.json',
  rollback: '--from rollback.yaml',
}

function withoutKey(name: string): string {
  const trust = JSON.parse(readFileSync(at('trust.json'), 'utf8')) as {
    keys: readonly { readonly name: string }[]
  }
  return JSON.stringify({ ...trust, keys: trust.keys.filter((key) => key.name !== name) })
}

describe('an adoption without its review changes nothing', () => {
  it('where a reviewer refused, and the last word of each counts', async () => {
    const ledger = copyOf(world, 'ledger')
    await world.done(reviewing('rob', 'refusal.json', '--decision refuse --note no'))
    const both = applying(ledger, { reviews: ['review.json', 'refusal.json'] })
    await expectRefused(both, ledger, ['record/rejection'])
    // Whoever adopts can not leave it out once it is in the ledger.
    await world.done(`ledger append refusal.json --ledger ${ledger} --trust trust.json`)
    await expectRefused(applying(ledger), ledger, ['record/rejection'])
  })

  it('where the reviewer has no such role, or is a machine', async () => {
    const ledger = copyOf(world, 'ledger')
    const asked = await world.judge(reviewing('ada', 'no.json'))
    expect(asked).toMatchObject({ exitCode: 1, codes: ['verify/role-missing'] })
    const general = await world.judge(reviewing('ci', 'general.json'))
    expect(general).toMatchObject({ exitCode: 1, codes: ['record/role-general'] })
    world.copy('trust.json', 'machine-trust.json')
    await world.done('key generate --out bot --unsafe-unencrypted')
    await world.done(
      'trust add-key bot.pub.pem --name bot --role adoption-reviewer --automation --trust machine-trust.json',
    )
    const common = '--trust machine-trust.json --policies policies'
    await world.done(reviewing('bot', 'machine.json').replace(COMMON, common))
    await expectRefused(applying(ledger, { reviews: ['machine.json'], common }), ledger, [
      'record/not-person',
    ])
  })

  it('where the contract is about another candidate', async () => {
    const [ledger, run] = [copyOf(world, 'ledger'), copyOf(world, 'run')]
    await record(world, 'authority', '--approval-reference https://ci.example/runs/4712', run)
    await world.done(proposing(run, 'other.json'))
    const line = applying(ledger, { from: run, candidate: 'other.json' })
    await expectRefused(line, ledger, ['record/contradiction'])
  })

  it('where the file is no contract, or no candidate', async () => {
    const ledger = copyOf(world, 'ledger')
    await expectRefused(applying(ledger, { reviews: ['built.json'] }), ledger, [
      'record/family',
      'record/reference-missing',
    ])
    write(world, 'no-candidate.json', '{')
    const judged = await world.judge(applying(ledger, { candidate: 'no-candidate.json' }))
    expect([judged.exitCode, judged.codes[0]]).toEqual([2, 'record/candidate'])
  })

  it('where fewer reviewers agree than their role asks for', async () => {
    const ledger = copyOf(world, 'ledger')
    const trust = readFileSync(at('trust.json'), 'utf8')
    const two = trust.replace(/("name": "adoption-reviewer"[^}]*"threshold": )1/, '$12')
    expect(two).not.toBe(trust)
    write(world, 'two.json', two)
    const common = '--trust two.json --policies policies'
    await expectRefused(applying(ledger, { common }), ledger, ['record/quorum'])
    await world.done(reviewing('rob', 'second.json'))
    await world.done(applying(ledger, { common, reviews: ['review.json', 'second.json'] }))
  })

  it('where the adopter is nobody, has no such role, or is the producer alone', async () => {
    const ledger = copyOf(world, 'ledger')
    await world.done('key generate --out eve --unsafe-unencrypted')
    await expectRefused(applying(ledger, { key: 'eve' }), ledger, ['verify/key-unknown'])
    await expectRefused(applying(ledger, { key: 'rita' }), ledger, ['verify/role-missing'])
    world.copy('trust.json', 'alone.json')
    const add =
      'trust add-key eve.pub.pem --name eve --role adoption-reviewer --role adopter --person --principal ci --trust alone.json'
    write(world, 'alone.json', withPrincipal('ci'))
    await world.done(add)
    const common = '--trust alone.json --policies policies'
    const signed = reviewing('eve', 'own.json').replace(COMMON, common)
    await world.done(signed)
    await expectRefused(applying(ledger, { key: 'eve', reviews: ['own.json'], common }), ledger, [
      'record/not-independent',
    ])
  })
})

function withPrincipal(name: string): string {
  const trust = JSON.parse(readFileSync(at('trust.json'), 'utf8')) as {
    keys: readonly { readonly name: string }[]
  }
  const keys = trust.keys.map((key) => (key.name === name ? { ...key, principal: name } : key))
  return JSON.stringify({ ...trust, keys })
}
