import { describe, expect, it } from 'vitest'
import { createBatchQueue } from '../../../../src/host/artifact-set/hashing/batch-queue.ts'

const MIB = 1024 * 1024

describe('createBatchQueue()', () => {
  it('gives large files alone, the largest first, and small ones together', () => {
    const queue = createBatchQueue()
    for (const [index, size] of [1, 5 * MIB, 2, 9 * MIB].entries()) queue.add(index, size)
    expect([queue.take(false), queue.take(false), queue.take(false)]).toEqual([[3], [1], undefined])
    expect([queue.take(true), queue.take(true)]).toEqual([[0, 2], undefined])
  })

  it('gives small files as soon as they fill a batch', () => {
    const queue = createBatchQueue()
    for (let index = 0; index < 5; index++) queue.add(index, MIB)
    expect(queue.take(false)).toEqual([0, 1, 2, 3])
    expect(queue.take(false)).toBeUndefined()
    expect(queue.take(true)).toEqual([4])
  })

  it('counts what files cost beside their bytes', () => {
    const queue = createBatchQueue()
    for (let index = 0; index < 512; index++) queue.add(index, 0)
    expect(queue.costBytes()).toBe(4 * MIB)
    expect(queue.take(false)).toHaveLength(512)
  })
})
