import { readYaml } from '../../src/inspect/read-yaml';
import { containsOnlyShellScripts } from '../../src/predicates/shell-scripts';

const checked = (data: string) =>
  containsOnlyShellScripts(
    readYaml(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: ${data}\n`, 'a.yaml').objects[0],
  );

test.each([
  ['{run.sh: "echo"}', true],
  ['{run: "#!/bin/sh\\necho"}', true],
  ['{run: "#!/usr/bin/env bash\\necho"}', true],
  ['{run: "#!/usr/bin/env python3\\nprint()"}', false],
  ['{run.sh: "echo", app.conf: "a=b"}', false],
  ['{}', false],
])('tells whether the files %s are shell scripts: %p', (data, expected) => {
  expect(checked(data)).toBe(expected);
});
