// The rehearsal itself: it comes up and goes, and its documents are those that cosign would make.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { run, runOrThrow } from './peers/run.ts'
import { cacheFolder, programPath } from './programs/catalog.ts'
import { startRehearsal } from './rehearsal.ts'
import { useRehearsal } from './use-rehearsal.ts'

const rehearsal = useRehearsal()

it('A rehearsal starts in seconds, and leaves no process, port or folder', async () => {
  const begun = performance.now()
  const second = await startRehearsal()
  const startedMs = performance.now() - begun
  const pids = [second.pid, ...second.pids]
  expect(pids.map(isRunning)).toEqual([true, true, true, true])
  const ports = Object.values(second.urls).map((url) => Number(new URL(url).port))
  expect(await Promise.all(ports.map(isFree))).toEqual(ports.map(() => false))
  await second.stop()
  expect(pids.map(isRunning)).toEqual([false, false, false, false])
  expect(await Promise.all(ports.map(isFree))).toEqual(ports.map(() => true))
  expect(existsSync(second.folder)).toBe(false)
  process.stderr.write(`rehearsal: started in ${(startedMs / 1000).toFixed(1)} s\n`)
  expect(startedMs).toBeLessThan(20_000)
})

it('A rehearsal ends with the process that started it, even one that is killed', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'rehearsal.ts'))
  const script = `import { startRehearsal } from ${module}
    const { pid, pids, folder } = await startRehearsal()
    console.log(JSON.stringify([folder, pid, ...pids]))`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(starter.stdout, 'data')) as [Buffer]
  const [folder, ...pids] = JSON.parse(line.toString()) as [string, ...number[]]
  expect(pids.map(isRunning)).toEqual([true, true, true, true])
  starter.kill('SIGKILL')
  const left = () => [...pids.filter(isRunning), existsSync(folder)]
  await expect.poll(left, { timeout: 10_000 }).toEqual([false])
})

it('The trusted root says what `cosign trusted-root create` says of the same services', async () => {
  const { documents, files, folder, trustedRoot, urls } = rehearsal()
  const made = join(folder, 'made-by-cosign.trusted_root.json')
  const start = startOf(trustedRoot)
  const log = (url: string, key: string) => `url=${url},public-key=${key},start-time=${start}`
  const authority = (url: string, chain: string) =>
    `url=${url},certificate-chain=${chain},start-time=${start}`
  await runOrThrow(
    programPath('cosign'),
    [
      ...['trusted-root', 'create', '--out', made],
      ...['fulcio', 'rekor', 'ctfe', 'tsa'].map((name) => `--no-default-${name}`),
      ...['--fulcio', authority(urls.fulcio, files.fulcioChain)],
      ...['--rekor', `${log(urls.rekor, files.rekorKey)},origin=127.0.0.1`],
      ...['--rekor', log(urls.rekorV1, files.rekorV1Key)],
      ...['--ctfe', log(urls.certificateLog, files.certificateLogKey)],
      ...['--tsa', authority(urls.timestampAuthority, files.timestampChain)],
    ],
    { cwd: folder },
  )
  expect(comparable(documents.trustedRoot)).toEqual(comparable(made))
})

it.each([
  { name: 'rekor', version: 2 },
  { name: 'rekorV1', version: 1 },
] as const)('The signing config for Rekor v$version is the one of cosign', async (config) => {
  const { documents, folder, issuers, trustedRoot, urls } = rehearsal()
  const made = join(folder, `made-by-cosign.${config.name}.json`)
  const service = (url: string, version: number) =>
    `url=${url},api-version=${version},start-time=${startOf(trustedRoot)},operator=rehearsal.example`
  const rekor = config.version === 2 ? urls.rekor : urls.rekorV1
  await runOrThrow(
    programPath('cosign'),
    [
      ...['signing-config', 'create', '--out', made],
      ...['fulcio', 'oidc', 'rekor', 'tsa'].map((name) => `--no-default-${name}`),
      ...['--fulcio', service(urls.fulcio, 1), '--oidc-provider', service(issuers.email, 1)],
      ...['--rekor', service(rekor, config.version), '--rekor-config', 'ANY'],
      ...['--tsa', service(urls.timestampAuthority, 1), '--tsa-config', 'ANY'],
    ],
    { cwd: folder },
  )
  expect(comparable(documents.signingConfigs[config.name])).toEqual(comparable(made))
})

