package io.coxswain.apiserver.authorization;

/// Decides whether something may be done.
@FunctionalInterface
public interface Authorizer {

    Decision authorize(Attributes attributes);

    /// What an authorizer says.
    sealed interface Decision {}

    /// It may be done.
    record Allowed(String reason) implements Decision {}

    /// Nothing allows it; `reason` is for the user, often empty.
    record NoOpinion(String reason) implements Decision {}
}
