import { readSettings } from '../../src/inspect/config-syntax';

test.each([
  ['words', '# dir /no\ndir "/data"\nsave 60 1\nsave ""', 'save', ['60 1', '']],
  ['words', 'dir /data # here', 'DIR', ['/data']],
  ['assignments', "data_directory = '/data' # here\ndata_directory='/other'", 'data_directory', ['/data', '/other']],
  ['assignments', 'log.dirs=/a,/b\n#log.dirs=/c', 'log.dirs', ['/a,/b']],
  ['sections', '[client]\ndatadir=/no\n[mysqld]\ndatadir = /data\n[mysqldump]\ndatadir=/no', 'datadir', ['/data']],
  ['sections', '[server]\ndatadir=/data', 'datadir', ['/data']],
  ['yaml', 'storage: {dbPath: /data}', 'storage.dbPath', ['/data']],
  ['yaml', 'path.data: [/a, /b]', 'path.data', ['/a', '/b']],
  ['yaml', 'path:\n  data: /a', 'path.data', ['/a']],
  ['yaml', 'dbpath=/data', 'dbpath', ['/data']],
  ['yaml', 'a: [', 'a', []],
] as const)('reads %s %j: %s is %j', (syntax, content, name, values) => {
  expect(readSettings(syntax, content)(name)).toEqual(values);
});
