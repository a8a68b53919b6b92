import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { DOCUMENT_SCHEMAS } from '../../src/cli/document-schemas.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { findClosedPort, say, startServer } from '../host/network/misbehaving-server.ts'
import {
  type BuiltRepository,
  buildRepository,
  EXPIRED,
  type RepositoryPlan,
  serveRepository,
} from '../host/root-update/tuf-repository.ts'
import { createTestHost, failNthCall, type Output } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { type Json, PUBLIC, rootWith } from '../trust/sigstore/roots.ts'

/** A folder with a trust document that has the public root, and what to type there. */
async function createProject(built: BuiltRepository) {
  const folder = makeTemporaryFolder('trust-update')
  const { url, publish } = await serveRepository(built)
  writeFileSync(join(folder, 'root.json'), built.anchor)
  const clock = { now: Date.UTC(2026, 3, 10, 12) }
  const run = async (line: string): Promise<Output & { exitCode: number }> => {
    const { host, output } = createTestHost(folder, {
      now: clock.now,
      environment: { XDG_CACHE_HOME: join(folder, 'cache') },
    })
    const exitCode = await runCli(line.split(' '), host)
    return { ...output, exitCode }
  }
  await run('trust init')
  await run('trust add-root public-good --name public-good --live')
  return {
    url,
    folder,
    clock,
    publish,
    run,
    update: (rest = '', mirror = url) =>
      run(`trust update --mirror ${mirror} --tuf-root root.json${rest}`),
    trust: () => readFileSync(join(folder, 'trust.json'), 'utf8'),
    files: () => readdirSync(folder).toSorted(),
  }
}

type Project = Awaited<ReturnType<typeof createProject>>

/** A repository of this root; later ones have higher versions. */
function signing(root: Json, version = 1, plan: RepositoryPlan = {}): BuiltRepository {
  const versions = { timestamp: version, snapshot: version, targets: version }
  return buildRepository({ versions, ...plan, target: Buffer.from(JSON.stringify(root)) })
}

const ENDED = '2026-04-01T00:00:00Z'
const [oldLog, newLog] = PUBLIC.tlogs
const withEnd = (log: Json): Json => {
  const key = log['publicKey'] as { validFor: Json }
  return { ...log, publicKey: { ...key, validFor: { ...key.validFor, end: ENDED } } }
}
const [firstAuthority, secondAuthority] = PUBLIC.certificateAuthorities

async function codesOf(project: Project, rest = '', mirror = project.url): Promise<unknown> {
  const before = project.trust()
  const files = project.files().filter((name) => name !== 'cache')
  const { exitCode, stdout, stderr } = await project.update(`${rest} --format json`, mirror)
  expect(project.trust()).toBe(before)
  expect(project.files().filter((name) => name !== 'cache')).toEqual(files)
  const { problems = [] } = JSON.parse(stdout === '' ? '{}' : stdout) as {
    problems?: readonly { code: string; hint?: string }[]
  }
  return [exitCode, ...problems.map(({ code }) => code), ...(stdout === '' ? [stderr] : [])]
}

interface Member {
  readonly kind: string
  readonly name: string
  readonly end?: string
}

interface Root {
  readonly name: string
  readonly mark: string
  readonly publicGood: boolean
  readonly members: readonly Member[]
}

async function showRoots({ run }: Project): Promise<readonly Root[]> {
  const { stdout } = await run('trust show --format json')
  return (JSON.parse(stdout) as { roots: readonly Root[] }).roots
}

