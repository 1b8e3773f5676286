import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  addFolders: () => void;
  scanAll: () => void;
}

/**
 * The menu: few entries, each with its key. It is hidden outside macOS until Alt is pressed; its keys work anyway.
 * @param built.packaged leaves reload and the developer tools out
 */
export function menuTemplate(
  actions: MenuActions,
  built: { packaged: boolean; platform: NodeJS.Platform },
): MenuItemConstructorOptions[] {
  const mac = built.platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Add folders…', accelerator: 'CmdOrCtrl+O', click: actions.addFolders },
        { label: 'Scan all folders', accelerator: 'F5', click: actions.scanAll },
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit', accelerator: 'CmdOrCtrl+Q' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(built.packaged ? [] : developerItems),
      ],
    },
    { role: 'windowMenu' },
  ];
}

const developerItems: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'reload', accelerator: 'CmdOrCtrl+R' },
  { role: 'toggleDevTools' },
];
