/** Frames of a delivery's films: indexes and decoders of those looked at last are kept. */
import type { ByteSource } from '../../../shared/base/bytes.ts';
import { done, failed, ProblemError, type Result } from '../../../shared/base/problem.ts';
import { readFilmIndex } from '../../../shared/readers/video/mp4Index.ts';
import { FilmDecoder } from './filmDecoder.ts';

/** A vehicle has seven cameras or so; each may be looked at in turn. */
const mostFilms = 8;
const films = new Map<string, Promise<Result<FilmDecoder>>>();

async function openFilm(open: () => Promise<ByteSource>, path: string): Promise<Result<FilmDecoder>> {
  const source = await open();
  const film = await readFilmIndex(source, path);
  if (!film.ok) return film;
  const { codec, description, width, height } = film.value;
  const config = { codec, codedWidth: width, codedHeight: height, ...(description ? { description } : {}) };
  const isSupported =
    typeof VideoDecoder !== 'undefined' && (await VideoDecoder.isConfigSupported(config)).supported === true;
  if (!isSupported) {
    return failed({ code: 'video-codec-unsupported', severity: 'error', path, params: { codec } });
  }
  return done(new FilmDecoder(film.value, source, path));
}

/**
 * One frame as a bitmap. `key` names the film among all deliveries; `open` gives its bytes and is called once while the
 * film is kept, so it must not end with one request's signal.
 */
export async function filmFrame(
  key: string,
  path: string,
  open: () => Promise<ByteSource>,
  frame: number,
  signal: AbortSignal,
): Promise<Result<ImageBitmap>> {
  let film = films.get(key);
  films.delete(key);
  film ??= openFilm(open, path);
  films.set(key, film);
  const oldest = films.size > mostFilms ? films.keys().next().value : undefined;
  if (oldest !== undefined) {
    const dropped = films.get(oldest)!;
    films.delete(oldest);
    // Nobody waits for it here; whoever asked for it has its own answer.
    void dropped.then((result) => result.ok && result.value.close()).catch(() => undefined);
  }
  try {
    const decoder = await film;
    if (decoder.ok) return await decoder.value.frame(frame, signal);
    films.delete(key);
    return decoder;
  } catch (error) {
    if (!signal.aborted) films.delete(key);
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}
