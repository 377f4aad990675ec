package io.coxswain.apiserver.authorization;

import java.util.List;

/// Asks several authorizers in order; the first that allows decides.
public record Union(List<Authorizer> authorizers) implements Authorizer {

    @Override
    public Decision authorize(Attributes attributes) {
        var reason = "";
        for (var authorizer : authorizers) {
            switch (authorizer.authorize(attributes)) {
                case Allowed allowed -> {
                    return allowed;
                }
                case NoOpinion(var why) -> reason = reason.isEmpty() ? why : reason;
            }
        }
        return new NoOpinion(reason);
    }
}
