import * as vscode from 'vscode';

/** The answer of a step when the person went back. */
export const back = Symbol('back');

interface Step {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/**
 * One step of a native dialog with a list.
 * @param options `written` makes a row of what somebody types instead of choosing
 * @returns the row, {@link back}, or `undefined` for Esc
 */
export function pickStep<T extends vscode.QuickPickItem>(
  options: Step & { readonly placeholder: string; readonly items: readonly T[]; readonly written?: (text: string) => T },
): Promise<T | typeof back | undefined> {
  const pick = vscode.window.createQuickPick<T>();
  pick.placeholder = options.placeholder;
  pick.items = options.items;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const { items, written } = options;
  return run(pick, options, (settle) => [
    pick.onDidAccept(() => {
      const [row] = pick.selectedItems;
      // With no row left, Enter must not end the whole dialog.
      if (row !== undefined) settle(row);
    }),
    ...(written === undefined ? [] : [pick.onDidChangeValue((text) => (pick.items = text.trim() === '' ? items : [...items, { ...written(text.trim()), alwaysShow: true }]))]),
  ]);
}

/** One step with a list in which several rows are ticked. @returns the ticked rows, {@link back}, or `undefined` for Esc */
export function tickStep<T extends vscode.QuickPickItem>(
  options: Step & { readonly placeholder: string; readonly prompt: string; readonly items: readonly T[]; readonly ticked: readonly T[] },
): Promise<readonly T[] | typeof back | undefined> {
  const pick = vscode.window.createQuickPick<T>();
  pick.canSelectMany = true;
  pick.placeholder = options.placeholder;
  pick.prompt = options.prompt;
  pick.items = options.items;
  pick.selectedItems = options.ticked;
  pick.matchOnDescription = true;
  return run<readonly T[]>(pick, options, (settle) => [pick.onDidAccept(() => settle(pick.selectedItems))]);
}

/** One step with a text box. `validate` gives a sentence, or `undefined` when the text will do. */
export function inputStep(
  options: Step & { readonly prompt: string; readonly value: string; readonly validate: (text: string) => string | undefined | Promise<string | undefined> },
): Promise<string | typeof back | undefined> {
  const input = vscode.window.createInputBox();
  input.prompt = options.prompt;
  input.value = options.value;
  const check = async (): Promise<boolean> => {
    const text = input.value.trim();
    const message = await options.validate(text);
    if (text === input.value.trim()) input.validationMessage = message;
    return message === undefined;
  };
  return run<string>(input, options, (settle) => [
    input.onDidChangeValue(() => void check()),
    input.onDidAccept(async () => {
      if (await check()) settle(input.value.trim());
    }),
  ]);
}

function run<R>(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[]; readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton> },
  options: Step,
  listen: (settle: (result: R | typeof back | undefined) => void) => vscode.Disposable[],
): Promise<R | typeof back | undefined> {
  input.title = options.title;
  input.step = options.step;
  input.totalSteps = options.totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = options.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const settle = (result: R | typeof back | undefined): void => {
      resolve(result);
      input.hide();
    };
    const listeners = [
      ...listen(settle),
      input.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && settle(back)),
      input.onDidHide(() => {
        resolve(undefined);
        for (const listener of listeners) listener.dispose();
        input.dispose();
      }),
    ];
    input.show();
  });
}
