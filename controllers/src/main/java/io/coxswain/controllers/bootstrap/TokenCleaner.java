package io.coxswain.controllers.bootstrap;

import io.coxswain.api.core.Secret;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;

/// Deletes bootstrap tokens that have expired.
public final class TokenCleaner implements Controller<Secret> {

    @Override
    public Plan reconcile(Secret secret, View view) {
        var token = BootstrapSecret.of(secret);
        if (token == null || token.expiration() == null || secret.deleting()) {
            return Plan.NOTHING;
        }
        return token.expired(view.now())
                ? Plan.of(Step.delete(secret))
                : Plan.NOTHING.again(Duration.between(view.now(), token.expiration()));
    }
}
