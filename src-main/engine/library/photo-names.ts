/** @file What a file's name says about it. Names only decide what is opened; the format is told by content. */

const PHOTO = [
  'jpg jpeg jpe jfif jif png apng webp avif avifs gif tif tiff heic heif hif bmp dib jxl',
  // Camera RAW
  '3fr ari arw bay cap cr2 cr3 crw dcr dcs dng drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw',
  'orf pef ptx pxn r3d raf raw rw2 rwl rwz sr2 srf srw x3f',
];

const OTHER = [
  // Sidecars and the files of photo programs and cameras
  'xmp aae thm pp3 dop cos cof lrcat lrdata lrprev on1 ini db db-shm db-wal db-journal ithmb ctg ind',
  // Drawings and documents of picture programs
  'svg svgz psd psb ai eps indd xcf kra afphoto afdesign cdr sketch fig ico icns cur',
  // Documents
  'pdf doc docx odt rtf xls xlsx ods csv tsv ppt pptx odp txt md tex epub mobi pages numbers key log bib',
  // Video
  'mp4 m4v mov avi mkv webm mpg mpeg mts m2ts ts wmv flv 3gp 3g2 vob ogv lrv insv mod tod dv',
  // Audio
  'mp3 m4a aac flac wav ogg oga opus wma aif aiff amr mid midi m3u m3u8',
  // Archives, disk images, programs
  'zip tar gz tgz bz2 xz zst 7z rar iso dmg img vmdk vdi qcow2 exe dll so dylib o a msi deb rpm apk jar bin class',
  // Code, data, fonts
  'js mjs cjs jsx tsx mts cts json jsonl ndjson map html htm xhtml css scss less xml yml yaml toml ini cfg conf env',
  'py pyc ipynb java kt c h cc cpp hpp cs go rs rb php swift sh bash zsh bat cmd ps1 pl lua r sql sqlite sqlite3',
  'svelte vue lock ttf otf woff woff2 eot wasm npy npz pt onnx safetensors h5 parquet',
  // Half a file, or a note about one
  'part partial crdownload download tmp swp lnk url webloc desktop torrent nfo gpx kml ics vcf eml',
];

function words(lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

const photoExtensions = words(PHOTO);
const otherExtensions = words(OTHER);

/** photo: a failure to read it is shown. other: never opened. unknown: its content tells. */
export type NameKind = 'photo' | 'other' | 'unknown';

export function nameKind(name: string): NameKind {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return 'unknown';
  const extension = name.slice(dot + 1).toLowerCase();
  if (photoExtensions.has(extension)) return 'photo';
  return otherExtensions.has(extension) ? 'other' : 'unknown';
}
