// Signed policies: with --policy-role a gate counts only under policies that somebody in the role signed, as they are.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { decide, type LedgerWorld, openGateWorld, put, UNIT_TESTS } from './gate-world.ts'

const ID = 'policy.container_release'
const POLICY = `schema: assay/policy/v1
kind: requirements
id: ${ID}
version: 2
title: What a release needs
scope: { stages: [staging] }
requirements:
  - id: provenance
    title: Provenance
    select: { family: provenance }
`
const ASK = `${ID} --policies own --trust own-trust.json --log-key log.vkey --run`

let world: LedgerWorld
const at = (path: string) => join(world.folder, path)

beforeAll(async () => {
  world = await openGateWorld([UNIT_TESTS])
  put(world, 'own/web.yaml', POLICY)
  put(world, 'own-trust.json', readFileSync(at('trust.json')))
  for (const name of ['owner', 'other']) {
    await world.done(`key generate --out ${name} --unsafe-unencrypted`)
    await world.done(`trust add-role --trust own-trust.json --name ${name}`)
    const key = `${name}.pub.pem --name ${name} --role ${name}`
    await world.done(`trust add-key ${key} --trust own-trust.json`)
  }
  await world.done('trust add-role --trust own-trust.json --name two --threshold 2')
}, 120_000)

const sign = async (key: string) => world.judge(`policy sign own/web.yaml --key ${key}.key.pem`)

describe('--policy-role', () => {
  it('is content with policies that somebody in the role signed', async () => {
    const unsigned = await decide(world, `${ASK} --policy-role owner`)
    expect(unsigned).toMatchObject({
      ...{ exitCode: 1, decision: 'no-go', codes: ['policy/unsigned'] },
    })
    const signed = await sign('owner')
    expect(signed.exitCode).toBe(0)
    expect(JSON.parse(signed.text)).toMatchObject({
      signed: [{ out: 'own/web.yaml.sigstore.json', policy: { id: ID, version: 2 } }],
    })
    const found = await decide(world, `${ASK} --policy-role owner`)
    expect(found).toMatchObject({ exitCode: 0, decision: 'go', codes: [] })
  })

  it('signs no policy with a secret in it, not even in a comment (A-119)', async () => {
    put(world, 'secret/own.yaml', `# ghp_${'a1B'.repeat(12)}\n${POLICY}`)
    const refused = await world.run(
      'policy sign secret/own.yaml --trust own-trust.json --key owner.key.pem',
    )
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringContaining('statement/secret'),
    ])
    expect(refused.stderr).not.toContain('a1Ba1B')
    expect(() => readFileSync(at('secret/own.yaml.sigstore.json'))).toThrow('ENOENT')
    put(world, 'secret/own.yaml', POLICY)
    const signed = await world.run(
      'policy sign secret/own.yaml --trust own-trust.json --key owner.key.pem',
    )
    expect(signed.exitCode).toBe(0)
  })

  it.each([
    ['of another role', 'other', 'owner', 'policy/signer-role'],
    ['where the role asks for several signers', 'owner', 'two', 'policy/signer-role'],
    ['of nobody who is trusted', 'log', 'owner', 'verify/key-unknown'],
  ])('refuses a signature %s', async (_, key, role, code) => {
    await sign(key)
    const found = await decide(world, `${ASK} --policy-role ${role}`)
    expect([found.exitCode, found.decision]).toEqual([1, 'no-go'])
    expect(found.codes).toEqual([code])
    await sign('owner')
    expect((await decide(world, `${ASK} --policy-role owner`)).exitCode).toBe(0)
  })

  it('refuses a file that is another one than was signed, older or changed', async () => {
    for (const changed of [`${POLICY}# changed\n`, POLICY.replace('version: 2', 'version: 1')]) {
      await sign('owner')
      writeFileSync(at('own/web.yaml'), changed)
      const found = await decide(world, `${ASK} --policy-role owner`)
      expect(found.exitCode).toBe(1)
      expect(found.codes).toEqual(['verify/subject-missing'])
      writeFileSync(at('own/web.yaml'), POLICY)
    }
  })

  it('refuses a statement of another policy or version about the very file', async () => {
    for (const said of [
      { id: ID, version: 3 },
      { id: 'policy.other', version: 2 },
      { id: ID, version: 2, more: true },
    ]) {
      put(world, 'said.json', JSON.stringify(said))
      const out = '--key owner.key.pem --predicate said.json --out said.sigstore.json'
      await world.done(`attest urn:assay:predicate:policy:v1 --artifact own/web.yaml ${out}`)
      renameSync(at('said.sigstore.json'), at('own/web.yaml.sigstore.json'))
      const found = await decide(world, `${ASK} --policy-role owner`)
      expect([found.exitCode, found.codes]).toEqual([1, ['policy/signed-version']])
    }
  })

  it('can not judge what is no bundle', async () => {
    put(world, 'own/web.yaml.sigstore.json', '{}')
    const found = await decide(world, `${ASK} --policy-role owner`)
    expect(found.exitCode).toBe(2)
    expect(found.codes).toContain('policy/signature')
  })

  it('asks for every policy that a gate rests on', async () => {
    const all = await world.judge(
      'gate --policies policies --trust trust.json --log-key log.vkey --policy-role release',
    )
    const { checks } = JSON.parse(all.text) as { checks: { name: string; outcome: string }[] }
    const unsigned = checks.filter(({ name }) => name === 'policy-signature')
    expect(unsigned.length).toBeGreaterThan(20)
    expect(new Set(unsigned.map(({ outcome }) => outcome))).toEqual(new Set(['missing']))
  })
})

describe('policy sign', () => {
  it('signs nothing that is no policy', async () => {
    put(world, 'wrong.yaml', 'a: 1\n')
    const wrong = await world.judge('policy sign wrong.yaml --key owner.key.pem')
    expect([wrong.exitCode, wrong.codes]).toEqual([2, ['policy/member']])
    const absent = await world.judge('policy sign none.yaml --key owner.key.pem')
    expect([absent.exitCode, absent.codes]).toEqual([2, ['host/file-missing']])
  })
})
