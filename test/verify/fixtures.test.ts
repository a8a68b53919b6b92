// The cases of `fixtures/verify/`, run as a person would: the command line in the folder of the case.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import dns from 'node:dns'
import { Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { exitCodeOf } from '../../src/cli/answer.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Outcome } from '../../src/core/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { CASES } from './cases/index.ts'
import { renderCase } from './cases/render.ts'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/verify')
const NAMES = readdirSync(FIXTURES)

/** What a terminal would act on; the end of a line is ours. */
const ACTIVE = /[^\P{C}\n]|\u2028|\u2029/u

interface Expect {
  readonly args: readonly string[]
  readonly outcome: Outcome
  readonly codes: readonly string[]
  readonly twin?: string
  /** There is no verdict, but problems. */
  readonly unread?: boolean
}

interface Node {
  readonly outcome?: Outcome
  readonly code?: string
  readonly checks?: readonly Node[]
  readonly because?: readonly Node[]
}

type Document = { readonly outcome: Outcome } & (
  | { readonly verdict: Node }
  | { readonly problems: readonly Node[] }
)

function reasonsOf(document: Document): Node {
  return 'verdict' in document ? document.verdict : { checks: document.problems }
}

function readExpect(name: string): Expect {
  return JSON.parse(readFileSync(join(FIXTURES, name, 'expect.json'), 'utf8')) as Expect
}

/** The codes of every check that was not accepted, and of the reasons under it. */
function codesOf({ code, checks = [], because = [] }: Node): readonly string[] {
  return [...(code === undefined ? [] : [code]), ...[...checks, ...because].flatMap(codesOf)]
}

async function run(name: string, format: 'json' | 'text') {
  const { host, output } = createTestHost(join(FIXTURES, name))
  const exitCode = await runCli([...readExpect(name).args, '--format', format], host)
  return { exitCode, ...output }
}

describe('fixtures/verify', () => {
  // whatever addresses the evidence holds, none is asked.
  const connect = vi.spyOn(Socket.prototype, 'connect')
  const lookup = vi.spyOn(dns, 'lookup')
  afterEach(() => {
    expect(connect).not.toHaveBeenCalled()
    expect(lookup).not.toHaveBeenCalled()
  })

  it('holds the cases that its maker makes, byte for byte', () => {
    expect(NAMES.toSorted()).toEqual(CASES.map(({ name }) => name).toSorted())
    for (const one of CASES) {
      for (const [path, content] of Object.entries(renderCase(one))) {
        const committed = readFileSync(join(FIXTURES, one.name, path))
        expect(committed.equals(Buffer.from(content)), join(one.name, path)).toBe(true)
      }
    }
  })

  it('has an accepted twin for every refusal', () => {
    for (const name of NAMES) {
      const { outcome, codes, twin } = readExpect(name)
      expect(existsSync(join(FIXTURES, name, 'README.md'))).toBe(true)
      expect(codes.length > 0, name).toBe(outcome !== 'accepted')
      if (outcome === 'accepted') continue
      expect(twin, name).toBeDefined()
      expect(readExpect(twin as string).outcome, `${name}: ${twin}`).toBe('accepted')
    }
  })

  it.each(NAMES)('%s', async (name) => {
    const { outcome, codes, unread } = readExpect(name)
    const { exitCode, stdout, stderr } = await run(name, 'json')
    expect(stderr.includes('error: ')).toBe(unread ?? false)
    expect(stdout).not.toMatch(ACTIVE)
    const document = JSON.parse(stdout) as Document
    expect(new Set(codesOf(reasonsOf(document)))).toEqual(new Set(codes))
    expect('problems' in document).toBe(unread ?? false)
    expect(document.outcome).toBe(outcome)
    const answer = { kind: 'finished', outcome, document: {}, text: '' } as const
    expect(exitCode).toBe(exitCodeOf(answer))
  })

  it.each(NAMES)('%s, told in text that does nothing to a terminal', async (name) => {
    const { stdout, stderr } = await run(name, 'text')
    for (const text of [stdout, stderr]) {
      expect(text).not.toMatch(ACTIVE)
      expect(text).not.toMatch(/^::|^##\[/m)
      expect(text.split('\n').filter((line) => /^\s*(?:✓|VERIFIED)/.test(line))).toEqual([])
    }
    const { outcome, unread = false } = readExpect(name)
    if (unread) expect(stderr.startsWith('error: ')).toBe(true)
    expect(stdout.startsWith(unread ? '' : outcome)).toBe(true)
    expect(stdout === '').toBe(unread)
  })
})
