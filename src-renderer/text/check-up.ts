/** @file The doctor's report in sentences: what works, what does not, and what that means. */
import type { DoctorReport } from '../../src-main/contract/model.ts';
import { backendNames, formatName } from './formats.ts';
import { bytes, counted } from './numbers.ts';
import { fileName } from './places.ts';

export interface Finding {
  title: string;
  detail: string;
  ok: boolean;
}

export function findingsOf(report: DoctorReport): Finding[] {
  return [database(report), backend(report), localFeatures(report), model(report), folders(report), network];
}

function database({ database: { ok, bytes: size, schema, photos, path } }: DoctorReport): Finding {
  return {
    ok,
    title: ok ? 'Database is whole' : 'Database is damaged',
    detail: `${bytes(size)}, version ${schema}, ${counted(photos, 'photo')}; ${path}`,
  };
}

function backend({ backends }: DoctorReport): Finding {
  const chosen = backends.find((entry) => entry.chosen);
  const others = backends.filter((entry) => !entry.chosen);
  const working = others.filter((entry) => entry.available).map((entry) => entry.reason);
  const missing = others
    .filter((entry) => !entry.available)
    .map((entry) => `${capital(backendNames[entry.name])} is not here: ${sentence(entry.reason)}`);
  if (chosen === undefined) {
    return { ok: false, title: 'No network engine runs here', detail: missing.join(' ') };
  }
  const also = working.length === 0 ? [] : [sentence(`Works too: ${working.join('; ')}`)];
  return {
    ok: true,
    title: `Network engine: ${backendNames[chosen.name]}`,
    detail: [sentence(capital(chosen.reason)), ...also, ...missing].join(' '),
  };
}

function localFeatures({ localFeatures: { runs, reason } }: DoctorReport): Finding {
  if (runs === 'wasm') {
    return { ok: true, title: 'Details are compared in WebAssembly', detail: 'The fast way.' };
  }
  if (runs === null) return { ok: false, title: 'Details can’t be compared', detail: reason };
  return { ok: true, title: 'Details are compared in plain JavaScript', detail: `The slow way. ${reason}` };
}

function model({ model: name, node }: DoctorReport): Finding {
  return {
    ok: true,
    title: `Model ${name}`,
    detail: `It came with the app. Runs on Node ${node.replace(/^v/, '')}.`,
  };
}

function folders({ folders: all }: DoctorReport): Finding {
  const away = all.filter((folder) => !folder.online && folder.role !== 'excluded');
  if (all.length === 0) return { ok: true, title: 'No folder yet', detail: 'Add one in the library.' };
  if (away.length === 0) {
    return {
      ok: true,
      title: all.length === 1 ? 'The folder is connected' : `All ${all.length} folders are connected`,
      detail: `${counted(
        all.reduce((sum, folder) => sum + folder.photos, 0),
        'photo',
      )} are listed.`,
    };
  }
  const said = away.map(
    (folder) =>
      `“${fileName(folder.path)}”: ${folder.photos === 1 ? 'its photo stays' : `its ${counted(folder.photos, 'photo')} stay`} listed`,
  );
  return {
    ok: false,
    title: `${away.length} of ${counted(all.length, 'folder')} ${away.length === 1 ? 'is' : 'are'} not connected`,
    detail: `${said.join('; ')}.`,
  };
}

const network: Finding = {
  ok: true,
  title: 'Nothing leaves this computer',
  detail: 'The app opens no connection to anywhere.',
};

export interface FormatFindings {
  formats: { name: string; readable: boolean }[];
  /** One sentence a reason, with the formats that it holds for. */
  reasons: string[];
}

export function formatsOf(report: DoctorReport): FormatFindings {
  const entries = Object.entries(report.formats);
  const byReason = Map.groupBy(
    entries.filter(([, state]) => state !== true),
    ([, state]) => state,
  );
  return {
    formats: entries.map(([name, state]) => ({ name: formatName(name), readable: state === true })),
    reasons: [...byReason].map(
      ([reason, those]) => `${those.map(([name]) => formatName(name)).join(', ')}: ${reason}`,
    ),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
