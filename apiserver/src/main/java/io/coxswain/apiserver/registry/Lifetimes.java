package io.coxswain.apiserver.registry;

import io.coxswain.api.schema.ResourceKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long the objects of a kind are kept by themselves: Events an hour (`--event-ttl`), all
/// others for ever.
final class Lifetimes {

    private static final Duration EVENT_TTL = Duration.ofHours(1);

    private Lifetimes() {}

    static @Nullable Duration of(ResourceKind<?> kind) {
        return kind.plural().equals("events") ? EVENT_TTL : null;
    }
}
