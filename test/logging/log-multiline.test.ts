import { LogMultiline } from '../../src';

/** Records of programs: the first line starts a record, and all other lines continue it. */
const TRACES: [string, LogMultiline, string[]][] = [
  [
    'Java',
    LogMultiline.java(),
    [
      '2026-01-31 10:20:30 ERROR boom\njava.lang.IllegalStateException: boom\n\tat com.acme.A.b(A.java:1)\nCaused ' +
        'by: java.io.IOException: x\n\t... 12 more',
      '2026-01-31 10:20:31 ERROR boom\norg.acme.Failure$InnerException\n\tat a.B.c(B.java:2)\n\tSuppressed: ' +
        'java.lang.Error: y\n\t\tat a.B.d(B.java:3)',
    ],
  ],
  [
    'Python',
    LogMultiline.python(),
    [
      'ERROR:root:boom\nTraceback (most recent call last):\n  File "a.py", line 1, in <module>\n    ' +
        'f()\nValueError: bad',
      'ERROR boom\nTraceback (most recent call last):\n  File "a.py", line 2, in f\nKeyError: 1\n\nDuring ' +
        'handling of the above exception, another exception occurred:\n\n' +
        'Traceback (most recent call last):\n  File "a.py", line 3\nacme.errors.CustomError',
    ],
  ],
  [
    'Go',
    LogMultiline.go(),
    [
      'panic: boom\n\ngoroutine 1 ' +
        '[running]:\nmain.f(...)\n\t/app/main.go:12\nmain.(*Server).serve(0xc000012345)\n\t/app/main.go:7 ' +
        '+0x1d\ncreated by main.main\n\t/app/main.go:3 +0x20',
    ],
  ],
  [
    'Ruby',
    LogMultiline.ruby(),
    [
      "RuntimeError: boom\napp.rb:3:in `f'\n\tfrom app.rb:7:in `<main>'",
      "E, [2026-01-31] boom (RuntimeError)\n/app/a.rb:1:in 'Integer#/'\n/app/b.rb:2:in 'block in run'",
    ],
  ],
  [
    '.NET',
    LogMultiline.dotnet(),
    [
      'fail: Acme[0]\n      boom\nSystem.InvalidOperationException: boom\n   at Acme.A.B() in /src/A.cs:line ' +
        '1\n--- End of stack trace from previous location ---\n   at Acme.C.D()',
    ],
  ],
  [
    'JavaScript',
    LogMultiline.javascript(),
    [
      'request failed\nTypeError: a is not a function\n    at f (/app/a.js:1:2)\n    at async g (/app/b.js:3:4) ' +
        "{\n  code: 'E'\n}",
    ],
  ],
];

describe.each(TRACES)('stack traces of %s', (_, { _rule: { kind, pattern } }, records) => {
  const continues = new RegExp(pattern);

  test.each(records)('%j is one record', record => {
    const [first, ...further] = record.split('\n');
    expect(kind).toBe('continuation');
    expect(first).not.toMatch(continues);
    expect(further.filter(line => !continues.test(line))).toEqual([]);
  });

  test('common log lines start records', () => {
    const lines = [
      '2026-01-31T10:20:30Z INFO hello',
      '[main] started',
      '{"level":"info"}',
      'level=info msg=hello',
      'I0131 10:20:30.123456 1 main.go:1] hello',
      'hello',
    ];
    expect(lines.filter(line => continues.test(line))).toEqual([]);
  });
});
