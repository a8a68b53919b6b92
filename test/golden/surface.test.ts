import { expect, it } from 'vitest'
import * as surface from '../../src/index.ts'

it('the library exports exactly this', async () => {
  const names = Object.keys(surface).toSorted()
  await expect(`${names.join('\n')}\n`).toMatchFileSnapshot('surface.txt')
})