describe('assay trust update', () => {
  it('says so where nothing is new, and leaves the document as it is', async () => {
    const project = await createProject(signing(rootWith({})))
    const before = project.trust()
    const { exitCode, stdout, stderr } = await project.update()
    expect([exitCode, stderr]).toEqual([
      0,
      `Nothing is new: the root public-good of trust.json is that of ${project.url}, timestamp 1, valid until 2099-01-01T00:00:00Z\n`,
    ])
    expect(stdout).toMatch(/^[0-9a-f]{64}\n$/)
    expect(project.trust()).toBe(before)
  })

  it('replaces the root, keeps its mark, and says what was added and what has ended', async () => {
    const older = signing(rootWith({ tlogs: [withEnd(oldLog), newLog] }))
    const project = await createProject(older)
    const first = await project.update()
    expect([first.exitCode, first.stderr]).toEqual([
      0,
      [
        `Replaced the root public-good of trust.json by that of ${project.url}, timestamp 1, valid until 2099-01-01T00:00:00Z`,
        '  ended: log rekor.sigstore.dev',
        'No release of Assay knows this root yet: it is live by declaration of the trust document',
        '',
      ].join('\n'),
    ])
    expect(await showRoots(project)).toMatchObject([{ mark: 'live', publicGood: false }])
    project.publish(signing(rootWith({}), 2))
    const second = await project.update()
    expect(second.stderr).toContain('  changed: log rekor.sigstore.dev\n')
    expect(await showRoots(project)).toMatchObject([{ mark: 'live', publicGood: true }])
    expect(second.stderr).not.toContain('by declaration')
  })

  it('names what came, and prints a document of its schema', async () => {
    const project = await createProject(signing(rootWith({ tlogs: [oldLog] })))
    await project.update()
    project.publish(signing(rootWith({}), 2))
    const { stdout } = await project.update(' --format json')
    const document: unknown = JSON.parse(stdout)
    expect(z.safeParse(DOCUMENT_SCHEMAS['trust-update'], document).error).toBeUndefined()
    expect(document).toMatchObject({
      isNew: true,
      changes: [{ what: 'added', kind: 'log', name: 'log2025-1.rekor.sigstore.dev' }],
      root: { name: 'public-good', publicGood: true },
      repository: { mirror: project.url, versions: { root: 1, timestamp: 2 } },
    })
  })

  it('keeps what was dropped under a dated name, ended at this instant (A-31)', async () => {
    const dropping = signing(rootWith({ certificateAuthorities: [firstAuthority] }))
    const project = await createProject(dropping)
    const { stderr } = await project.update()
    expect(stderr).toContain('  DROPPED: certificate authority https://fulcio.sigstore.dev\n')
    expect(stderr).toContain('it stays as public-good-until-2026-04-10, for signatures until now')
    const [current, kept, ...others] = await showRoots(project)
    expect(others).toEqual([])
    expect([current?.name, kept?.name, kept?.mark]).toEqual([
      'public-good',
      'public-good-until-2026-04-10',
      'live',
    ])
    // What had ended before stays as it was; all else ends with the update.
    expect(new Set(kept?.members.map(({ end }) => end))).toEqual(
      new Set(['2022-10-31T23:59:59.999Z', '2022-12-31T23:59:59.999Z', '2026-04-10T12:00:00Z']),
    )
    project.publish(signing(rootWith({}), 2))
    await project.update()
    project.publish(signing(rootWith({ certificateAuthorities: [secondAuthority] }), 3))
    project.clock.now += 1_000
    await project.update()
    expect((await showRoots(project)).map(({ name }) => name)).toContain(
      'public-good-until-2026-04-10-2',
    )
  })

  it('updates the root of the name that is given, and no other', async () => {
    const project = await createProject(signing(rootWith({ tlogs: [newLog] })))
    writeFileSync(join(project.folder, 'own.json'), JSON.stringify(rootWith({ tlogs: [oldLog] })))
    await project.run('trust add-root own.json --name own --rehearsal')
    const [, before] = await showRoots(project)
    const { stderr } = await project.update(' --name own')
    expect(stderr).toContain('  added: log log2025-1.rekor.sigstore.dev\n')
    const roots = await showRoots(project)
    expect(roots.map(({ name, mark }) => [name, mark])).toEqual([
      ['own', 'rehearsal'],
      ['own-until-2026-04-10', 'rehearsal'],
      ['public-good', 'live'],
    ])
    expect(roots[2]).toEqual(before)
  })
})

