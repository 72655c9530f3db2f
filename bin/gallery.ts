/** Serves the component gallery and the sample pages for looking: `node bin/run.mjs bin/gallery.ts [port]`. */
import { SAMPLE_NAMES } from "#test/gallery/samples.tsx";
import { serveGallery } from "#test/gallery/serve.ts";

const port = Number(process.argv[2] ?? 4000);
await serveGallery(port);
for (const name of SAMPLE_NAMES) console.log(`http://127.0.0.1:${port}/fi/helsinki/${name}`);
