import * as vscode from 'vscode';

/** The word for a severity in the language of the editor. */
export function severityLabel(severity: 'error' | 'warning' | 'info' | 'hint'): string {
  switch (severity) {
    case 'error':
      return vscode.l10n.t('Error');
    case 'warning':
      return vscode.l10n.t('Warning');
    case 'info':
      return vscode.l10n.t('Info');
    case 'hint':
      return vscode.l10n.t('Hint');
  }
}
