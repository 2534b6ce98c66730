/** Theme variables of VS Code for the harness: three themes, only what the panel uses. */
const light = {
  foreground: '#3b3b3b', 'sideBar-background': '#f8f8f8', 'sideBar-foreground': '#3b3b3b', descriptionForeground: '#5a5a5a', 'icon-foreground': '#3b3b3b',
  focusBorder: '#005fb8', 'sideBarSectionHeader-border': '#e5e5e5', 'panel-border': '#e5e5e5', 'widget-border': '#d9d9d9', 'input-background': '#ffffff', 'input-foreground': '#3b3b3b',
  'input-border': '#cecece', 'input-placeholderForeground': '#767676', 'inputOption-activeBackground': '#bed6ed', 'inputOption-activeForeground': '#000000', 'inputOption-activeBorder': '#005fb8',
  'toolbar-hoverBackground': 'rgba(184, 184, 184, 0.31)', 'textLink-foreground': '#005fb8', 'textLink-activeForeground': '#005fb8', 'badge-background': '#cccccc', 'badge-foreground': '#3b3b3b',
  'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8', 'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b',
  'button-secondaryHoverBackground': '#cccccc', 'button-border': 'rgba(0, 0, 0, 0.1)', 'list-activeSelectionBackground': '#e8e8e8', 'list-activeSelectionForeground': '#000000',
  'list-inactiveSelectionBackground': '#e4e6f1', 'list-hoverBackground': '#f2f2f2', 'list-highlightForeground': '#0066bf', 'list-focusHighlightForeground': '#0066bf', 'list-focusOutline': '#005fb8',
  'editor-findMatchHighlightBackground': 'rgba(234, 92, 0, 0.33)', 'editor-findMatchBackground': '#a8ac94', 'problemsErrorIcon-foreground': '#e51400', 'problemsWarningIcon-foreground': '#bf8803',
  'problemsInfoIcon-foreground': '#1a85ff', 'testing-iconPassed': '#73c991', 'inputValidation-infoBackground': '#d6ecf2', 'inputValidation-infoBorder': '#007acc',
  'inputValidation-warningBackground': '#f6f5d2', 'inputValidation-warningBorder': '#b89500', 'progressBar-background': '#005fb8', 'settings-dropdownBackground': '#ffffff',
  'settings-dropdownForeground': '#3b3b3b', 'settings-dropdownBorder': '#cecece', 'settings-dropdownListBorder': '#e5e5e5', 'keybindingLabel-background': 'rgba(221, 221, 221, 0.4)',
  'keybindingLabel-border': 'rgba(204, 204, 204, 0.4)', 'keybindingLabel-foreground': '#3b3b3b', 'editorWidget-background': '#f8f8f8', 'textCodeBlock-background': '#f0f0f0',
  'textPreformat-foreground': '#3b3b3b', 'textPreformat-background': 'rgba(0, 0, 0, 0.12)', 'textBlockQuote-background': '#f8f8f8', 'textBlockQuote-border': '#e5e5e5',
};
const dark = {
  ...light,
  foreground: '#cccccc', 'sideBar-background': '#181818', 'sideBar-foreground': '#cccccc', descriptionForeground: '#9d9d9d', 'icon-foreground': '#cccccc', focusBorder: '#0078d4',
  'sideBarSectionHeader-border': '#2b2b2b', 'panel-border': '#2b2b2b', 'widget-border': '#313131', 'input-background': '#313131', 'input-foreground': '#cccccc', 'input-border': '#3c3c3c',
  'input-placeholderForeground': '#989898', 'inputOption-activeBackground': 'rgba(36, 137, 219, 0.51)', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#2488db',
  'toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)', 'textLink-foreground': '#4daafc', 'textLink-activeForeground': '#4daafc', 'badge-background': '#616161', 'badge-foreground': '#f8f8f8',
  'button-background': '#0078d4', 'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-border': 'rgba(255, 255, 255, 0.07)',
  'list-activeSelectionBackground': '#04395e', 'list-activeSelectionForeground': '#ffffff', 'list-inactiveSelectionBackground': '#37373d', 'list-hoverBackground': '#2a2d2e',
  'list-highlightForeground': '#2aaaff', 'list-focusHighlightForeground': '#2aaaff', 'list-focusOutline': '#0078d4', 'editor-findMatchBackground': '#9e6a03',
  'problemsErrorIcon-foreground': '#f14c4c', 'problemsWarningIcon-foreground': '#cca700', 'problemsInfoIcon-foreground': '#3794ff', 'inputValidation-infoBackground': '#063b49',
  'inputValidation-warningBackground': '#352a05', 'progressBar-background': '#0078d4', 'settings-dropdownBackground': '#313131', 'settings-dropdownForeground': '#cccccc',
  'settings-dropdownBorder': '#3c3c3c', 'settings-dropdownListBorder': '#454545', 'keybindingLabel-background': 'rgba(128, 128, 128, 0.17)', 'keybindingLabel-border': 'rgba(51, 51, 51, 0.6)',
  'keybindingLabel-foreground': '#cccccc', 'editorWidget-background': '#202020', 'textCodeBlock-background': '#2b2b2b', 'textPreformat-foreground': '#d0d0d0',
  'textPreformat-background': '#3c3c3c', 'textBlockQuote-background': '#2b2b2b', 'textBlockQuote-border': '#616161',
};
const contrast = {
  foreground: '#ffffff', 'sideBar-background': '#000000', 'sideBar-foreground': '#ffffff', descriptionForeground: 'rgba(255, 255, 255, 0.7)', 'icon-foreground': '#ffffff', focusBorder: '#f38518',
  contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', 'sideBarSectionHeader-border': '#6fc3df', 'panel-border': '#6fc3df', 'widget-border': '#6fc3df', 'input-background': '#000000',
  'input-foreground': '#ffffff', 'input-border': '#6fc3df', 'input-placeholderForeground': 'rgba(255, 255, 255, 0.7)', 'inputOption-activeBackground': 'rgba(0, 0, 0, 0)',
  'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#6fc3df', 'toolbar-hoverOutline': '#f38518', 'textLink-foreground': '#21a6ff', 'textLink-activeForeground': '#21a6ff',
  'badge-background': '#000000', 'badge-foreground': '#ffffff', 'button-background': '#000000', 'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'button-secondaryBackground': '#000000',
  'button-secondaryForeground': '#ffffff', 'button-secondaryHoverBackground': '#000000', 'button-hoverBackground': '#000000', 'list-activeSelectionBackground': '#000000',
  'list-activeSelectionForeground': '#ffffff', 'list-hoverBackground': 'rgba(255, 255, 255, 0.1)', 'list-highlightForeground': '#f38518', 'list-focusHighlightForeground': '#f38518',
  'list-focusOutline': '#f38518', 'editor-findMatchHighlightBorder': '#f38518', 'editor-findMatchBorder': '#f38518', 'problemsErrorIcon-foreground': '#f48771',
  'problemsWarningIcon-foreground': '#ffd370', 'problemsInfoIcon-foreground': '#3794ff', 'testing-iconPassed': '#73c991', 'inputValidation-infoBackground': '#000000',
  'inputValidation-infoBorder': '#6fc3df', 'inputValidation-warningBackground': '#000000', 'inputValidation-warningBorder': '#6fc3df', 'progressBar-background': '#6fc3df',
  'settings-dropdownBackground': '#000000', 'settings-dropdownForeground': '#ffffff', 'settings-dropdownBorder': '#6fc3df', 'settings-dropdownListBorder': '#6fc3df',
  'keybindingLabel-background': 'rgba(0, 0, 0, 0)', 'keybindingLabel-border': '#6fc3df', 'keybindingLabel-foreground': '#ffffff', 'editorWidget-background': '#0c141f',
  'textCodeBlock-background': '#000000', 'textPreformat-foreground': '#ffffff', 'textPreformat-background': '#000000', 'textBlockQuote-border': '#ffffff',
};

const themes: Readonly<Record<string, Readonly<Record<string, string>>>> = { light, dark, contrast };

/** Classes that VS Code puts on the body. */
export const bodyClasses: Readonly<Record<string, string>> = { light: 'vscode-light', dark: 'vscode-dark', contrast: 'vscode-high-contrast' };

/** The style sheet that VS Code would put around the panel's own. */
export function themeCss(name: string): string {
  const variables = Object.entries(themes[name] ?? light).map(([key, value]) => `--vscode-${key}: ${value};`);
  return `html { ${variables.join(' ')} --vscode-font-family: 'Noto Sans CJK JP', sans-serif; --vscode-font-size: 13px; --vscode-font-weight: normal; }
body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); font-weight: var(--vscode-font-weight); padding: 0 20px; }
code { font-family: monospace; }`;
}
