/**
 * Pages of those who have signed in: own pages below /me, desks of staff. Never cached, never listed. Each route asks who sends
 * the request and whether they may; who has to sign in first, or more surely, is led there and back, with nothing typed lost.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type, { type Static, type TObject } from "typebox";
import { type Actor, type Assurance, authorise, type Permission } from "../actor.ts";
import { type CityCode, LANGUAGES, type Language } from "../cities.ts";
import type { Clock } from "../clock.ts";
import type { Db } from "../db.ts";
import { AppError } from "../errors.ts";
import { inEachLanguage } from "../i18n.ts";
import { EMPTY_FORM, type Form, formSchema, type FormValues, without } from "./forms.ts";
import { wantsJson } from "./negotiate.ts";
import type { PageContent, PageRequest, PageServices } from "./pages.ts";
import type { Params, Path, Query } from "./paths.ts";
import type { Visitor, Visitors } from "./visitor.ts";

/** Keeps what was typed while somebody signs in. Only the browser that typed it gets it back. */
export interface ParkedForms {
  /** Answers with the id by which `take` finds it. May set a cookie. */
  park(request: FastifyRequest, reply: FastifyReply, path: string, values: FormValues): Promise<string>;
  /** Undefined when it is not this browser's, was typed on another page, or is too old. It stays until it runs out. */
  find(request: FastifyRequest, path: string, id: string): Promise<FormValues | undefined>;
}

export interface PrivateServices extends PageServices {
  visitors: Visitors;
  parked: ParkedForms;
  clock: Clock;
  /** Where to sign in so that one comes back to `returnTo`, known as surely as `needs` says. */
  signInAt(language: Language, returnTo: string, needs: Assurance): string;
}

/** What a private page and its action are asked with. */
export interface PrivateRequest<P = Params> extends PageRequest<P> {
  visitor: Visitor;
  actor: Actor;
  now: ReturnType<Clock>;
  /** What has just been done, as the address says after an action: the page confirms it in words. */
  done: string | undefined;
  /** For what signing in and out needs: cookies, and where the request comes from. */
  http: { request: FastifyRequest; reply: FastifyReply };
}

interface PrivateRoute<P extends TObject> {
  path: Path;
  params: P;
  /** What else the address may ask, besides what each private page knows. */
  query?: TObject;
  /** Asked before anything is read; the action asks its own rule again. */
  permission(params: Static<P>): Permission;
}

export interface PrivatePage<P extends TObject, Data> extends PrivateRoute<P> {
  load(db: Db, ask: PrivateRequest<Static<P>>): Promise<Data>;
  view(data: Data, ask: PrivateRequest): PageContent;
}

export interface PrivateForm<P extends TObject, Data> extends PrivateRoute<P> {
  /** Names of the form's fields; others are dropped. */
  fields: readonly string[];
  /** Those of them that are neither shown again nor kept while somebody signs in: identity codes. */
  secret?: readonly string[];
  load(db: Db, ask: PrivateRequest<Static<P>>): Promise<Data>;
  view(data: Data, form: Form, ask: PrivateRequest): PageContent;
  /**
   * Does it and answers with where to go; or with a page, for what may be seen once and so must have no address.
   * Invalid, with fields, shows the form again with what was typed.
   */
  act(db: Db, values: FormValues, ask: PrivateRequest<Static<P>>): Promise<string | PageContent>;
}

export interface PrivateAction<P extends TObject> extends PrivateRoute<P> {
  fields?: readonly string[];
  /** Does it and answers with where to go. */
  act(db: Db, values: FormValues, ask: PrivateRequest<Static<P>>): Promise<string>;
  /** The page with the button, for who has to sign in first. */
  page: Path;
}

const HTML = "text/html; charset=utf-8";
const PageQuery = Type.Object({
  done: Type.Optional(Type.String({ pattern: "^[a-zA-Z]{1,40}$" })),
  parked: Type.Optional(Type.String({ pattern: "^[0-9a-f-]{36}$" })),
});
type PageQuery = Static<typeof PageQuery>;
const queryOf = ({ query }: { query?: TObject }): TObject =>
  Type.Object({ ...query?.properties, ...PageQuery.properties });

/** A page that is only read. */
export function addPrivatePage<P extends TObject, Data>(
  app: FastifyInstance,
  services: PrivateServices,
  page: PrivatePage<P, Data>,
): void {
  add(app, services, page, "GET", { querystring: queryOf(page) }, async (ask, _request, reply) => {
    const data = await page.load(services.db, ask);
    return show(services, reply, page.view(data, ask as PrivateRequest), ask as PrivateRequest);
  });
}

