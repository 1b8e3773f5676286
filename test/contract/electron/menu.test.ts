import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from '../../../src-main/shells/electron/menu.ts';

const actions = { addFolders: () => undefined, scanAll: () => undefined };

function items(packaged: boolean, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  return menuTemplate(actions, { packaged, platform }).flatMap(({ submenu }) =>
    Array.isArray(submenu) ? submenu : [],
  );
}

test.each(['linux', 'darwin', 'win32'] as const)(
  'a packed program on %s has no developer tools',
  (platform) => {
    const roles = items(true, platform).map(({ role }) => role);
    expect(roles).not.toContain('toggleDevTools');
    expect(roles).not.toContain('reload');
    expect(items(false, platform).map(({ role }) => role)).toContain('toggleDevTools');
  },
);

test('no two entries share a key, and each of ours has one', () => {
  const keys = items(false, 'linux').flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(
    items(true, 'linux').filter(({ click, accelerator }) => click !== undefined && accelerator === undefined),
  ).toEqual([]);
});
