import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Host } from '../../src/host/index.ts'
import { createTestHost, failNthCall } from '../host/test-host.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

describe('runCli()', () => {
  it('ends with 3 when the world fails, and says so as a document too', async () => {
    const { host, output } = createTestHost(tmpdir())
    expect(await runCli(['help', 'keys'], failNthCall(host, 1).host)).toBe(3)
    expect(output).toEqual({
      stdout: '',
      stderr: 'error: Call 1 (print) failed [host/input-output]\n',
    })
    expect(await runCli(['hlep', '--format', 'json'], failNthCall(host, 1).host)).toBe(3)
    expect(JSON.parse(output.stdout)).toEqual({
      schema: 'assay/problems/v1',
      outcome: 'error',
      problems: [{ code: 'host/input-output', message: 'Call 1 (print) failed' }],
    })
  })

  it('ends with 70 on a bug, with what it needs to be found', async () => {
    const { host, output } = createTestHost(tmpdir())
    const broken: Host = {
      ...host,
      print: () => Promise.reject(new TypeError('x is not\u001b[2J')),
    }
    expect(await runCli(['help'], broken)).toBe(70)
    expect(output.stderr).toContain(
      'error: Assay failed on its own: x is not\\u{1b}[2J [cli/bug]\n',
    )
    expect(output.stderr).toContain('\n  because at ')
  })

  it('ends with 2 where no command is given, and shows the overview on standard error', async () => {
    const { host, output } = createTestHost(tmpdir())
    expect(await runCli([], host)).toBe(2)
    expect(await runCli(['completion'], host)).toBe(2)
    expect(output.stdout).toBe('')
    expect(output.stderr).toContain('COMMANDS')
    expect(await runCli(['--help'], host)).toBe(0)
    expect(output.stdout).toContain('COMMANDS')
  })
})

describe('the process', () => {
  it('does not end with 0 when nobody reads its output', () => {
    const script = '(sleep 0.2; "$0" "$1" help keys; echo $? >&2) | true'
    const closed = spawnSync('bash', ['-c', script, process.execPath, MAIN], { encoding: 'utf8' })
    expect(closed.stderr).toContain('[host/output]')
    expect(closed.stderr).toMatch(/\n3\n$/)
    const full = spawnSync('bash', [
      '-c',
      '"$0" "$1" help keys > /dev/full',
      process.execPath,
      MAIN,
    ])
    expect(full.status).toBe(3)
  })

  it('does not end with 0 when it is cut off', () => {
    const start = (before: string) => {
      const script = `process.argv = ['', '', 'inspect', '-']; ${before}; await import(${JSON.stringify(MAIN)})`
      return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        input: '{"schema":"assay/trust/v1","keys":[],"roles":[]}',
      }).status
    }
    expect(start('')).toBe(0)
    // Standard input is what it still waits for.
    expect(start('process.nextTick(() => process.exit())')).toBe(70)
  })
})
