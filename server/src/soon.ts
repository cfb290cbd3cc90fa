/** Puts work behind the messages that have arrived already, and drops it if one of them cancels it. */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

declare const setImmediate: undefined | ((callback: () => void) => unknown);

/** Runs a function after what is in the queue. */
export const soon = (run: () => void): void => {
  if (typeof setImmediate === 'function') setImmediate(run);
  else setTimeout(run, 0);
};

const cancelled = (): ResponseError =>
  new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');

/**
 * Answers a request after what is in the queue. What goes wrong is logged with its trace, and answered as an error.
 * @throws ResponseError when the request is cancelled before or meanwhile
 */
export async function answerSoon<T>(
  connection: Connection,
  token: CancellationToken,
  answer: () => T | Promise<T>,
): Promise<T> {
  const check = (): void => {
    if (token.isCancellationRequested) throw cancelled();
  };
  await new Promise<void>(soon);
  check();
  const result = await Promise.resolve()
    .then(answer)
    .catch((error: unknown) => {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      throw error;
    });
  check();
  return result;
}

/** Lets a promise run by itself; that it fails is told, and harms nothing. */
export function inBackground(connection: Connection, what: string, promise: Promise<unknown>): void {
  promise.catch((error: unknown) => {
    connection.console.error(`${what}: ${String(error)}`);
  });
}
