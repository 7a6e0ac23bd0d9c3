import { connect } from 'net';

/** Checks a condition repeatedly; returns false after the timeout. */
export async function until(condition: () => Promise<boolean>, seconds: number, pause = 200): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) {
      return false;
    }
    await sleep(pause / 1000);
  }
  return true;
}

export const sleep = (seconds: number) => new Promise<void>(resolve => setTimeout(resolve, seconds * 1000));

/** Returns whether a port accepts connections. */
export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    const finish = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket
      .once('connect', () => finish(true))
      .once('error', () => finish(false))
      .setTimeout(2000, () => finish(false));
  });
}
