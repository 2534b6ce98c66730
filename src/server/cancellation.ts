import type { CancellationToken } from 'vscode-languageserver';
import type { Cancellation } from '../core/workspace';

/** A request's token as the core asks it. */
export function cancellationOf(token: CancellationToken): Cancellation {
  return {
    get isCancelled() {
      return token.isCancellationRequested;
    },
  };
}
