// Questions to the server. A question that is asked anew drops the one before it.

export class Refused extends Error {}

export class Asker {
  #controller = null;

  get isAsking() {
    return this.#controller !== null;
  }

  drop() {
    this.#controller?.abort();
    this.#controller = null;
  }

  // Resolves to the answer, or to null where it was dropped; throws Refused with what the server said.
  async ask(path, query, body) {
    this.drop();
    const controller = new AbortController();
    this.#controller = controller;
    const given = Object.entries(query).filter(([, value]) => value);
    try {
      const answer = await fetch(`${path}?${new URLSearchParams(given)}`, {
        method: body === undefined ? "GET" : "POST",
        body,
        headers: body === undefined ? {} : { "Content-Type": "text/plain;charset=utf-8" },
        signal: controller.signal,
      });
      const said = await answer.json();
      if (controller.signal.aborted) return null;
      if (!answer.ok) throw new Refused(said.error.message);
      return said;
    } catch (error) {
      if (controller.signal.aborted) return null;
      if (error instanceof Refused) throw error;
      throw new Refused("the server does not respond; check that refcite serve is still running");
    } finally {
      if (this.#controller === controller) this.#controller = null;
    }
  }
}
