// A project in which records are made: the shipped policies, people and a builder with their keys, a set, and an empty ledger.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../.ci/checkout.ts'
import type { Check } from '../../../src/core/index.ts'
import { runCli } from '../../../src/cli/run-cli.ts'
import type { Host } from '../../../src/host/index.ts'
import { createTestHost, type TestWorld } from '../../host/test-host.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'

export const SET_ID = 'staging__render_staging_rollout__v1.2.0__4711-1'
export const REVISION = 'c27d339ee6075c1f744c5d4b200f7901aad2c369'

/** Of the candidate, about which nothing is known yet. */
export const FIRST = [
  ...['--release-id', SET_ID, '--phase', 'pre-deploy-candidate'],
  ...['--set', 'dist', '--source-revision', REVISION],
]

/** Of the candidate, which the ledger knows. */
export const KNOWN = ['--release-id', SET_ID, '--phase', 'pre-deploy-candidate']

/** Signed by a person who is trusted, and appended. */
export const SIGNED = ['--key', 'alice.key.pem', '--trust', 'trust.json', '--ledger', 'ledger']

/** What a command said. */
export interface Said {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RecordWorld {
  readonly folder: string
  run(args: readonly string[], world?: TestWorld, wrap?: (host: Host) => Host): Promise<Said>
  /** Its JSON document. */
  ask(args: readonly string[], world?: TestWorld): Promise<Said & { readonly document: Document }>
  /** A folder of the project, in which commands are given their options whole. */
  inside(folder: string): Pick<RecordWorld, 'ask'>
  write(path: string, content: string): void
  read(path: string): string
  /** Every file of the ledger by its path, and its content. */
  ledger(): ReadonlyMap<string, string>
}

/** What the tests look at in a document; its schema is held against all of it. */
export interface Document {
  readonly family: string
  readonly subject: { readonly id?: string; readonly digest?: string }
  readonly release?: { readonly artifactSetId: string }
  readonly bundleSha256: string
  readonly out?: string
  readonly use?: { readonly outcome: string; readonly code?: string }
  readonly view: { readonly status: string; readonly check: Check }
  readonly verdict: object
  readonly statement: Statement
  readonly problems?: readonly Problem[]
}

/** What is signed. */
export interface Statement {
  readonly subject: readonly { readonly name: string }[]
  readonly predicate: Readonly<Record<string, unknown>>
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly at?: string
  readonly hint?: string
}

/** The code of the first problem. */
export function codeOf({ problems = [] }: Document): string | undefined {
  return problems[0]?.code
}

export async function createRecordWorld(): Promise<RecordWorld> {
  const world = openWorld(makeTemporaryFolder('record-world'))
  cpSync(join(ROOT, 'policies'), join(world.folder, 'policies'), { recursive: true })
  world.write('dist/app.js', 'export {}\n')
  for (const name of ['alice', 'stranger']) {
    await done(world, ['key', 'generate', '--out', name, '--unsafe-unencrypted'])
  }
  await done(world, ['trust', 'init'])
  const alice = ['alice.pub.pem', '--name', 'alice', '--role', 'release', '--person']
  await done(world, ['trust', 'add-key', ...alice])
  await done(world, ['ledger', 'init'])
  return world
}

async function done({ run }: RecordWorld, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await run(args)
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
}

function openWorld(folder: string): RecordWorld {
  const run: RecordWorld['run'] = async (args, world, wrap = (host) => host) => {
    const { host, output } = createTestHost(folder, world)
    const exitCode = await runCli(args, wrap(host))
    return { exitCode, ...output }
  }
  return {
    folder,
    run,
    ask: async (args, world) => {
      const said = await run([...args, '--format', 'json'], world)
      return { ...said, document: JSON.parse(said.stdout) as Document }
    },
    inside: (inner) => ({
      ask: async (args, world) => {
        const said = await openWorld(join(folder, inner)).run(args, world)
        return { ...said, document: JSON.parse(said.stdout) as Document }
      },
    }),
    write: (path, content) => {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), content)
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    ledger: () => readFiles(join(folder, 'ledger')),
  }
}

/** What lies in the working folder of the ledger is nobody's record. */
function readFiles(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.work/'))
  return new Map(files.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]))
}
