// Whether a version of Node lies in a range. Plain JavaScript of an old kind: it has to run where nothing else does.

/**
 * @param {string} range `^X.Y.Z` and `>=X.Y.Z` joined by `||`, as in `engines.node`
 * @param {string} version three numbers; a prerelease tag is ignored
 * @returns {boolean}
 */
export function acceptsVersion(range, version) {
  const found = numbers(version)
  return range.split('||').some((part) => {
    const [, operator, text] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(part) || []
    if (text === undefined) throw new Error(`Cannot read the Node range "${range}"`)
    const least = numbers(text)
    return compare(found, least) >= 0 && (operator === '>=' || found[0] === least[0])
  })
}

function numbers(version) {
  return version.split('-', 1)[0].split('.').map(Number)
}

function compare(a, b) {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
