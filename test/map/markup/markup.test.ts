import { element, Markup, markup } from '../../../src/map/markup/markup';

test('escapes everything in a template that is not markup', () => {
  expect(markup`<p>${'<b> & "c"'}${new Markup('<i/>')}${[new Markup('<u/>')]}${1 / 3}</p>`.text).toBe(
    '<p>&lt;b&gt; &amp; &quot;c&quot;<i/><u/>0.33</p>',
  );
});

test('writes elements with escaped attributes', () => {
  expect(element('a', { href: '#"', hidden: true, title: undefined, open: false }, '<').text).toBe(
    '<a href="#&quot;" hidden>&lt;</a>',
  );
});

test('an element without content is self-closing', () => {
  expect(element('rect', { x: 1.005 }).text).toBe('<rect x="1"/>');
  expect(element('output', {}, '').text).toBe('<output></output>');
});
