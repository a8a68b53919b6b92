// No credentials in any output: secrets stand in every input, every command of the table runs, and all that it says and writes is
// searched.

import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../src/cli/commands.ts'
import { runCli } from '../../../src/cli/run-cli.ts'
import { FAMILIES } from '../../../src/record/index.ts'
import { createTestHost } from '../../host/test-host.ts'
import { goldenRecord } from '../../record/golden-record.ts'
import { exception, fixture, registry } from '../../snapshot/advisories/reading.ts'
import { applying } from '../adoption-world.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import { CANARIES, findCanaries, formsOf } from './canaries.ts'
import { ALIKE, COMMAND_LINES, NEEDS_NETWORK, WRONG_FILES } from './command-lines.ts'
import { ENVIRONMENTS, openSecretWorld, secretsOfKey } from './secret-world.ts'

/** What is secret by its nature, and has to stand in its own file: keys that were asked for. */
const isKeyFile = (path: string) => path.endsWith('.key.pem')

interface Command {
  readonly name: string
  readonly formats: readonly string[]
}

interface Target {
  getAllEntries?: () => readonly { name: Record<string, string>; target: Target }[]
  parameters?: { flags?: { format?: { values?: readonly string[] } } }
}

async function listCommands(): Promise<readonly Command[]> {
  const walk = (target: Target, name: string): readonly Command[] =>
    target.getAllEntries === undefined
      ? [{ name, formats: target.parameters?.flags?.format?.values ?? [] }]
      : target
          .getAllEntries()
          .flatMap((entry) =>
            walk(
              entry.target,
              `${name} ${entry.name['convert-camel-to-kebab'] ?? entry.name['original']}`,
            ),
          )
  const found = await Promise.all(
    COMMANDS.map(async ({ name, load }) => walk((await load()).command as unknown as Target, name)),
  )
  return found.flat()
}

const LOCAL = ENVIRONMENTS['local'] ?? {}

let world: LedgerWorld & { readonly head: string }
let secrets: ReadonlyMap<string, readonly string[]>
let planted: ReadonlyMap<string, string>
const before: Record<string, string | undefined> = {}

/** Of a file as it is now: whoever writes it again gives it another one. */
function markOf(path: string): string {
  const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
  return [ino, size, mtimeNs, ctimeNs].join(' ')
}

/** Every file of the world. */
function listFiles(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(world.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes('/.git/') && !isKeyFile(path))
      .map((path) => [path, markOf(path)]),
  )
}

/** Files that a command has written, which nobody has searched yet. */
function searchFiles(): readonly string[] {
  const now = listFiles()
  const fresh = [...now].filter(([path, digest]) => planted.get(path) !== digest)
  planted = now
  return fresh.flatMap(([path]) =>
    findCanaries(readFileSync(path), secrets).map((name) => `${path}: ${name}`),
  )
}

let made = 0
async function run(line: string, environment: Readonly<Record<string, string>>) {
  made += 1
  const words = line
    .replaceAll('{out}', `made-${made}`)
    .replaceAll('{name}', `made-${made}`)
    .replaceAll('{head}', world.head)
    .split(' ')
  // A command is recorded of a clean checkout alone.
  const folder = join(world.folder, line.startsWith('record command') ? 'project' : '.')
  const { host, output } = createTestHost(folder, { environment })
  const exitCode = await runCli(words, host)
  const said = findCanaries(Buffer.from(`${output.stdout}\n${output.stderr}`), secrets)
  return { exitCode, leaks: said, ...output }
}

function withFormat(line: string, format: string): string {
  return format === '' ? line : line.replace(/(?= node talk|$)/, ` ${format}`)
}

/** The line with each of its files exchanged for one that holds a secret, or for none. */
function variantsOf(line: string): readonly string[] {
  const words = line.split(' ')
  const places = words.flatMap((word, at) => {
    const path = join(world.folder, word)
    return existsSync(path) && statSync(path).isFile() && at > 0 ? [at] : []
  })
  return places.flatMap((at, place) => {
    const files = place === 0 ? WRONG_FILES : WRONG_FILES.slice(place % 2, (place % 2) + 1)
    return files.map((file) => words.with(at, file).join(' '))
  })
}

