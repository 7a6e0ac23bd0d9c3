import { parse } from 'yaml';
import { LogFormat, LogTimeFormat } from '../../../src';
import { configOf, logged } from '../fixtures';

test('the database of the OpenTelemetry Collector survives a node crash', () => {
  expect(parse(configOf(logged())).extensions.file_storage).toEqual({
    directory: '/var/lib/log-collector',
    create_directory: true,
    fsync: true,
    recreate: true,
  });
});

test('strings that look like a date are quoted', () => {
  const time = { field: 'ts', format: LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S') };
  expect(configOf(logged({ format: LogFormat.json({ time }) }))).toContain('layout: "2006-01-02 15:04:05"');
});
