import { Progress } from '../../src/cli/progress';

function written(isTTY: boolean | undefined, times: readonly number[]): string[] {
  const lines: string[] = [];
  const clock = [...times];
  const progress = new Progress({ isTTY, write: text => lines.push(text) }, () => clock.shift()!);
  progress.show('one');
  progress.show('two');
  progress.clear();
  progress.clear();
  return lines;
}

test('replaces its line on a terminal, not too often, and removes it at the end', () => {
  expect(written(true, [0, 300, 300, 350])).toEqual(['\r\u001b[Kone', '\r\u001b[K']);
  expect(written(true, [0, 300, 300, 600, 600])).toEqual(['\r\u001b[Kone', '\r\u001b[Ktwo', '\r\u001b[K']);
});

test.each([false, undefined])('writes nothing elsewhere', isTTY => {
  expect(written(isTTY, [0, 300, 300, 600, 600])).toEqual([]);
});

test('writes nothing for a fast command', () => {
  expect(written(true, [0, 1, 2])).toEqual([]);
});
