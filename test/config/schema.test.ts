import { schemaErrors } from '../../src/config/schema';

test('returns no errors for valid data', () => {
  expect(schemaErrors({ type: 'object' }, {})).toEqual([]);
});

test('returns each violation with its path and details', () => {
  const schema = {
    properties: { a: { enum: [1, 2] }, b: { type: 'string', format: 'ipv4' } },
    additionalProperties: false,
  };
  expect(schemaErrors(schema, { a: 3, b: 'x', c: 1 })).toEqual([
    "'/' must NOT have additional properties (c)",
    "'/a' must be equal to one of the allowed values (1, 2)",
    '\'/b\' must match format "ipv4"',
  ]);
});

test.each([
  ['http://json-schema.org/draft-07/schema#', []],
  ['https://json-schema.org/draft/2020-12/schema', ["'/1' must be string"]],
])('applies the keywords of the draft: %s', ($schema, errors) => {
  // draft 7 ignores the keyword
  expect(schemaErrors({ $schema, prefixItems: [{}, { type: 'string' }] }, [1, 2])).toEqual(errors);
});

test('throws an error for an invalid schema', () => {
  expect(() => schemaErrors({ type: 'nonsense' }, {})).toThrow('type');
});
