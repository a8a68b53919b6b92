// Where the time of a function goes, by Node's own profiler: whose code is on top of the stack at each sample.

import { type Profiler, Session } from 'node:inspector/promises'

/** Whose code it is, by what its address holds; the first that fits. */
const OWNERS = [
  ['cryptography', 'node:internal/crypto'],
  ['libraries of Sigstore', '/node_modules/@sigstore/'],
  ['other libraries', '/node_modules/'],
  ['our own code', 'file:'],
] as const
const REST = 'the rest of Node'

/** Samples of no code at all: the profiler itself, and waiting. */
const NOTHING: readonly string[] = ['(root)', '(program)', '(idle)', 'post']

/** Runs it under the profiler; the shares of the time, in percent. */
export async function splitTime(run: () => void): Promise<string> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  run()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return describeShares(profile)
}

function describeShares({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): string {
  const owners = new Map<number, string>()
  // A function without an address is native, and works for the one that called it.
  const visit = (id: number, caller: string): void => {
    const { callFrame, children = [] } = byId.get(id) as Profiler.ProfileNode
    const owner = callFrame.url === '' ? caller : ownerOf(callFrame.url)
    if (!NOTHING.includes(callFrame.functionName)) owners.set(id, owner)
    for (const child of children) visit(child, owner)
  }
  const byId = new Map(nodes.map((node) => [node.id, node]))
  if (nodes[0] !== undefined) visit(nodes[0].id, REST)
  const times = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const owner = owners.get(id)
    if (owner === undefined) continue
    times.set(owner, (times.get(owner) ?? 0) + (timeDeltas[index] ?? 0))
  }
  const whole = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .map(([owner, time]) => `${owner} ${Math.round((time * 100) / whole)} %`)
    .join(', ')
}

function ownerOf(url: string): string {
  return OWNERS.find(([, part]) => url.includes(part))?.[0] ?? REST
}
