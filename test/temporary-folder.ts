// Folders for tests that go when their test file is done; `test/setup.ts` sees to it.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []

/** A new and empty folder, for one test or for all of a file. */
export function makeTemporaryFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `assay-${name}-`)))
  made.push(folder)
  return folder
}

/** Removes every folder that was made in this test file. */
export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}
