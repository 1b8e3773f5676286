import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../helpers/http.ts';
import { makePhotoTree } from '../helpers/photo-tree.ts';
import { buildWhatIsMissing, lookalike, start, type Running } from '../helpers/program.ts';

let home: string;
let serving: Running | undefined;

beforeAll(async () => {
  buildWhatIsMissing();
  home = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-serve-')));
  await makePhotoTree(home);
});
afterEach(async () => {
  serving?.process.kill('SIGKILL');
  await serving?.ended;
  serving = undefined;
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('serve', () => {
  it('prints its address, scans a folder, prints the groups, and serves the window all the while', async () => {
    serving = start(['serve', 'photos'], { home });
    const [, port = '', key = ''] = await serving.until('out', /^http:\/\/127\.0\.0\.1:(\d+)\/\?key=(\S+)\n/);
    const headers = { host: `127.0.0.1:${port}`, authorization: `Bearer ${key}` };
    const page = await ask({ port: Number(port), path: '/', headers });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    await serving.until('out', /3 groups, 4 copies/);
    await serving.until('out', /Same file +100 %/);
    await serving.until('err', /Read photos: /);
    const origin = `http://127.0.0.1:${port}`;
    const summary = await ask({
      port: Number(port),
      path: '/api/library.summary',
      method: 'POST',
      headers: { ...headers, origin },
    });
    expect(JSON.parse(summary.body)).toMatchObject({ output: { photos: 8, groups: 3 } });
    const groups = await ask({
      port: Number(port),
      path: '/api/groups.list',
      method: 'POST',
      headers: { ...headers, origin },
    });
    const list = JSON.parse(groups.body) as { output: { groups: { keeper: number }[] } };
    const picture = await ask({
      port: Number(port),
      path: `/photo/${list.output.groups[0]!.keeper}/thumbnail`,
      headers,
    });
    expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/jpeg']);
    expect([...picture.bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    serving.process.kill('SIGINT');
    expect((await serving.ended).code).toBe(130);
  });

  it('with --json prints documents a line', async () => {
    serving = start(['serve', 'photos', '--json', '--quiet'], { home });
    await serving.until('out', /"scan"/);
    serving.process.kill('SIGINT');
    const { out } = await serving.ended;
    const [address, result] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(address).toMatchObject({ url: expect.stringContaining('?key=') as string });
    expect(result).toMatchObject({ scan: { photos: 8 } });
    expect(result!['groups']).toHaveLength(3);
  });

  it.skipIf(process.platform !== 'linux')('opens the browser with --open', async () => {
    const tools = join(home, 'tools');
    await mkdir(tools);
    await writeFile(
      join(tools, 'xdg-open'),
      `#!/bin/sh\nprintf %s "$1" > "${home}/opened.part"\nmv "${home}/opened.part" "${home}/opened"\n`,
    );
    await chmod(join(tools, 'xdg-open'), 0o755);
    serving = start(['serve', '--open'], { home, env: { PATH: `${tools}:${process.env['PATH'] ?? ''}` } });
    const [, url = ''] = await serving.until('out', /^(http:\S+)\n/);
    await expect
      .poll(() => readFile(join(home, 'opened'), 'utf8').catch(() => ''), { timeout: 30_000 })
      .toBe(url);
  });

  it('ends with 2 when the port is taken, and with 3 when the folder is missing', async () => {
    serving = start(['serve'], { home });
    const [, port = ''] = await serving.until('out', /^http:\/\/127\.0\.0\.1:(\d+)/);
    const second = await lookalike(['serve', '--port', port], { home });
    expect([second.code, second.out]).toEqual([2, '']);
    expect(second.err).toContain(`Port ${port} is taken.`);
    const third = await lookalike(['serve', 'no such folder'], { home });
    expect([third.code, third.out]).toEqual([3, '']);
  });
});