it('Rekor v2 keeps its tiles and its checkpoint as files', () => {
  const checkpoint = readFileSync(join(rehearsal().tiles, 'checkpoint'), 'utf8')
  expect(checkpoint).toMatch(/^127\.0\.0\.1\n[1-9]\d*\n/)
})

it('`npm run rehearse -- COMMAND` gives the command what it needs, and its exit code back', async () => {
  const script = `const { env } = process, { readFileSync, statSync } = require('node:fs')
    const config = JSON.parse(readFileSync(env.ASSAY_REHEARSAL_SIGNING_CONFIG, 'utf8'))
    const mode = statSync(env.ASSAY_REHEARSAL_TOKEN_EMAIL).mode & 0o777
    console.log(JSON.stringify([env.ASSAY_REHEARSAL_DIR, config.mediaType, mode]))
    process.exitCode = 7`
  // A temporary folder may have a longer path than a socket.
  const folder = join(rehearsal().folder, 'a long name'.repeat(12))
  mkdirSync(folder)
  const args = [join(ROOT, '.ci/rehearse.ts'), process.execPath, '-e', script]
  const env = { ASSAY_REHEARSAL_CACHE: cacheFolder(), TMPDIR: folder }
  const { status, stdout } = await run(process.execPath, args, { cwd: folder, env })
  const [place, mediaType, mode] = JSON.parse(stdout) as [string, string, number]
  expect({ status, mediaType, mode }).toEqual({
    status: 7,
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    mode: 0o600,
  })
  expect(place.startsWith(folder)).toBe(true)
  expect(existsSync(place)).toBe(false)
})

it('`npm run rehearse -- COMMAND` runs it where the person stands, with `assay` in its path', async () => {
  const { folder } = rehearsal()
  const standing = join(folder, 'standing')
  mkdirSync(standing)
  const args = [
    join(ROOT, '.ci/rehearse.ts'),
    'sh',
    '-c',
    'pwd && assay --version && cosign version',
  ]
  const env = { ASSAY_REHEARSAL_CACHE: cacheFolder(), TMPDIR: folder, INIT_CWD: standing }
  const { status, stdout } = await run(process.execPath, args, { cwd: ROOT, env })
  expect([status, ...stdout.split('\n').slice(0, 2)]).toEqual([
    0,
    realpathSync(standing),
    expect.stringMatching(/^\d+\.\d+\.\d+$/),
  ])
})

it('`npm run rehearse -- --help` says what there is, and starts nothing', async () => {
  const { folder } = rehearsal()
  const env = { ASSAY_REHEARSAL_CACHE: join(folder, 'empty') }
  const ask = (option: string) =>
    run(process.execPath, [join(ROOT, '.ci/rehearse.ts'), option], { cwd: folder, env })
  const help = await ask('--help')
  expect([help.status, help.stdout.split('\n')[0]]).toEqual([
    0,
    expect.stringMatching(/^npm run rehearse -- build /),
  ])
  const wrong = await ask('--halp')
  expect([wrong.status, wrong.stderr.split('\n')[0]]).toEqual([
    2,
    'error: Expected a command, found "--halp"',
  ])
})

it('Without the built programs the command says how to build them', async () => {
  const { folder } = rehearsal()
  const args = [join(ROOT, '.ci/rehearse.ts'), process.execPath, '-e', '0']
  const env = { ASSAY_REHEARSAL_CACHE: join(folder, 'empty') }
  const { status, stderr } = await run(process.execPath, args, { cwd: folder, env })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^error: .*cosign.*\nhint: npm run rehearse -- build\n$/),
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process.
    return false
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** RFC 3339 without a fraction, as cosign's options want it. */
function startOf(trustedRoot: object): string {
  const { tlogs } = trustedRoot as { tlogs: { publicKey: { validFor: { start: string } } }[] }
  return tlogs[0]?.publicKey.validFor.start.replace('.000Z', 'Z') ?? ''
}

/** Times are spelled with and without a fraction, what names nothing is left out or not, and logs have no order. */
function comparable(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) => {
    if (key === 'subject') return undefined
    // Of logs that begin at one time, cosign puts either first: it keeps them in a map.
    if (key === 'tlogs') return sortByText(value as readonly unknown[])
    return typeof value === 'string' ? value.replace(/\.000Z$/, 'Z') : value
  })
}

function sortByText(values: readonly unknown[]): readonly unknown[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
