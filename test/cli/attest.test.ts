import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodePae, parseBundle } from '../../src/bundle/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { parsePredicate, parseStatement } from '../../src/statement/index.ts'
import { createTestHost, failNthCall, type TestWorld } from '../host/test-host.ts'
import { findPython, hasTool } from '../outside-tool.ts'

const PYTHON = findPython('in_toto_attestation.v1.statement')
const TAR_LIKE = ['dist/a.js', 'dist/lib/b.js'] as const

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-attest-'))
  mkdirSync(join(folder, 'dist/lib'), { recursive: true })
  for (const path of TAR_LIKE) writeFileSync(join(folder, path), path)
})
afterEach(() => rmSync(folder, { recursive: true }))

async function assay(command: string, world: TestWorld = {}) {
  const { host, output } = createTestHost(folder, world)
  const exitCode = await runCli(command.split(' '), host)
  return { exitCode, ...output }
}

const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)))

async function signed(world: TestWorld = {}) {
  const key = await assay('key generate --out me --unsafe-unencrypted')
  const attested = await assay(
    'attest provenance --set dist --key me.key.pem --out a.sigstore.json',
    world,
  )
  const bundle = parseBundle(bytesOf('a.sigstore.json'))
  if (!bundle.ok || bundle.value.content.kind !== 'dsse') throw new Error(attested.stderr)
  const { envelope } = bundle.value.content
  const statement = parseStatement(envelope.payload)
  if (!statement.ok) throw new Error(JSON.stringify(statement.problems))
  return { key, attested, bundle: bundle.value, envelope, statement: statement.value }
}

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REPOSITORY: 'octo/app',
  GITHUB_REPOSITORY_ID: '1',
  GITHUB_REPOSITORY_OWNER_ID: '2',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_RUN_ID: '4',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/r.yml@refs/heads/main',
  GITHUB_TOKEN: 'a value that nobody may see',
  SOME_SECRET: 'another one',
}

describe('assay attest', () => {
  it('signs what it says, under the key id of the signer and no other', async () => {
    const { key, bundle, envelope, statement } = await signed()
    expect(bundle.keyMaterial).toEqual({ kind: 'public-key', hint: key.stdout.trim() })
    expect(envelope.keyid).toBeUndefined()
    expect(statement.subjects.map(({ name }) => name)).toEqual(['SHA256SUMS', 'a.js', 'lib/b.js'])
    const known = parsePredicate(statement.predicateType, statement.predicate)
    expect(known).toMatchObject({ ok: true, value: { name: 'provenance' } })
  })

  it('describes the run of the CI system, and takes nothing else from the environment', async () => {
    const { attested, statement } = await signed({ environment: GITHUB })
    expect(statement.predicate).toMatchObject({
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        resolvedDependencies: [{ digest: { gitCommit: 'a'.repeat(40) } }],
      },
      runDetails: { metadata: { finishedOn: '2026-04-10T12:00:00Z' } },
    })
    const everything = JSON.stringify([statement, attested])
    expect(everything).not.toMatch(/nobody may see|another one/)
  })

  it('writes the whole bundle or nothing, whichever effect fails', async () => {
    await signed()
    const good = bytesOf('a.sigstore.json')
    const command = 'attest provenance --set dist --key me.key.pem --out b.sigstore.json'
    const { host } = createTestHost(folder)
    const { host: counted, calls } = failNthCall(host, 0)
    expect(await runCli(command.split(' '), counted)).toBe(0)
    rmSync(join(folder, 'b.sigstore.json'))
    for (let failing = 1; failing <= calls(); failing++) {
      const exitCode = await runCli(command.split(' '), failNthCall(host, failing).host)
      expect(exitCode).toBe(3)
      if (!existsSync(join(folder, 'b.sigstore.json'))) continue
      // Only what comes after the writing may fail and leave it: then it is whole.
      expect(parseBundle(bytesOf('b.sigstore.json')).ok).toBe(true)
      rmSync(join(folder, 'b.sigstore.json'))
    }
    expect(bytesOf('a.sigstore.json')).toEqual(good)
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
  })

  it('shows with --dry-run what a terminal acts on as escapes, and signs it as it is', async () => {
    const predicate = { note: 'a\u009b31m\u202e\u2028' }
    writeFileSync(join(folder, 'p.json'), JSON.stringify(predicate))
    const shown = await assay(
      'attest https://example.com/t --predicate p.json --set dist --dry-run',
    )
    expect(shown.stdout).toContain('a\\u009b31m\\u202e\\u2028')
    expect(shown.stdout).not.toMatch(/[^\P{C}\n]|\u2028/u)
    expect(JSON.parse(shown.stdout)).toMatchObject({ predicate })
    await assay('key generate --out me --unsafe-unencrypted')
    await assay(
      'attest https://example.com/t --predicate p.json --set dist --key me.key.pem --out a.json',
    )
    const bundle = parseBundle(bytesOf('a.json'))
    if (!bundle.ok || bundle.value.content.kind !== 'dsse') throw new Error('no bundle')
    const payload = Buffer.from(bundle.value.content.envelope.payload).toString()
    expect(payload).toContain(predicate.note)
  })

  it('refuses a predicate with a token in it before it asks for a key', async () => {
    const token = `gh${String()}p_${'Ab1'.repeat(12)}`
    writeFileSync(join(folder, 'p.json'), JSON.stringify({ note: token }))
    const ran = await assay(
      'attest https://example.com/t --predicate p.json --set dist --key none.pem --out a.json',
    )
    expect(ran.exitCode).toBe(2)
    expect(ran.stderr).toContain('statement/secret')
    expect(ran.stdout + ran.stderr).not.toContain(token)
    expect(existsSync(join(folder, 'a.json'))).toBe(false)
  })
})

describe('tools that are not ours', () => {
  it.skipIf(!hasTool('openssl', 'version'))('openssl verifies the signature', async () => {
    const { envelope } = await signed()
    const verify = (payload: Uint8Array) => {
      writeFileSync(join(folder, 'pae'), encodePae(envelope.payloadType, payload))
      writeFileSync(join(folder, 'sig'), envelope.signature)
      const args = ['dgst', '-sha256', '-verify', 'me.pub.pem', '-signature', 'sig', 'pae']
      return spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' }).stdout.trim()
    }
    expect(verify(envelope.payload)).toBe('Verified OK')
    expect(verify(envelope.payload.map((byte, at) => (at === 0 ? byte ^ 1 : byte)))).not.toBe(
      'Verified OK',
    )
  })

  const PROGRAM = `
import sys
from google.protobuf.json_format import Parse
from in_toto_attestation.v1.statement import Statement
import in_toto_attestation.v1.statement_pb2 as pb
statement = Statement.copy_from_pb(Parse(sys.stdin.read(), pb.Statement()))
statement.validate()
print(statement.pb.predicate_type, [s.name for s in statement.pb.subject])
`
  it.skipIf(PYTHON === undefined)('in-toto-attestation reads the statement', async () => {
    const { envelope } = await signed()
    const ran = spawnSync(PYTHON ?? '', ['-c', PROGRAM], {
      input: envelope.payload,
      encoding: 'utf8',
    })
    expect(ran.stderr).toBe('')
    expect(ran.stdout.trim()).toBe(
      "https://slsa.dev/provenance/v1 ['SHA256SUMS', 'a.js', 'lib/b.js']",
    )
  })
})
