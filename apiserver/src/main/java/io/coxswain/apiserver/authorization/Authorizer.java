package io.coxswain.apiserver.authorization;

import io.coxswain.apiserver.User;

/// Decides whether something may be done.
@FunctionalInterface
public interface Authorizer {

    Decision authorize(Attributes attributes);

    /// Why not all that somebody may do can be told in rules; empty when it can.
    default String unlisted(User user) {
        return "";
    }

    /// What an authorizer says.
    sealed interface Decision {}

    /// It may be done.
    record Allowed(String reason) implements Decision {}

    /// It must not be done, whatever others say.
    record Denied(String reason, String error) implements Decision {
        public Denied(String reason) {
            this(reason, "");
        }
    }

    /// Nothing allows it; `reason` is for the user, often empty.
    ///
    /// @param error what went wrong while it was decided; empty for nothing
    record NoOpinion(String reason, String error) implements Decision {
        public NoOpinion(String reason) {
            this(reason, "");
        }
    }
}
