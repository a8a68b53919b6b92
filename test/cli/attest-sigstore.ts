// `assay attest` against an instance on loopback, in a folder of its own.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Host } from '../../src/host/index.ts'
import { request } from '../../src/host/network/request.ts'
import {
  type Faults,
  type LoopbackServices,
  STAMPED_AT,
  startServices,
} from '../host/sigstore/loopback-services.ts'
import { createTimelessWorld } from '../host/network/timeless-world.ts'
import { createTestHost, type Output, type TestWorld } from '../host/test-host.ts'
import { makeToken } from '../sign/sigstore/tokens.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

export const OUT = 'a.sigstore.json'

/** A statement about one file, signed keyless. */
export const KEYLESS = `attest https://example.org/made/v1 --predicate p.json --artifact a.txt --out ${OUT} --sigstore --signing-config config.json --trusted-root root.json --identity-token-file token`

/** One run, and what it left. */
export interface Ran extends Output {
  readonly exitCode: number
  /** Codes of the problems, outermost first. */
  readonly codes: readonly string[]
  /** Everything that was written anywhere. */
  readonly everything: string
  readonly isWritten: boolean
}

export interface Instance {
  readonly folder: string
  readonly services: LoopbackServices
  readonly token: string
  run(line: string, world?: TestWorld, change?: (host: Host) => Host): Promise<Ran>
}

/** An instance with these faults, and a folder with all that signs there. */
export async function startInstance(faults: Faults = {}, logVersion: 1 | 2 = 2): Promise<Instance> {
  const folder = makeTemporaryFolder('attest-sigstore')
  const services = await startServices(faults)
  const token = makeToken()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'a.txt'), 'a')
  writeFileSync(join(folder, 'p.json'), '{"made":"here"}')
  writeFileSync(join(folder, 'root.json'), JSON.stringify(services.trustedRoot))
  writeFileSync(join(folder, 'config.json'), JSON.stringify(services.signingConfig(logVersion)))
  writeFileSync(join(folder, 'token'), token, { mode: 0o600 })
  return {
    folder,
    services,
    token,
    run: async (line, world = {}, change = (host) => host) => {
      const { host, output } = createTestHost(folder, { now: STAMPED_AT, ...world })
      const words = line.includes('--format') ? line : `${line} --format json`
      const exitCode = await runCli(words.split(' '), change(host))
      return {
        ...output,
        exitCode,
        codes: codesOf(output.stdout),
        everything: `${output.stdout}${output.stderr}`,
        isWritten: existsSync(join(folder, OUT)) || readdirSync(folder).some(isPartial),
      }
    },
  }
}

const isPartial = (name: string) => name.includes('partial')

interface Problem {
  readonly code: string
  readonly because?: readonly Problem[]
}

function codesOf(document: string): readonly string[] {
  if (!document.startsWith('{')) return []
  const { problems = [] } = JSON.parse(document) as { problems?: readonly Problem[] }
  const flat = ({ code, because = [] }: Problem): string[] => [code, ...because.flatMap(flat)]
  return problems.flatMap(flat)
}

/** How one run is disturbed. */
export interface Disturbance {
  readonly faults: Faults
  /** Claims of the token in place of the usual ones. */
  readonly token?: object
  readonly logVersion?: 1 | 2
  /** The end of the address of a service that is hardly waited for; others have the time that a busy machine takes. */
  readonly impatientAt?: string
}

/** One run, and whether the log was asked. */
export interface Disturbed extends Ran {
  readonly isPublished: boolean
}

/** Signs in an instance with this fault; there is a bundle already, which must stay as it is. */
export async function signDisturbed({
  faults,
  token = {},
  logVersion = 2,
  impatientAt,
}: Disturbance): Promise<Disturbed> {
  const instance = await startInstance(faults, logVersion)
  const out = join(instance.folder, OUT)
  const text = makeToken(token)
  writeFileSync(join(instance.folder, 'token'), text, { mode: 0o600 })
  writeFileSync(out, 'what was there')
  const ran = await instance.run(KEYLESS, {}, (host) => ({
    ...host,
    request: (asked) => {
      const isImpatient = impatientAt !== undefined && asked.url.endsWith(impatientAt)
      const times = { deadlineMs: isImpatient ? 300 : 30_000, tryTimeoutMs: 30_000 }
      return request({ ...asked, ...times }, createTimelessWorld())
    },
  }))
  if (ran.exitCode !== 0) expect(readFileSync(out, 'utf8')).toBe('what was there')
  for (const secret of [text, ...text.split('.').slice(1)]) {
    expect(ran.everything).not.toContain(secret)
  }
  const isPublished = instance.services.asked.some(({ path }) => path.includes('/log/'))
  return { ...ran, isPublished }
}
