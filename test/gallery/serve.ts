/** Serves the gallery and the sample pages, with the content security policy that the real server has. */
import { createServer, type Server } from "node:http";
import { isCityCode, isLanguage } from "#core/cities.ts";
import { ASSETS } from "#ui/assets.ts";
import { renderPage } from "#ui/page.tsx";
import { samplePage } from "./samples.tsx";

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'";

/** `port` 0 takes any free one. Resolves when it listens; the caller closes it. */
export function serveGallery(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const asset = ASSETS.find((one) => one.path === pathname);
    if (asset) {
      response.writeHead(200, { "content-type": asset.type }).end(asset.body);
      return;
    }
    const [, lang = "", city = "", name = ""] = pathname.split("/");
    const page = isLanguage(lang) ? samplePage(lang, isCityCode(city) ? city : null, name) : null;
    response.setHeader("content-security-policy", CONTENT_SECURITY_POLICY);
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(page ? renderPage(page) : "Not found");
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}
