// An SBOM in a pack: the signed statement of it among the records, and the document beside them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listSchemas } from '../../.ci/build/schemas.ts'
import { PREDICATE_TYPES } from '../../src/statement/index.ts'
import { digestOf, RELEASE_FILES, signedBundle, statement, subjectsOf } from '../verify/release.ts'
import { appendAll, ledgerOf, openAuditWorld, put, UNDER } from './audit-world.ts'
import { filesOf, packOf, PLACE, RELEASE } from './pack-world.ts'

const BOM = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components: [] }
const SBOM = Buffer.from(
  JSON.stringify(
    signedBundle({
      ...statement({ subject: subjectsOf(RELEASE_FILES, RELEASE.id), predicate: BOM }),
      predicateType: PREDICATE_TYPES.cyclonedx,
    }),
  ),
)
const [, tracking = new Uint8Array()] = RELEASE.generated
const ATTESTATION = RELEASE.record('attestation', {
  innerManifest: digestOf(RELEASE.innerManifest),
  provenance: [digestOf(RELEASE.provenance)],
  sboms: [digestOf(SBOM)],
})
const LINE = `--release ${RELEASE.id} --phase pre-deploy-candidate --run ${UNDER} --document inner.json`

it('An SBOM is packed as a signed statement and as a document, and both are judged with the pack', async () => {
  const world = openAuditWorld()
  for (const [name, bytes] of Object.entries(RELEASE.documents)) put(world, name, bytes)
  await ledgerOf(world, 'ledger', [RELEASE.provenance, SBOM, tracking, ATTESTATION])
  await world.done(`pack ${LINE} --ledger ledger --document sbom.json --out one`)
  const files = await filesOf(readFileSync(join(world.folder, 'one', `${PLACE}.tar`)))
  expect(files.get(`records/${digestOf(SBOM)}.sigstore.json`)).toEqual(SBOM)
  const document = RELEASE.documents['sbom.json'] ?? ''
  expect(Buffer.from(files.get(`documents/${digestOf(document)}`) ?? '').toString()).toBe(document)
  const audit = async (name: string) =>
    world.judge(`audit ${name} --run --trust trust.json --unsafe-unsigned`)
  const judged = await audit(`one/${PLACE}.tar`)
  expect([judged.exitCode, judged.codes]).toEqual([0, []])
  const { releases } = JSON.parse(judged.text) as { releases: object[] }
  expect(releases).toMatchObject([
    {
      materials: [{ name: 'provenance' }, { name: 'cyclonedx', sha256: digestOf(SBOM) }],
      records: [{}, { family: 'attestation', facts: { sbomsNamed: 1, sbomsMissing: [] } }],
    },
  ])
  // Without the statement, what the attestation names is not there.
  await world.done('ledger init --ledger bare')
  await appendAll(world, 'bare', [RELEASE.provenance, tracking, ATTESTATION])
  await world.done(`pack ${LINE} --ledger bare --out two`)
  const bare = await audit(`two/${PLACE}.tar`)
  expect([bare.exitCode, bare.codes]).toEqual([1, ['record/reference-missing']])
  // Nor may the document be another one.
  const other = (copy: Map<string, Uint8Array>) =>
    copy.set(`documents/${digestOf(document)}`, Buffer.from('{}'))
  put(world, 'other.tar', packOf(files, other, { isListed: true }))
  expect((await audit('other.tar')).codes).toContain('cli/audit-pack')
})

it('The schemas in a pack are those that are published', async () => {
  const world = openAuditWorld()
  for (const [name, bytes] of Object.entries(RELEASE.documents)) put(world, name, bytes)
  await ledgerOf(world, 'ledger', RELEASE.generated)
  await world.done(`pack ${LINE} --ledger ledger --out one`)
  const files = await filesOf(readFileSync(join(world.folder, 'one', `${PLACE}.tar`)))
  const published = new Map(listSchemas())
  const packed = [...files].filter(([path]) => path.startsWith('schemas/'))
  expect(packed.map(([path]) => path.slice('schemas/'.length))).toEqual([
    'inner-manifest.json',
    'ledger-proofs.json',
    'pack.json',
    'policy.json',
    'record-attestation.json',
    'record-tracking.json',
    'trust.json',
  ])
  for (const [path, bytes] of packed) {
    const schema: unknown = JSON.parse(Buffer.from(bytes).toString())
    expect(schema, path).toEqual(JSON.parse(JSON.stringify(published.get(path.slice(8)))))
  }
  const attestation = published.get('record-attestation.json')
  expect(attestation).toHaveProperty('properties.release')
  expect(attestation).toHaveProperty('properties.reportedAt')
})
