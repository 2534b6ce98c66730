import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { refusingAfterShutdown } from './after-shutdown';
import { startServer } from './start';
import { clonedWire } from './wire';

/** Entry of the server as a Web Worker. The first message is the client's signal to begin; LSP follows. */
const worker = globalThis as unknown as Worker;

worker.addEventListener('message', begin, { once: true });

function begin(): void {
  const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker), { messageStrategy: refusingAfterShutdown() });
  startServer(connection, {
    diskFolder: undefined,
    indexFolder: undefined,
    wire: clonedWire,
    readText: () => Promise.reject(new Error('no disk')),
    starterFile: undefined,
    home: undefined,
    language: 'ja',
    history: undefined,
    now: () => performance.now(),
    clock: () => Date.now(),
    breath: messageBreath(),
  });
}

/** A message is the quickest way round the event loop in a worker: timers are held back. */
function messageBreath(): () => Promise<void> {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}
