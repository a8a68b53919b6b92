// Provenance of a checkout that has no remote, as the records of a release find it.

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git, makeRepository } from '../../host/git-repository.ts'
import { createRecordWorld, type RecordWorld } from './record-world.ts'

const NAMES = {
  channel: 'production',
  target: 'render_production_launch',
  release: 'v1.2.0',
  run: '4711-1',
}
const RELEASE_ID = Object.values(NAMES).join('__')
const STRICT = 'release_attestation_artifact.render_production_launch.signed_or_attested_release'

const SIGNED = ['--key', 'alice.key.pem', '--trust', 'trust.json', '--ledger', 'ledger']

/** A project in a repository of one commit, and nothing of what is made there is part of it. */
async function createRepositoryWorld(): Promise<RecordWorld> {
  const world = await createRecordWorld()
  world.write('.gitignore', '*\n!dist\n!dist/app.js\n!.gitignore\n')
  makeRepository({}, world.folder)
  return world
}

async function attest(world: RecordWorld): Promise<void> {
  const names = Object.entries(NAMES).flatMap(([name, value]) => [`--${name}`, value])
  const out = ['--key', 'alice.key.pem', '--out', 'provenance.sigstore.json']
  const append = ['ledger', 'append', 'provenance.sigstore.json', '--trust', 'trust.json']
  for (const args of [['attest', 'provenance', '--set', 'dist', ...names, ...out], append]) {
    const { exitCode, stderr } = await world.run(args)
    expect([exitCode, stderr]).toEqual([0, expect.any(String)])
  }
}

/** Named by `--digest-of` where it is given; else the record names none. */
async function record(world: RecordWorld, provenance?: string) {
  world.write(
    'attestation.yaml',
    `sboms: []\n${provenance === undefined ? 'provenance: []\n' : ''}`,
  )
  const { document } = await world.ask([
    ...['record', 'attestation', '--release-id', RELEASE_ID, '--phase', 'pre-deploy-candidate'],
    ...['--set', 'dist', '--policy', STRICT, '--from', 'attestation.yaml'],
    ...['--digest-of', 'innerManifest=dist/app.js'],
    ...(provenance === undefined ? [] : ['--digest-of', `provenance=${provenance}`]),
    ...SIGNED,
  ])
  return document as unknown as {
    readonly view: { readonly status: string; readonly facts: object }
  }
}

describe('The provenance of a repository without a remote', () => {
  it('is of the commit of the release, once a record names it as the hint says', async () => {
    const world = await createRepositoryWorld()
    expect(git(world.folder, 'remote')).toBe('')
    await attest(world)
    const unnamed = await record(world)
    expect(unnamed.view.status).toBe('required-material-missing')
    const hint = /"record\/provenance-unnamed".*?--digest-of provenance=(?<file>\S+) in the folder/s
    const { file } = hint.exec(JSON.stringify(unnamed))?.groups ?? {}
    const named = await record(world, join('ledger', String(file)))
    expect(named.view).toMatchObject({
      status: 'signed-and-verified',
      facts: { claims: ['source-revision', 'builder-identity', 'artifact-digest'] },
    })
  }, 60_000)
})
