import { oneLine, wholeRecord } from '../../src/logging/expressions';

describe('an expression for a whole record', () => {
  test.each([
    ['^(?<a>.*)$', '(?am:\\A(?<a>.*)\\z)', '(?s:\\A(?P<a>.*)\\z)', '(?s:\\A(?<a>.*)\\z)'],
    ['(?P<a>[^^$.]+)', '(?am:(?<a>[^^$.]+))', '(?s:(?P<a>[^^$.]+))', '(?s:(?<a>[^^$.]+))'],
    ['\\^\\$\\.', '(?am:\\^\\$\\.)', '(?s:\\^\\$\\.)', '(?s:\\^\\$\\.)'],
    ['\\d\\W', '(?am:\\d\\W)', '(?s:[0-9][^0-9A-Za-z_])', '(?s:[0-9][^0-9A-Za-z_])'],
    ['[\\w-]', '(?am:[\\w-])', '(?s:[0-9A-Za-z_-])', '(?s:[0-9A-Za-z_-])'],
    ['[\\S"]', '(?am:[\\S"])', '(?s:[\\S"])', '(?s:[[^\\t\\n\\x0B\\x0C\\r ]"])'],
    ['[[:alpha:]]\\b', '(?am:[[:alpha:]]\\b)', '(?s:[[:alpha:]]\\b)', '(?s:[[:alpha:]](?-u:\\b))'],
    ['[\\]$]^', '(?am:[\\]$]\\A)', '(?s:[\\]$]\\A)', '(?s:[\\]$]\\A)'],
  ])('%s has the same meaning in Onigmo, Go and Rust', (pattern, onigmo, go, rust) => {
    expect(wholeRecord(pattern, 'onigmo')).toBe(onigmo);
    expect(wholeRecord(pattern, 're2')).toBe(go);
    expect(wholeRecord(pattern, 'rust')).toBe(rust);
  });
});

test('an expression for one line keeps its anchors', () => {
  expect(oneLine('^\\d{4}-(?<x>.)$', 'onigmo')).toBe('(?a:^\\d{4}-(?<x>.)$)');
  expect(oneLine('^\\d{4}-(?<x>.)$', 're2')).toBe('^[0-9]{4}-(?P<x>.)$');
  expect(oneLine('^\\d{4}-(?<x>.)$', 'rust')).toBe('^[0-9]{4}-(?<x>.)$');
});
