package io.coxswain.apiserver.verbs;

import io.coxswain.http.Response;

/// Answers one verb, for every kind.
@FunctionalInterface
public interface VerbHandler {

    <T> Response handle(ResourceCall<T> call);
}
