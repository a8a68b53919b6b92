// Whether a source is the whole of its run: the signed head of the ledger of the run is over every entry of the source, and no other.

import { accept, type Check, encodeHex, type Result } from '../../../core/index.ts'
import { hashEmptyTree } from '../../../digest/index.ts'
import type { LedgerFiles } from '../../../host/index.ts'
import { type LedgerEntry, planAppend, verifyCheckpoint } from '../../../ledger/index.ts'
import type { RunHead } from '../../../record/index.ts'
import type { HeadSetting } from '../../judging/ledger-setting.ts'
import { checkHeads } from '../../ledger/verification.ts'

/** What a source shows of the tree that its records stand in. */
export type SourceTree = Pick<LedgerFiles, 'reader' | 'size' | 'checkpoint'>

/** The head, where it was judged and the run is whole under it. */
export interface JudgedHead {
  readonly checks: readonly Check[]
  readonly runHead?: RunHead
}

/** @param tree absent where the source does not have every entry */
export async function judgeSourceHead(
  tree: SourceTree | undefined,
  { expectation, older, age, isUnsigned }: HeadSetting,
): Promise<JudgedHead> {
  if (expectation === undefined) return { checks: isUnsigned ? [] : [notJudged()] }
  if (tree === undefined) return { checks: [notWhole()] }
  const heads = await checkHeads(
    { ...tree, headFile: new Uint8Array(), signed: [] },
    { expectation, ...(older !== undefined && { older }), ...(age !== undefined && { age }) },
  )
  const { head } = verifyCheckpoint(tree.checkpoint ?? new Uint8Array(), expectation)
  const checks = head === undefined ? heads : [...heads, checkCovered(head.size, tree.size)]
  if (head === undefined || checks.some(({ outcome }) => outcome !== 'accepted')) return { checks }
  const { origin, size, root } = head
  return { checks, runHead: { log: origin, size, root: encodeHex(root) } }
}

/** The tree of these entries, in memory: a pack with all of them is the ledger again. */
export async function growTree(
  entries: readonly LedgerEntry[],
  checkpoint: Uint8Array | undefined,
): Promise<Result<SourceTree>> {
  const files = new Map<string, Uint8Array>()
  const reader = { read: (path: string) => Promise.resolve(files.get(path)) }
  const grown = await planAppend(reader, { size: 0, root: hashEmptyTree() }, entries)
  if (!grown.ok) return grown
  for (const { path, bytes } of grown.value.files) files.set(path, bytes)
  const size = entries.length
  return accept({ reader, size, ...(checkpoint !== undefined && { checkpoint }) })
}

/** What lies after the signed head is not protected by it: there a failure can be left out unseen. */
function checkCovered(signed: number, size: number): Check {
  const name = 'source-whole'
  const facts = { expected: `${size} signed entries`, found: `${signed}` }
  if (signed >= size) {
    const message = 'The signed head is over every entry of the source'
    return { name, outcome: 'accepted', message, ...facts }
  }
  return {
    name,
    outcome: 'missing',
    code: 'cli/ledger-head-missing',
    message: 'Entries of the source lie after the signed head of its run',
    ...facts,
    hint: 'assay ledger checkpoint signs the head of the run when it has ended',
  }
}

function notWhole(): Check {
  return {
    name: 'source-whole',
    outcome: 'missing',
    code: 'record/adoption-source',
    message:
      'The pack does not have every entry of the ledger of the run, so that it can not show what it leaves out',
    hint: 'Give the folder of the ledger of the run; or say --unsafe-unsigned',
  }
}

/** by itself a source can not show that nothing was dropped from it. */
function notJudged(): Check {
  return {
    name: 'source-whole',
    outcome: 'missing',
    code: 'cli/ledger-head-missing',
    message:
      'Whether the run is whole was not judged: results may have been dropped or moved on the way',
    expected: 'the key of the ledger of the run',
    found: 'none',
    hint: 'Give it with --log-key, and a head that was kept with --head; or say --unsafe-unsigned',
  }
}