/** A form at one address: GET shows it, POST sends it. */
export function addPrivateForm<P extends TObject, Data>(
  app: FastifyInstance,
  services: PrivateServices,
  form: PrivateForm<P, Data>,
): void {
  const showForm = async (ask: PrivateRequest<Static<P>>, reply: FastifyReply, state: Form) => {
    const asked = ask as PrivateRequest;
    return show(services, reply, form.view(await form.load(services.db, ask), state, asked), asked);
  };

  add(app, services, form, "GET", { querystring: queryOf(form) }, async (ask, request, reply) => {
    const { parked } = request.query as PageQuery;
    const values = parked && (await services.parked.find(request, ask.url, parked));
    return showForm(ask, reply, values ? { values, mistakes: [], isResumed: true } : EMPTY_FORM);
  });

  add(
    app,
    services,
    form,
    "POST",
    { querystring: queryOf(form), body: formSchema(form.fields) },
    async (ask, request, reply) => {
      const values = request.body as FormValues;
      try {
        const done = await form.act(services.db, values, ask);
        if (typeof done !== "string") return show(services, reply, done, ask as PrivateRequest);
        return reply.redirect(done, 303);
      } catch (error) {
        if (!(error instanceof AppError) || error.kind !== "invalid" || error.fields.length === 0) throw error;
        const shown = without(values, form.secret);
        return showForm(ask, reply.code(422), { values: shown, mistakes: error.fields, isResumed: false });
      }
    },
  );
}

/** A button: POST does something and leads to a page. */
export function addPrivateAction<P extends TObject>(
  app: FastifyInstance,
  services: PrivateServices,
  action: PrivateAction<P>,
): void {
  add(app, services, action, "POST", { body: formSchema(action.fields ?? []) }, async (ask, request, reply) =>
    reply.redirect(await action.act(services.db, request.body as FormValues, ask), 303),
  );
}

type Answer<P extends TObject> = (
  ask: PrivateRequest<Static<P>>,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

/** One route in each language, which asks first who sends the request and whether they may. */
function add<P extends TObject>(
  app: FastifyInstance,
  services: PrivateServices,
  route: PrivateRoute<P> & { page?: Path; secret?: readonly string[] },
  method: "GET" | "POST",
  schema: object,
  answer: Answer<P>,
): void {
  for (const language of LANGUAGES) {
    app.route({
      method,
      url: route.path.patterns[language],
      schema: { hide: true, params: route.params, ...schema },
      config: { permission: (params) => route.permission(params as Static<P>) },
      async handler(request, reply) {
        reply.headers({ "cache-control": "no-store", vary: "cookie" });
        const ask = await askOf(services, route.path, language, request, reply);
        try {
          authorise(ask.actor, route.permission(ask.params as Static<P>));
          return await answer(ask as PrivateRequest<Static<P>>, request, reply);
        } catch (error) {
          return leadToSignIn(services, route, ask, request, reply, error);
        }
      },
    });
  }
}

async function askOf(
  services: PrivateServices,
  path: Path,
  language: Language,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<PrivateRequest> {
  const params = request.params as Params;
  const { done, parked: _parked, ...query } = request.query as PageQuery & Query;
  const visitor = await services.visitors.of(request);
  return {
    language,
    city: params["city"] as CityCode | undefined,
    params,
    query,
    url: path.href(language, params, query),
    alternates: inEachLanguage((other) => path.href(other, params, query)),
    shy: services.shy,
    visitor,
    actor: visitor.actor,
    now: services.clock(),
    done,
    http: { request, reply },
  };
}

/** Errors that signing in can mend lead there; a form that was sent waits meanwhile. All others are thrown again. */
async function leadToSignIn(
  services: PrivateServices,
  { page, secret }: { page?: Path; secret?: readonly string[] },
  ask: PrivateRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  if (!(error instanceof AppError) || error.kind !== "unauthenticated") throw error;
  if (wantsJson(request.url, request.headers.accept)) throw error;
  const returnTo = page
    ? page.href(ask.language, ask.params)
    : withParked(ask.url, await parkedBefore(services, ask, request, reply, secret));
  return reply.redirect(services.signInAt(ask.language, returnTo, error.needs), 303);
}

/** Id of what is typed on this page and not sent: just now, or before an earlier sign-in that was not finished. */
async function parkedBefore(
  { parked }: PrivateServices,
  { url }: PrivateRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  secret: readonly string[] | undefined,
): Promise<string | undefined> {
  if (request.method === "POST") return parked.park(request, reply, url, without(request.body as FormValues, secret));
  return (request.query as PageQuery).parked;
}

const withParked = (url: string, id: string | undefined): string =>
  id === undefined ? url : `${url}${url.includes("?") ? "&" : "?"}parked=${id}`;

const show = (services: PrivateServices, reply: FastifyReply, content: PageContent, ask: PrivateRequest) =>
  reply.type(HTML).send(services.render({ ...content, isPrivate: true }, ask, ask.visitor));
