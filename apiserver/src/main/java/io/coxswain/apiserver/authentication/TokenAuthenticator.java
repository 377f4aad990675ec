package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.User;
import java.util.List;
import java.util.Map;

/// Recognises one sort of bearer token.
@FunctionalInterface
public interface TokenAuthenticator {

    /// @param audiences whom the token has to be meant for: one of these; empty for this server.
    ///     Tokens that are meant for nobody in particular are good for anybody
    Verdict verify(String token, List<String> audiences);

    /// What is to be said of a token.
    sealed interface Verdict {}

    /// @param audiences of those asked for, whom the token is meant for
    /// @param annotations for the audit event
    /// @param warnings for who sent it
    record Accepted(
            User user,
            List<String> audiences,
            Map<String, String> annotations,
            List<String> warnings)
            implements Verdict {

        public Accepted(User user, List<String> audiences) {
            this(user, audiences, Map.of(), List.of());
        }
    }

    /// It is of the sort that is known here, but no good.
    record Refused(String why) implements Verdict {}

    /// Nothing is known about it here.
    record Unknown() implements Verdict {}

    Verdict UNKNOWN = new Unknown();
}
