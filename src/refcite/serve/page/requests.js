// Requests to the server. A new request of the same Requester cancels the one before it.

export class RequestError extends Error {}

export class Requester {
  #controller = null;

  get isWaiting() {
    return this.#controller !== null;
  }

  drop() {
    this.#controller?.abort();
    this.#controller = null;
  }

  // Resolves to the response, or to null if it was cancelled; throws RequestError with the server's message.
  async send(path, query, body) {
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
      const result = await answer.json();
      if (controller.signal.aborted) return null;
      if (!answer.ok) throw new RequestError(result.error.message);
      return result;
    } catch (error) {
      if (controller.signal.aborted) return null;
      if (error instanceof RequestError) throw error;
      throw new RequestError("the server does not respond; check that refcite serve is still running");
    } finally {
      if (this.#controller === controller) this.#controller = null;
    }
  }
}
