// A folder with a trusted key, the key of a ledger, and signed records of several releases: what the tests of `assay ledger` begin with.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { DOCUMENT_SCHEMAS } from '../../src/cli/document-schemas.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { createTestHost } from '../host/test-host.ts'

/** When everything in the world happens, unless a test says otherwise. */
export const NOW = Date.UTC(2026, 3, 10, 12)

export const ORIGIN = 'ledger.example/web'

/** What a command said. */
export interface Said {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface LedgerWorld {
  readonly folder: string
  /** Runs a command; words are separated by single blanks. */
  run(line: string, now?: number): Promise<Said>
  /** The same, which has to succeed; gives its standard output. */
  done(line: string, now?: number): Promise<string>
  /** A command that makes a record, which is kept whatever it comes to. */
  keep(line: string, now?: number): Promise<string>
  /** Codes and messages of the checks that were not accepted, or of the problems. */
  judge(line: string, now?: number): Promise<Judged>
  copy(from: string, to: string): void
}

export interface Judged {
  readonly exitCode: number
  readonly codes: readonly string[]
  readonly text: string
}

export function openWorld(folder: string): LedgerWorld {
  const world: LedgerWorld = {
    folder,
    async run(line, now = NOW) {
      const { host, output } = createTestHost(folder, { now })
      const exitCode = await runCli(line.split(' '), host)
      return { exitCode, ...output }
    },
    async done(line, now) {
      const { exitCode, stdout, stderr } = await world.run(line, now)
      if (exitCode !== 0) throw new Error(`${line}: ${exitCode}\n${stdout}${stderr}`)
      return stdout
    },
    async keep(line, now) {
      const { exitCode, stdout, stderr } = await world.run(line, now)
      if (exitCode > 1) throw new Error(`${line}: ${exitCode}\n${stdout}${stderr}`)
      return stdout
    },
    async judge(line, now) {
      const { exitCode, stdout } = await world.run(`${line} --format json`, now)
      const document = JSON.parse(stdout) as { readonly schema: string }
      expectSchema(document)
      return { exitCode, codes: codesIn(document), text: stdout }
    },
    copy: (from, to) => cpSync(join(folder, from), join(folder, to), { recursive: true }),
  }
  return world
}

/** Every document is of the schema that it names, and that is published. */
function expectSchema(document: { readonly schema: string }): void {
  const [, name = ''] = /^assay\/(.+)\/v1$/.exec(document.schema) ?? []
  const schema = Object.entries(DOCUMENT_SCHEMAS).find(([known]) => known === name)?.[1]
  if (schema === undefined) throw new Error(`no schema of the name ${name}`)
  const { error } = z.safeParse(schema, document)
  if (error !== undefined) throw new Error(`${name}: ${JSON.stringify(error.issues)}`)
}

/** Codes of what was refused, those under others too, each once. */
function codesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const { code } = value as { code?: unknown }
  const inside = Object.values(value).flatMap(codesIn)
  return [...new Set([...(typeof code === 'string' ? [code] : []), ...inside])]
}

/** Records `r1.json` to `r<count>.json`, keys `release`, `log` and `other`, and `trust.json`; no ledger yet. */
export async function createWorld(count: number): Promise<LedgerWorld> {
  const world = openWorld(makeTemporaryFolder('ledger-world'))
  await world.done('key generate --out release --unsafe-unencrypted')
  await world.done('key generate --out log --type ed25519 --unsafe-unencrypted')
  await world.done('key generate --out other --type ed25519 --unsafe-unencrypted')
  await world.done('trust init')
  await world.done('trust add-key release.pub.pem --name release --role release')
  mkdirSync(join(world.folder, 'dist'))
  for (let at = 1; at <= count; at++)
    await attest(world, `r${at}`, { release: `v1.${at}`, key: 'release' })
  return world
}

/** One more record: a provenance of a set of its own. */
export async function attest(
  world: LedgerWorld,
  name: string,
  {
    release,
    key,
    run = '1',
  }: { readonly release: string; readonly key: string; readonly run?: string },
): Promise<void> {
  writeFileSync(join(world.folder, 'dist/a'), `${release} ${run}`)
  const id = `--release ${release} --channel staging --target web --run ${run}`
  await world.done(`attest provenance --set dist --key ${key}.key.pem ${id} --out ${name}.json`)
}

/** A ledger with these records; signed by `log` where it says so, its key in `log.vkey`. */
export async function createLedger(
  world: LedgerWorld,
  ledger: string,
  {
    records,
    isSigned = false,
  }: { readonly records: readonly number[]; readonly isSigned?: boolean },
): Promise<void> {
  await world.done(`ledger init --ledger ${ledger}`)
  for (const record of records) {
    await world.done(`ledger append r${record}.json --trust trust.json --ledger ${ledger}`)
  }
  if (isSigned) await signLedger(world, ledger)
}

/** The head, signed by `log`. */
export async function signLedger(world: LedgerWorld, ledger: string, now = NOW): Promise<void> {
  const key = await world.done(
    `ledger checkpoint --ledger ${ledger} --key log.key.pem --name ${ORIGIN}`,
    now,
  )
  writeFileSync(join(world.folder, 'log.vkey'), key)
}
