// The console blocks of README.md and docs/: what they show is what happens. The blocks of one page are one session. A
// line that is `…` alone stands for any lines.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { listFiles } from '../../.ci/source-file.ts'
import {
  readPlaybookExpectation,
  writePlaybookProject,
} from '../gate/fixtures/playbook/playbook-fixture.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { parseTranscript, runTranscript } from '../cli/transcript.ts'

const PAGES = ['README.md', ...listFiles('docs', '.md')]
const WORLD = { environment: { ASSAY_KEY_PASSPHRASE: 'correct horse' } }

/** Pages whose session is in a project that is there already, when all of it was signed. */
const IN_PROJECT = ['gates', 'lineage', 'playbook', 'readiness', 'vsa'].map(
  (name) => `docs/${name}.md`,
)
const project = once(() => writePlaybookProject(makeTemporaryFolder('project')))

async function settingOf(page: string) {
  if (!IN_PROJECT.includes(page)) return { world: WORLD }
  const now = Date.parse(readPlaybookExpectation().states.go.at)
  return { world: { ...WORLD, now }, folder: await project() }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

const sessions = PAGES.map((page) => {
  const blocks = readFileSync(join(ROOT, page), 'utf8').matchAll(/^```console\n([^]*?)^```$/gm)
  return { page, session: [...blocks].map(([, block]) => block).join('') }
})

describe('a console block', () => {
  it('is on the first page', () => {
    expect(sessions[0]?.session).toContain('$ assay verify ')
  })

  it.each(IN_PROJECT)('is on %s', (page) => {
    expect(sessions.find((session) => session.page === page)?.session).toMatch(/^\$ assay /)
  })

  it.each(sessions.filter(({ session }) => session !== ''))(
    'of $page shows what happens',
    async ({ page, session }) => {
      const { steps, files } = parseTranscript(session)
      const { world, folder } = await settingOf(page)
      const seen = await runTranscript({ steps, files }, world, folder)
      const told = seen.map(({ command, expected }, index) => {
        const lines = expected.map((line) => line.replace(/^! /, ''))
        const pattern = steps[index]?.expected ?? []
        return { command, shown: covers(pattern, lines) ? pattern : lines }
      })
      expect(told).toEqual(steps.map(({ command, expected }) => ({ command, shown: expected })))
    },
    60_000,
  )
})

describe('a link', () => {
  it.each(PAGES)('of %s leads somewhere', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8')
    const targets = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(
      ([, target = '']) => target,
    )
    const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)))
    expect(missing).toEqual([])
  })
})

/** Whether the lines are those of the pattern, where `…` stands for any text and, alone, for any lines. */
function covers([first, ...rest]: readonly string[], lines: readonly string[]): boolean {
  if (first === undefined) return lines.length === 0
  if (first === '…') {
    return Array.from({ length: lines.length + 1 }).some((_, skipped) =>
      covers(rest, lines.slice(skipped)),
    )
  }
  const [line, ...others] = lines
  const matcher = new RegExp(`^${first.split('…').map(literally).join('.*')}$`, 'u')
  return line !== undefined && matcher.test(line) && covers(rest, others)
}

function literally(text: string): string {
  return text.replaceAll(
    /[.*+?^${}()|[\]\\/-]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16)}`,
  )
}
