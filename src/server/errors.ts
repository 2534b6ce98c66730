import { ResponseError } from 'vscode-languageserver';

/** What a request answers when it cannot be served: one sentence for the person, in the language of the interface. */
export function refusal(message: string): ResponseError {
  return new ResponseError(-32803, message);
}