describe('what assay trust update refuses, with nothing written', () => {
  it('a name that no root has', async () => {
    const project = await createProject(signing(rootWith({})))
    expect(await codesOf(project, ' --name nobody')).toEqual([2, 'trust/name-unknown'])
  })

  it('a mirror without root metadata, and the other way round', async () => {
    const project = await createProject(signing(rootWith({})))
    for (const rest of [`--mirror ${project.url}`, '--tuf-root root.json']) {
      const { exitCode, stderr } = await project.run(`trust update ${rest}`)
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('[cli/usage]')])
    }
  })

  it('a root of another instance', async () => {
    const { certificateAuthorities, tlogs } = PUBLIC
    const project = await createProject(signing(rootWith({ tlogs: [newLog], ctlogs: [] })))
    writeFileSync(
      join(project.folder, 'own.json'),
      JSON.stringify(
        rootWith({ tlogs: [oldLog], certificateAuthorities: [], timestampAuthorities: [] }),
      ),
    )
    expect([tlogs.length, certificateAuthorities.length]).toEqual([2, 2])
    await project.run('trust add-root own.json --name own --rehearsal')
    expect(await codesOf(project, ' --name own')).toEqual([2, 'trust/root-unrelated'])
  })

  it('what is no trusted root, though it is signed', async () => {
    const project = await createProject(signing({ mediaType: 'text/plain' }))
    expect(await codesOf(project)).toEqual([2, 'trust/root-format'])
  })

  it('a repository that breaks the rules (A-25)', async () => {
    const frozen = signing(rootWith({}), 1, {
      edit: (role, signed) => (role === 'timestamp' ? { ...signed, expires: EXPIRED } : signed),
    })
    expect(await codesOf(await createProject(frozen))).toEqual([2, 'host/update-expired'])
  })

  it('root metadata that is not there', async () => {
    const project = await createProject(signing(rootWith({})))
    const { exitCode, stderr } = await project.run(
      `trust update --mirror ${project.url} --tuf-root absent.json`,
    )
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('[host/file-missing]')])
  })

  it('says how old the roots are where the network fails, and exits with 3', async () => {
    const project = await createProject(signing(rootWith({})))
    const { url } = await startServer((response) => say(response, 410))
    const before = project.trust()
    const { exitCode, stderr } = await project.update('', url)
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('[host/http-status]')])
    expect(stderr).toContain(
      'hint: Nothing has changed. The root "public-good": the public-good root of 2026-11-05; the public-good root that is built in is of 2026-11-05',
    )
    expect(project.trust()).toBe(before)
  })

  it('says it also where nobody listens', async () => {
    const project = await createProject(signing(rootWith({})))
    const url = `http://127.0.0.1:${await findClosedPort()}`
    const { exitCode, stderr } = await project.update('', url)
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('[host/unreachable]')])
    expect(stderr).toContain('hint: Nothing has changed')
  })

  it('fails with 3 at whichever effect fails, and leaves a whole document', async () => {
    const project = await createProject(signing(rootWith({ tlogs: [newLog] })))
    const old = project.trust()
    const environment = { XDG_CACHE_HOME: join(project.folder, 'cache') }
    const words = ['trust', 'update', '--mirror', project.url, '--tuf-root', 'root.json']
    let failed = 0
    for (let failing = 1; ; failing++) {
      writeFileSync(join(project.folder, 'trust.json'), old)
      const { host, calls } = failNthCall(
        createTestHost(project.folder, { environment }).host,
        failing,
      )
      const exitCode = await runCli(words, host)
      if (calls() < failing) break
      failed++
      expect([failing, exitCode]).toEqual([failing, 3])
      expect((await project.run('trust show')).exitCode).toBe(0)
    }
    expect(failed).toBeGreaterThan(4)
  })
})
