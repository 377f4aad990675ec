package io.coxswain.http;

/// Answers one request. Called on a virtual thread, so it may block.
@FunctionalInterface
public interface Handler {

    Response handle(Request request);
}
