import { ErrorCodes, Message, ResponseError, type Connection, type MessageStrategy, type RequestMessage } from 'vscode-languageserver';

const refused = 'kobo/refused';

/** Lets no request through once the client has asked for the shutdown: LSP wants them refused. Needs {@link serveRefusal}. */
export function refusingAfterShutdown(): MessageStrategy {
  let isShutDown = false;
  return {
    handleMessage: (message, next) => {
      if (!Message.isRequest(message)) return next(message);
      const request: RequestMessage = isShutDown ? { ...message, method: refused } : message;
      isShutDown ||= message.method === 'shutdown';
      return next(request);
    },
  };
}

/** What such a request answers. */
export function serveRefusal(connection: Connection): void {
  connection.onRequest(refused, () => new ResponseError(ErrorCodes.InvalidRequest, 'The server has been shut down.'));
}
