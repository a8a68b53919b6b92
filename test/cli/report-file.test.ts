import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeReport } from '../../src/cli/report-file.ts'
import { createHost } from '../../src/host/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-report-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

it('a report in a file has no credentials, as one that is printed has none (A-119)', async () => {
  const login = 'https://me:hunter2@example.com/'
  const written = await writeReport(createHost(folder), 'gate.txt', `no-go  ${login}\nkept\n`)
  expect(written.ok).toBe(true)
  expect(readFileSync(join(folder, 'gate.txt'), 'utf8')).toBe(
    'no-go  https://…@example.com/\nkept\n',
  )
})
