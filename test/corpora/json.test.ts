import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/core/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'

const corpus = findCorpus('json')

/** Cases of undecided standing (`i_`), and the two duplicates that the grammar allows: what we say of each. */
const DECIDED: Readonly<Record<string, string>> = {
  'i_number_double_huge_neg_exp.json': 'core/json-number-unsafe',
  'i_number_huge_exp.json': 'core/json-number-unsafe',
  'i_number_neg_int_huge_exp.json': 'core/json-number-unsafe',
  'i_number_pos_double_huge_exp.json': 'core/json-number-unsafe',
  'i_number_real_neg_overflow.json': 'core/json-number-unsafe',
  'i_number_real_pos_overflow.json': 'core/json-number-unsafe',
  'i_number_real_underflow.json': 'core/json-number-unsafe',
  'i_number_too_big_neg_int.json': 'core/json-number-unsafe',
  'i_number_too_big_pos_int.json': 'core/json-number-unsafe',
  'i_number_very_big_negative_int.json': 'core/json-number-unsafe',
  'i_object_key_lone_2nd_surrogate.json': 'core/json-lone-surrogate',
  'i_string_1st_surrogate_but_2nd_missing.json': 'core/json-lone-surrogate',
  'i_string_1st_valid_surrogate_2nd_invalid.json': 'core/json-lone-surrogate',
  'i_string_UTF-16LE_with_BOM.json': 'core/utf8',
  'i_string_UTF-8_invalid_sequence.json': 'core/utf8',
  'i_string_UTF8_surrogate_U+D800.json': 'core/utf8',
  'i_string_incomplete_surrogate_and_escape_valid.json': 'core/json-lone-surrogate',
  'i_string_incomplete_surrogate_pair.json': 'core/json-lone-surrogate',
  'i_string_incomplete_surrogates_escape_valid.json': 'core/json-lone-surrogate',
  'i_string_invalid_lonely_surrogate.json': 'core/json-lone-surrogate',
  'i_string_invalid_surrogate.json': 'core/json-lone-surrogate',
  'i_string_invalid_utf-8.json': 'core/utf8',
  'i_string_inverted_surrogates_U+1D11E.json': 'core/json-lone-surrogate',
  'i_string_iso_latin_1.json': 'core/utf8',
  'i_string_lone_second_surrogate.json': 'core/json-lone-surrogate',
  'i_string_lone_utf8_continuation_byte.json': 'core/utf8',
  'i_string_not_in_unicode_range.json': 'core/utf8',
  'i_string_overlong_sequence_2_bytes.json': 'core/utf8',
  'i_string_overlong_sequence_6_bytes.json': 'core/utf8',
  'i_string_overlong_sequence_6_bytes_null.json': 'core/utf8',
  'i_string_truncated-utf-8.json': 'core/utf8',
  'i_string_utf16BE_no_BOM.json': 'core/utf8',
  'i_string_utf16LE_no_BOM.json': 'core/utf8',
  'i_structure_500_nested_arrays.json': 'core/json-depth',
  'i_structure_UTF-8_BOM_empty_object.json': 'core/json-byte-order-mark',
  'y_object_duplicated_key.json': 'core/json-duplicate-key',
  'y_object_duplicated_key_and_value.json': 'core/json-duplicate-key',
}

describe.runIf(corpus)('the public JSON test suite', () => {
  const folder = join(corpus ?? '', 'test_parsing')
  const names = corpus === undefined ? [] : readdirSync(folder)

  it('is judged as it demands, and as we decided where it leaves the choice', () => {
    const unexpected = names.filter((name) => {
      const parsed = parseJson(readFileSync(join(folder, name)))
      const said = parsed.ok ? 'accepted' : parsed.problems[0].code
      if (name in DECIDED) return said !== DECIDED[name]
      return name.startsWith('y_') !== parsed.ok
    })
    reportCorpus('json', names.length, unexpected.length)
    expect(unexpected).toEqual([])
    expect(names.length).toBeGreaterThanOrEqual(300)
  })

  it('has no undecided case that is not in our list', () => {
    expect(names.filter((name) => name.startsWith('i_') && !(name in DECIDED))).toEqual([])
  })
})