beforeAll(async () => {
  world = await openSecretWorld()
  const { folder } = world
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
  for (const family of FAMILIES) {
    put(`members-${family.name}.json`, JSON.stringify(goldenRecord(family).members))
  }
  put('exceptions.json', registry(exception('GHSA-2222-3333-4444')))
  put('advisories.json', fixture('npm-audit.json'))
  const environment = { ASSAY_KEY_PASSPHRASE: CANARIES.passphrase }
  const setUp = async (line: string) => {
    const { host, output } = createTestHost(folder, { environment })
    const exitCode = await runCli(line.split(' '), host)
    if (exitCode > 1) throw new Error(`${line}: ${exitCode} ${output.stderr}`)
    return output.stdout
  }
  await setUp('key generate --out enc')
  await setUp('key generate --out log --type ed25519 --unsafe-unencrypted')
  await setUp('key generate --out drafts --type ed25519 --unsafe-unencrypted')
  await setUp('trust add-role --name self-service --draft')
  await setUp('trust add-key drafts.pub.pem --name drafts --role self-service')
  await setUp('trust add-key enc.pub.pem --name enc --role builder')
  cpSync(join(folder, 'trust.json'), join(folder, 'editable.json'))
  for (const name of ['removed', 'rootless'])
    cpSync(join(folder, 'trust.json'), join(folder, `${name}.json`))
  await setUp(
    'trust add-identity --trust removed.json --name removable --issuer https://a.example --san a@b.example --role builder',
  )
  await setUp('trust add-root public-good --trust editable.json --name pg --live')
  world.copy('run', 'clean')
  await setUp(applying('ledger'))
  const key = readFileSync(join(folder, 'enc.pub.pem'), 'utf8').split('\n').slice(1, -2).join('')
  const scheme = 'ecdsa-sha2-nistp256'
  const npmKey = { keyid: 'SHA256:npm', keytype: scheme, scheme, key, expires: null }
  put('npm-keys.json', JSON.stringify({ keys: [npmKey] }))
  await setUp('ledger init --ledger empty')
  put(
    'log.vkey',
    await setUp('ledger checkpoint --ledger run --key log.key.pem --name run.example/web'),
  )
  const about =
    '--release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate'
  await setUp(
    `draft compose waiver --from waiver.yaml ${about} --policies policies --ledger run --trust trust.json --out draft.json`,
  )
  await setUp('draft save draft.json --trust trust.json --key drafts.key.pem --out saved.json')
  await setUp(
    'gate gate.release_target.render_staging_rollout --ledger ledger --trust trust.json --policies policies --result result.json --key enc.key.pem',
  )
  await setUp('key jwks enc.pub.pem --out jwks.json')
  const keys = ['ci', 'ada'].map(
    (name) => [`key ${name}`, secretsOfKey(folder, `${name}.key.pem`)] as const,
  )
  secrets = new Map([
    ...Object.entries(CANARIES).map(([name, secret]) => [name, formsOf(secret)] as const),
    ...keys,
  ])
  planted = listFiles()
  for (const [name, value] of Object.entries(LOCAL)) {
    before[name] = process.env[name]
    process.env[name] = value
  }
}, 120_000)

afterAll(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

describe('the search', () => {
  it.each(Object.entries(CANARIES))(
    'finds %s as it is, encoded, inside a payload, and packed',
    (name, secret) => {
      const bytes = Buffer.from(secret)
      const shown = [
        secret,
        bytes.toString('base64'),
        Buffer.from(`x${secret}y`).toString('base64'),
        Buffer.from(`xy${secret}`).toString('base64url'),
        bytes.toString('hex'),
        encodeURIComponent(secret),
        JSON.stringify({ a: secret }),
        JSON.stringify({ payload: Buffer.from(JSON.stringify([`a${secret}`])).toString('base64') }),
      ]
      for (const text of shown)
        expect(findCanaries(Buffer.from(`a ${text} b`), secrets)).toContain(name)
      expect(findCanaries(gzipSync(`a ${secret}`), secrets)).toContain(name)
      expect(findCanaries(Buffer.from('nothing of it'), secrets)).toEqual([])
    },
  )

  it('finds keys, and what a command prints and writes', async () => {
    expect(findCanaries(readFileSync(join(world.folder, 'ci.key.pem')), secrets)).toEqual([
      'key ci',
    ])
    // What people type to have it published is published: so the search is known to see output and files.
    const line = `draft request-review saved.json --role builder --reason ${CANARIES.unrelated.replaceAll(/["\\ ]/g, '')} --trust trust.json --key drafts.key.pem --out control.json`
    const searched = secrets
    secrets = new Map([['control', formsOf(CANARIES.unrelated.replaceAll(/["\\ ]/g, ''))]])
    const told = await run(line, {})
    const written = searchFiles()
    const help = await run(`help ${CANARIES.unrelated.replaceAll(/["\\ ]/g, '')}`, {})
    secrets = searched
    expect(told.leaks).toEqual([])
    expect(written).toEqual([expect.stringContaining('control.json: control')])
    expect(help.leaks).toEqual(['control'])
  })
})

describe('the commands', () => {
  it('are all of the table', async () => {
    const names = (await listCommands()).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(60)
    expect(Object.keys(COMMAND_LINES).toSorted()).toEqual(names.toSorted())
  })

  it.each(Object.entries(COMMAND_LINES))('%s shows no secret', async (name, lines) => {
    const command = (await listCommands()).find((one) => one.name === name)
    const own = (command?.formats ?? []).map((format) => `--format ${format}`)
    const formats = own.length === 0 ? [''] : own
    const leaks: string[] = []
    const codes = new Set<number>()
    const refusals: string[] = []
    const look = async (line: string, environment: Readonly<Record<string, string>>) => {
      const said = await run(line, environment)
      codes.add(said.exitCode)
      refusals.push(said.stderr)
      expect([line, said.exitCode === 70, said.stderr]).toEqual([line, false, said.stderr])
      leaks.push(...said.leaks.map((leak) => `${line}: ${leak}`))
    }
    // The first line in every format, the others each in another one.
    for (const [at, line] of lines.entries()) {
      const isAlike = ALIKE.has(name)
      const shown = at === 0 && !isAlike ? formats : formats.slice(at % formats.length).slice(0, 1)
      for (const format of shown) await look(withFormat(line, format), LOCAL)
      if (/--sigstore|attest provenance|^doctor --trust trust/.test(line)) {
        for (const environment of ['ci', 'login', 'gitlab']) {
          await look(line, ENVIRONMENTS[environment] ?? {})
        }
      }
    }
    const wrong = variantsOf(lines[0] ?? '').slice(0, ALIKE.has(name) ? 2 : 8)
    for (const line of wrong) await look(line, LOCAL)
    // What is written has a name of its own each time, so that it is still there.
    expect([...leaks, ...searchFiles()]).toEqual([])
    // It ran, and was not only refused: of those that could, one line at least came to something.
    const isRun = NEEDS_NETWORK.has(name) || codes.has(0) || codes.has(1)
    expect([name, isRun, refusals]).toEqual([name, true, refusals])
  })
})
