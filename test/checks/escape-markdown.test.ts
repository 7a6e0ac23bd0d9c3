import { escapeMarkdown } from '../../src/checks/escape-markdown';

test.each([
  ['@everyone', '&#64;everyone'],
  ['https://evil.example', 'https:&#47;&#47;evil.example'],
  ['www.evil.example', 'www&#46;evil.example'],
  ['$$x^2$$', '&#36;&#36;x^2&#36;&#36;'],
  ['[x](y)', '&#91;x&#93;(y)'],
  ['![x](y)', '&#33;&#91;x&#93;(y)'],
  ['<b>&', '&lt;b&gt;&amp;'],
  ['#12 | `a` ~~b~~', '&#35;12 &#124; &#96;a&#96; &#126;&#126;b&#126;&#126;'],
  ['a\n- b', 'a\\u000a- b'],
  ['- a', '&#45; a'],
  ['shop-db.yaml:3:1', 'shop-db.yaml:3:1'],
])('escapes %j', (text, expected) => {
  // the escape of a line break is itself escaped
  expect(escapeMarkdown(text)).toBe(expected.replace('\\u', '&#92;u'));
});
