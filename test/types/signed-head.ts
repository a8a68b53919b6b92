// What must not compile: a head of a ledger whose signatures nobody checked.

import * as ledger from '../../src/ledger/index.ts'

declare const tree: ledger.LedgerTree
declare const head: ledger.TreeHead
declare const signed: ledger.SignedHead
declare const finding: ledger.HeadFinding

export const continued = ledger.compareHeads(tree, signed)
if (finding.head !== undefined) void ledger.compareHeads(tree, finding.head)

// @ts-expect-error a head that was only read is not signed
void ledger.compareHeads(tree, head)

// @ts-expect-error there is a head only where everything was accepted
void ledger.compareHeads(tree, finding.head)

// @ts-expect-error a copy over more entries is not what was signed
void ledger.compareHeads(tree, { ...signed, size: 7 })

// @ts-expect-error nobody else can make one
export const constructor: unknown = ledger.SignedHead

// @ts-expect-error nor merge by one
void ledger.planMerge({ ...tree, head }, tree)
