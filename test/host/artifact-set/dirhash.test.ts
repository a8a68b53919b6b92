import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digestSet } from '../../../src/digest/index.ts'
import { makeFolder, readSet } from './folders.ts'

// Go ships the module that its own command uses, so that nothing has to be fetched.
const DIRHASH = 'src/cmd/vendor/golang.org/x/mod/sumdb/dirhash'

function findDirhash(): { readonly go: string; readonly source: string } | undefined {
  for (const go of ['go', '/usr/local/go/bin/go']) {
    const { status, stdout } = spawnSync(go, ['env', 'GOROOT'], { encoding: 'utf8' })
    const source = status === 0 ? join(stdout.trim(), DIRHASH) : ''
    if (source !== '' && existsSync(source)) return { go, source }
  }
  process.stderr.write(
    '\nNOT RUN: the comparison with Go, because Go and its dirhash are not here\n',
  )
  return undefined
}

const found = findDirhash()

describe.runIf(found)('the set digest of a folder', () => {
  it('is what golang.org/x/mod/sumdb/dirhash computes of it', async () => {
    const { go, source } = found ?? { go: '', source: '' }
    const folder = makeFolder({
      'go.mod': 'module example\n\ngo 1.21\n',
      'main.go': `package main

import (
	"example/dirhash"
	"fmt"
	"os"
)

func main() {
	hash, err := dirhash.HashDir(os.Args[1], "", dirhash.Hash1)
	fmt.Print(hash, err)
}
`,
      'set/B': 'B',
      'set/a b': 'a',
      'set/.dot/\ue000': 'pua',
      'set/sub/\uff21': 'fw',
      'set/sub/\u{1f600}': 'emoji',
    })
    cpSync(source, join(folder, 'dirhash'), { recursive: true })
    // Go reads the folder's own names, so its answer is for the very same set.
    writeFileSync(join(folder, 'set/large'), readFileSync(process.execPath).subarray(0, 1_000_000))
    const said = execFileSync(go, ['run', '.', join(folder, 'set')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local' },
    })
    const { set } = await readSet(folder, ['set'])
    const hash = Buffer.from(digestSet(set.artifacts), 'hex').toString('base64')
    expect(said).toBe(`h1:${hash}<nil>`)
  }, 120_000)
})
